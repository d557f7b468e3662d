"""What OpenOCR can be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.errors import EngineError
from engines.openocr.weights import found_recognisers
from engines.types import Options

MODES = ("mobile", "server")
TASKS = ("both", "detection", "recognition")
KNOWN = ("eng", "chi_sim", "chi_tra")


@dataclass(frozen=True, slots=True)
class Wish:
    """The options that are OpenOCR's alone."""

    mode: str
    task: str
    recogniser: str


def wish_of(options: Options) -> Wish:
    """What *options* wish for.

    Raises:
        EngineError: there is no such mode or task.
    """
    extra = options.extra
    mode, task = extra.get("mode") or MODES[0], extra.get("task") or TASKS[0]
    for said, known in ((mode, MODES), (task, TASKS)):
        if said not in known:
            raise EngineError(
                f"OpenOCR has no “{said}”. Choose one of: {', '.join(known)}."
            )
    return Wish(mode, task, str(extra.get("recogniser") or ""))


def schema() -> Mapping[str, Any]:
    """A JSON Schema; the recognisers in it are those that lie among the models now."""
    recognisers = [recogniser.name for recogniser in found_recognisers()]
    return {
        "type": "object",
        "properties": {
            "languages": {"type": "array", "items": {"enum": list(KNOWN)}},
            "max_side": {"type": "integer", "minimum": 0},
            "mode": {
                "title": "Models",
                "description": "Mobile models are fast, server models more accurate.",
                "enum": list(MODES),
                "default": MODES[0],
            },
            "task": {
                "title": "Task",
                "description": (
                    "Find the lines and read them, find them alone, "
                    "or read the picture as one line."
                ),
                "enum": list(TASKS),
                "default": TASKS[0],
            },
            "recogniser": {
                "title": "Recogniser",
                "description": "A recogniser of your own; empty: the models' own.",
                "enum": ["", *recognisers],
                "default": "",
            },
        },
    }
