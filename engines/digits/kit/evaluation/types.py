"""The values of the measuring: a crop with its truth, and what a reader made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """A crop and what is printed on it: symbols of the alphabet, in visual order."""

    image: Image.Image
    text: str
    family: str = ""
    script: str = ""
    is_display: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, in symbols of the alphabet, and how surely as a whole.

    ``surely`` has the confidence of each symbol of ``text``; empty where a reader does
    not tell.
    """

    text: str
    confidence: float
    surely: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.surely and len(self.surely) != len(self.text):
            raise ValueError("a confidence for each symbol, or none at all")


Reader = Callable[[Image.Image], Reading]
