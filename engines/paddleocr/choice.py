"""Which models read, and what runs them: by the wishes, and by what is here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from engines.errors import EngineError, EngineUnavailable
from engines.models import folder_of, standing
from engines.paddleocr.catalogue import (
    BY_NAME,
    DETECTORS,
    ORIENTATION,
    READS,
    RECOGNISERS,
    UNWARPING,
    best_recogniser,
)
from engines.types import Options

AUTO = "auto"
# What runs the networks: by its module, with the ending of the files that it loads.
RUNTIMES: Mapping[str, tuple[str, str]] = {
    "onnxruntime": ("onnxruntime", ".onnx"),
    "paddle": ("paddle", ".pdiparams"),
}
REMEDY = "pip install -r requirements/paddle.txt"
PADDLE_REMEDY = "pip install -r requirements/paddle-inference.txt"


@dataclass(frozen=True, slots=True)
class Wish:
    """The options that are PaddleOCR's alone; empty names leave the choice to us."""

    detection: str = ""
    recognition: str = ""
    orientation: bool = False
    unwarp: bool = False
    runtime: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The models that are wished for by name."""
        steps = [ORIENTATION] * self.orientation + [UNWARPING] * self.unwarp
        return tuple(
            name for name in (self.detection, self.recognition, *steps) if name
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The models that read, and what runs them: a key of ``RUNTIMES``."""

    runtime: str
    detection: str
    recognition: str
    orientation: bool = False
    unwarp: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        steps = [ORIENTATION] * self.orientation + [UNWARPING] * self.unwarp
        return (self.detection, self.recognition, *steps)


def choose(options: Options) -> Choice:
    """The models and the runtime for *options*.

    Raises:
        EngineError: a wish names what does not exist.
        EngineUnavailable: what is wished for is not here.
    """
    wish = wish_of(options.extra)
    for name in wish.names:
        folder_of(BY_NAME[name])  # it says what is missing, and what helps
    for runtime in runtimes_for(wish):
        if choice := fitting(wish, runtime, options.languages):
            return choice
    raise EngineUnavailable(
        "Nothing here runs the chosen models of PaddleOCR together: ONNX files want "
        "onnxruntime, Paddle's own files paddlepaddle. "
        f"{PADDLE_REMEDY}"
    )


def wish_of(extra: Mapping[str, Any]) -> Wish:
    """
    Raises:
        EngineError: a wish names what does not exist.
    """
    said = {key: str(extra.get(key) or AUTO) for key in KNOWN}
    for key, known in KNOWN.items():
        if said[key] not in (AUTO, *known):
            raise EngineError(
                f"PaddleOCR has no “{said[key]}”. "
                f"Choose one of: {', '.join((AUTO, *known))}."
            )
    chosen = {key: "" if value == AUTO else value for key, value in said.items()}
    return Wish(
        **chosen,
        orientation=bool(extra.get("orientation")),
        unwarp=bool(extra.get("unwarp")),
    )


def runtimes_for(wish: Wish) -> Iterator[str]:
    """Those that are here, of what is wished for.

    Raises:
        EngineUnavailable: the one that is wished for is not installed.
    """
    if wish.runtime and not is_installed(wish.runtime):
        remedy = PADDLE_REMEDY if wish.runtime == "paddle" else REMEDY
        raise EngineUnavailable(f"PaddleOCR wants the package {wish.runtime}: {remedy}")
    return (name for name in ([wish.runtime] if wish.runtime else installed_runtimes()))


def is_installed(runtime: str) -> bool:
    return find_spec(RUNTIMES[runtime][0]) is not None


def installed_runtimes() -> tuple[str, ...]:
    return tuple(name for name in RUNTIMES if is_installed(name))


def fitting(wish: Wish, runtime: str, languages: tuple[str, ...]) -> Choice | None:
    """What *runtime* can read with; None where it cannot run what is wished for."""
    if any(runtime not in runs_on(name) for name in wish.names):
        return None
    detectors, recognisers = (
        those_for(DETECTORS, runtime),
        those_for(RECOGNISERS, runtime),
    )
    detection = wish.detection or next(iter(detectors), "")
    recognition = wish.recognition or best_recogniser(languages, recognisers)
    if not detection or not recognition:
        return None
    return Choice(runtime, detection, recognition, wish.orientation, wish.unwarp)


def those_for(names: tuple[str, ...], runtime: str) -> tuple[str, ...]:
    return tuple(name for name in names if runtime in runs_on(name))


def those_here(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of *names* that something here can run."""
    here = installed_runtimes()
    return tuple(name for name in names if set(here).intersection(runs_on(name)))


def runs_on(name: str) -> tuple[str, ...]:
    """The runtimes that can load the model *name* as it lies here; none: not here."""
    found = standing(BY_NAME[name])
    if not found.ok or found.path is None:
        return ()
    files = list(found.files)
    if found.origin != "package":
        files += found.path.iterdir()  # it may lie there in both formats
    endings = {file.suffix for file in files}
    return tuple(name for name, (_, ending) in RUNTIMES.items() if ending in endings)


def languages_here() -> tuple[str, ...]:
    """What the recognisers read that are here."""
    every = [code for name in those_here(RECOGNISERS) for code in READS[name]]
    return tuple(dict.fromkeys(every))


def schema() -> Mapping[str, Any]:
    """A JSON Schema; the models in it are those that are here now."""
    return {
        "type": "object",
        "properties": {
            "languages": {"type": "array", "items": {"enum": list(languages_here())}},
            "max_side": {"type": "integer", "minimum": 0},
            "detection": {
                "title": "Detection",
                "description": "The model that finds the lines.",
                "enum": [AUTO, *those_here(DETECTORS)],
                "default": AUTO,
            },
            "recognition": {
                "title": "Recognition",
                "description": (
                    "The model that reads the lines; automatic: by the languages."
                ),
                "enum": [AUTO, *those_here(RECOGNISERS)],
                "default": AUTO,
            },
            "orientation": {
                "title": "Find the orientation",
                "description": "Turn the page upright by a model for that.",
                "type": "boolean",
                "default": False,
            },
            "unwarp": {
                "title": "Flatten the page",
                "description": (
                    "Flatten a curved page by a model for that; "
                    "its lines have no places then."
                ),
                "type": "boolean",
                "default": False,
            },
            "runtime": {
                "title": "Runtime",
                "description": "What runs the models; automatic: what fits them.",
                "enum": [AUTO, *RUNTIMES],
                "default": AUTO,
            },
        },
    }


KNOWN: Mapping[str, tuple[str, ...]] = {
    "detection": DETECTORS,
    "recognition": RECOGNISERS,
    "runtime": tuple(RUNTIMES),
}
