"""The lines of a page for engines that read one at a time: found, cut level, put back.

PP-OCR's detector finds lines of any script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import dist
from typing import TYPE_CHECKING

from engines.errors import EngineUnavailable
from engines.geometry import Affine, move_line
from engines.protocol import LineFinder
from engines.registry import engine_names, get_engine
from engines.types import Box, Line, Polygon

if TYPE_CHECKING:
    from PIL import Image

FINDER = "ppocr"
LOW = 256  # pixels: a picture that is no higher may be a line without paper around
FILLING = 0.4  # of a picture's height, that the one row of print on it takes at least

ReadLine = Callable[["Image.Image"], Line]


def places(image: Image.Image) -> tuple[Polygon, ...]:
    """The outlines of the lines on *image*.

    A picture of one line alone is that line, whatever is found on it: the finder wants
    paper around, and sees parts of such a line or nothing at all.

    Raises:
        EngineUnavailable: the finder is not here.
    """
    engine = get_engine(FINDER) if FINDER in engine_names() else None
    if not isinstance(engine, LineFinder):
        raise EngineUnavailable("Lines are found by PP-OCR, which is not here.")
    found = engine.find_lines(image)
    return (whole(image),) if is_one_line(found, image) else found


def whole(image: Image.Image) -> Polygon:
    return Box(0, 0, image.width, image.height).polygon


def is_one_line(found: tuple[Polygon, ...], image: Image.Image) -> bool:
    """Whether *image* is the crop of a single line, of which *found* are parts."""
    if not found:
        return image.height <= LOW
    boxes = [Box.around(list(place)) for place in found]
    lowest_top = max(box.top for box in boxes)
    is_one_row = all(box.centre[1] > lowest_top for box in boxes)
    highest = max(box.height for box in boxes)
    return is_one_row and highest >= FILLING * image.height


def crop_of(image: Image.Image, place: Polygon) -> Image.Image:
    """The line at *place*, made level."""
    from PIL import Image as Pillow

    first, second, third, _ = place
    size = max(1, round(dist(first, second))), max(1, round(dist(second, third)))
    return image.transform(
        size,
        Pillow.Transform.AFFINE,
        tuple(way_back(place)),
        Pillow.Resampling.BICUBIC,
    )


def read_at(image: Image.Image, place: Polygon, read: ReadLine) -> Line:
    """What *read* says of the line at *place*, in the frame of *image*."""
    return put_back(read(crop_of(image, place)), place)


def put_back(line: Line, place: Polygon) -> Line:
    """*line*, read on the level crop of *place*, in the frame of the picture."""
    return replace(move_line(line, way_back(place)), polygon=place)


def way_back(place: Polygon) -> Affine:
    """From the level crop of *place* to the picture it was cut from."""
    (x, y), second, _, fourth = place
    width, height = max(1.0, dist((x, y), second)), max(1.0, dist((x, y), fourth))
    return Affine(
        (second[0] - x) / width,
        (fourth[0] - x) / height,
        x,
        (second[1] - y) / width,
        (fourth[1] - y) / height,
        y,
    )
