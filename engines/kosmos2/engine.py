"""The engine itself: light until it is asked to look at a picture."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version as package_version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines import environment
from engines.errors import EngineUnavailable
from engines.holding import held
from engines.kosmos2.checkpoint import checkpoint, files_of
from engines.kosmos2.grounding import PRESETS, described, full_prompt
from engines.models import Model, folder_of
from engines.models.store import standing
from engines.protocol import Traits
from engines.types import Availability, Options, Page
from engines.vlm.weights import digest_of

if TYPE_CHECKING:
    from PIL import Image

    from engines.kosmos2.network import Network

ANSWERING = "1"  # raise it with every change to what is made of the same picture
NEEDS = ("torch", "transformers", "safetensors")
USUAL_TOKENS = 512  # a long description with all its places; the rest is a loop
CUT = "The description was cut short after %d tokens."


class Kosmos2:
    """Microsoft's Kosmos-2: says what a picture shows, and where; reads no text.

    Peng et al. 2023, arXiv:2306.14824.
    """

    name = "kosmos-2"
    label = "Kosmos-2"
    helpful_steps = ()  # print is not what it looks at
    traits = Traits(
        runs_on="gpu",
        licence="MIT",
        describes=True,
        takes_prompt=True,
        presets=tuple(PRESETS),
    )
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "prompt": {"type": "string"},
            "preset": {
                "type": "string",
                "enum": list(PRESETS),
                "title": "What to ask for",
                "description": "A prompt of your own takes its place.",
                "default": "describe",
            },
            "max_tokens": {
                "type": "integer",
                "minimum": 8,
                "maximum": 2048,
                "title": "Most tokens of an answer",
                "description": "What is longer is cut off; the site may allow fewer.",
                "default": USUAL_TOKENS,
            },
        },
    }

    @property
    def version(self) -> str:
        found = standing(checkpoint())
        if found.path is None or _missing():
            return "none"
        packages = (f"{name}-{package_version(name)}" for name in NEEDS[:2])
        weights = digest_of(files_of(found.path))
        return f"kosmos-2 {weights} {' '.join(packages)} answering-{ANSWERING}"

    def models(self) -> tuple[Model, ...]:
        return (checkpoint(),)

    def languages(self) -> tuple[str, ...]:
        return ()

    def availability(self) -> Availability:
        if missing := _missing():
            return Availability(
                ok=False,
                reason=f"Not installed: {', '.join(missing)}.",
                remedy="pip install -r requirements/vlm.txt",
            )
        found = standing(checkpoint())
        return Availability(found.ok, found.trouble, found.remedy)

    def warm_up(self) -> None:
        from PIL import Image

        options = Options(extra={"max_tokens": 8})
        self.read(Image.new("RGB", (224, 224), "white"), options)

    def read(self, image: Image.Image, options: Options) -> Page:
        """What *image* shows; its lines are the things that were named."""
        wishes = options.extra
        prompt = full_prompt(wishes.get("preset", ""), options.prompt)
        most = min(
            wishes.get("max_tokens", USUAL_TOKENS),
            environment.number("VLM_MAX_TOKENS", 4096),
        )
        said = self._network().say(image.convert("RGB"), prompt, most)
        notes = (CUT % most,) if said.is_cut else ()
        return described(said.caption, said.entities, prompt, image.size, notes)

    def _network(self) -> Network:
        """
        Raises:
            EngineUnavailable: what it needs is not here, or not whole.
        """
        from engines.kosmos2.network import Network

        if missing := _missing():
            raise EngineUnavailable(f"Not installed: {', '.join(missing)}.")
        folder = folder_of(checkpoint())
        key = (
            folder,
            digest_of(files_of(folder)),
            environment.text("VLM_DEVICE", "auto"),
        )
        return held(self.name, key, lambda: Network(folder))


def _missing() -> list[str]:
    return [name for name in NEEDS if find_spec(name) is None]
