"""The engine itself: light until it is asked to read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engines.environment import number, text
from engines.protocol import Traits
from engines.types import Availability, Options, Page
from engines.vlm import support
from engines.vlm.presets import OPTIONS, PRESETS, PROMPTS, most_tokens, prompt_of
from engines.vlm_http.endpoint import endpoint, look

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage

ASKING = "1"  # raise it when a server is asked in another way


class VlmHttp:
    """A vision-language model on any server that speaks OpenAI's protocol: vLLM,
    SGLang, Ollama, llama.cpp. The environment names it (``VLM_URL`` and others)."""

    name = "vlm-http"
    label = "Vision model by HTTP"
    traits = Traits(runs_on="remote", takes_prompt=True, presets=tuple(PRESETS))
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "prompt": {"type": "string"},
            "max_side": {"type": "integer", "minimum": 0},
            **OPTIONS,
        },
    }

    @property
    def version(self) -> str:
        """Another server, model or limit makes another version. A server whose model
        is not named (``VLM_MODEL``) may change it unseen."""
        model = text("VLM_MODEL")
        told = (
            *(text("VLM_URL"), model, most_pixels(), token_limit()),
            support.version(),
        )
        digest = hashlib.sha256(repr(told).encode()).hexdigest()[:12]
        return f"{model[-60:] or 'unnamed'} {digest} prompts-{PROMPTS} asking-{ASKING}"

    def languages(self) -> tuple[str, ...]:
        """None: models keep no list of what they read, and refuse no language."""
        return ()

    def availability(self) -> Availability:
        """By the settings alone: no server is asked."""
        found = look()
        return found if isinstance(found, Availability) else Availability(ok=True)

    def warm_up(self) -> None:
        """Ask the server for its models: nothing is loaded here.

        Raises:
            EngineError: it does not answer, or has not the model that is named.
        """
        from engines.vlm_http.client import check_model

        check_model(endpoint())

    def read(self, image: Image.Image, options: Options) -> Page:
        from engines.images import PageImage

        return self.read_page(PageImage(image), options)

    def read_page(self, page: PageImage, options: Options) -> Page:
        """The model sees the page as it is, and keeps its own order of lines."""
        from engines.vlm.answers import blank_page, page_of
        from engines.vlm.pictures import fitted, is_blank
        from engines.vlm_http.client import ask

        server = endpoint()
        if is_blank(page.image):
            return blank_page(page.image, self.name)
        picture = fitted(page.image, options.max_side, most_pixels())
        most = most_tokens(options, token_limit())
        answer = ask(server, picture, prompt_of(options), most)
        return page_of(answer, page.image, options, self.name)


def most_pixels() -> int:
    return number("VLM_MAX_PIXELS", 2_097_152)


def token_limit() -> int:
    return number("VLM_MAX_TOKENS", 4096)
