"""The engine itself: light until it is asked to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version as package_version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines.environment import number, text
from engines.errors import EngineUnavailable
from engines.holding import held
from engines.models import Model, folder_of, standing
from engines.protocol import Traits
from engines.qwen3vl.checkpoints import NAME, checkpoints, chosen, identity
from engines.types import Availability, Options, Page
from engines.vlm import support
from engines.vlm.presets import OPTIONS, PRESETS, PROMPTS, most_tokens, prompt_of

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage
    from engines.qwen3vl.network import Network

ASKING = "1"  # raise it with every change to what the same pixels make the model say
NEEDS = ("torch", "transformers")
SLOW = "Qwen3-VL ran without a graphics card, which is slow."
# The main ones among those that its makers name.
LANGUAGES = (
    *("eng", "ara", "ces", "chi_sim", "chi_tra", "dan", "deu", "ell", "fin", "fra"),
    *("heb", "hin", "hun", "ind", "ita", "jpn", "kor", "nld", "nor", "pol", "por"),
    *("ron", "rus", "spa", "swe", "tha", "tur", "ukr", "vie"),
)


class Qwen3VL:
    """Qwen3-VL through transformers, from a checkpoint that is here: 2B, or any sibling
    that ``QWEN_MODEL`` names. Nothing is ever downloaded by reading."""

    name = NAME
    label = "Qwen3-VL"
    traits = Traits(
        runs_on="gpu",
        licence="Apache-2.0",
        takes_prompt=True,
        presets=tuple(PRESETS),
    )
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "languages": {"type": "array", "items": {"enum": list(LANGUAGES)}},
            "prompt": {"type": "string"},
            "max_side": {"type": "integer", "minimum": 0},
            **OPTIONS,
        },
    }

    @property
    def version(self) -> str:
        """Whatever changes what is read from the same pixels."""
        parts = (
            identity(),
            f"transformers-{_library()}",
            f"asking-{ASKING} prompts-{PROMPTS}",
            f"pixels-{_max_pixels()} tokens-{_max_tokens()}",
            support.version(),
        )
        return ", ".join(parts)

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def models(self) -> tuple[Model, ...]:
        return checkpoints()

    def availability(self) -> Availability:
        missing = [name for name in NEEDS if find_spec(name) is None]
        if missing:
            return Availability(
                ok=False,
                reason=f"Not installed: {', '.join(missing)}.",
                remedy="pip install -r requirements/vlm.txt",
            )
        found = standing(chosen())
        return Availability(found.ok, found.trouble, found.remedy)

    def warm_up(self) -> None:
        from PIL import Image

        self._network().ask([Image.new("RGB", (256, 256), "white")], "Read.", 2)

    def read(self, image: Image.Image, options: Options) -> Page:
        return self.read_pages([image], options)[0]

    def read_page(self, page: PageImage, options: Options) -> Page:
        """The lines keep the order in which they were said."""
        return self.read(page.image, options)

    def read_pages(self, images: Sequence[Image.Image], options: Options) -> list[Page]:
        """Read several pages (RGB) at once: a graphics card does so in less time."""
        from engines.vlm.answers import blank_page, page_of
        from engines.vlm.pictures import fitted, is_blank

        pages = [blank_page(image, self.name) for image in images]
        shown = [x for x, image in enumerate(images) if not is_blank(image)]
        if not shown:
            return pages
        limit = _max_pixels()
        pictures = [fitted(images[x], options.max_side, limit) for x in shown]
        network = self._network()
        most = most_tokens(options, _max_tokens())
        answers = network.ask(pictures, prompt_of(options), most)
        notes = () if network.device == "cuda" else (SLOW,)
        for x, answer in zip(shown, answers, strict=True):
            page = page_of(answer, images[x], options, self.name)
            pages[x] = replace(page, notes=(*page.notes, *notes))
        return pages

    def _network(self) -> Network:
        """
        Raises:
            EngineUnavailable: it is not installed, or the checkpoint is not here.
        """
        able = self.availability()
        if not able.ok:
            raise EngineUnavailable(f"{able.reason} {able.remedy}".strip())

        from engines.qwen3vl.network import Network

        folder = folder_of(chosen())
        key = folder, identity(), text("VLM_DEVICE")
        return held(NAME, key, lambda: Network(folder))


@cache
def _library() -> str:
    has = find_spec("transformers") is not None
    return package_version("transformers") if has else "none"


def _max_pixels() -> int:
    return number("VLM_MAX_PIXELS", 2_097_152)


def _max_tokens() -> int:
    return number("VLM_MAX_TOKENS", 4096)
