"""The numbers of a page or of a larger crop: its lines are found, and each is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engines.errors import EngineUnavailable
from engines.geometry import move_line
from engines.mixed import FINDER, crop_of, way_back
from engines.protocol import LineFinder
from engines.registry import engine_names, get_engine
from engines.types import Line, Polygon

if TYPE_CHECKING:
    from PIL import Image

LINE_HEIGHT = 128  # pixels: a picture that is no higher may be a line itself


def numbers_on(
    image: Image.Image, read: Callable[[Image.Image], Line]
) -> tuple[Line, ...]:
    """The lines of *image* that hold digits, as *read* reads each of them."""
    found = (moved(read(crop_of(image, place)), place) for place in places(image))
    return tuple(line for line in found if any(char.isdigit() for char in line.text))


def places(image: Image.Image) -> tuple[Polygon, ...]:
    """Where the lines are. A picture that is as low as a line may be one that the
    finder does not see: it wants paper around."""
    width, height = image.size
    whole: Polygon = ((0, 0), (width, 0), (width, height), (0, height))
    finder = get_engine(FINDER) if FINDER in engine_names() else None
    if isinstance(finder, LineFinder) and finder.availability().ok:
        found = finder.find_lines(image)
        if found or height > LINE_HEIGHT:
            return found
    elif height > LINE_HEIGHT:
        raise EngineUnavailable(
            "Lines of numbers are found by PP-OCR, which is not here."
        )
    return (whole,)


def moved(line: Line, place: Polygon) -> Line:
    """*line*, read on the level crop of *place*, in the frame of the picture."""
    return replace(move_line(line, way_back(place)), polygon=place)
