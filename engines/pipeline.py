"""One page's way from a file to text: load, upright, prepare, read, arrange."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engines.geometry import move_page
from engines.images import PageImage, load_page
from engines.layout import arranged
from engines.protocol import Engine, PageReader, Particular
from engines.registry import get_engine
from engines.types import Box, Line, Options, Page, Polygon, Word

if TYPE_CHECKING:
    from PIL import Image

PIPELINE_VERSION = "1"  # part of every cached reading's key: raise it with any change
DEFAULT_OPTIONS = Options()
HELPFUL_STEPS = ("denoise",)  # a neural reader wants nothing else: it was measured


def read_page(
    source: PageImage | Image.Image | Path,
    *,
    number: int = 1,
    engine: str = "auto",
    options: Options = DEFAULT_OPTIONS,
    turn: int | None = None,
) -> Page:
    """Read one page; the answer is in the frame of the upright page.

    *source* is a loaded page, any picture, or a file whose page *number* is meant.
    *turn* is how many quarter turns clockwise make it upright; None: find out.

    Raises:
        EngineUnavailable: there is no such engine, or it cannot run here.
        EngineError: the engine could not read this page.
        FileError: the file cannot be read.
    """
    reader = get_engine(engine)
    page = _loaded(source, number)
    upright = page.turned(find_turn(page) if turn is None else turn)
    if isinstance(reader, PageReader):
        return tidy(reader.read_page(upright, options))
    return tidy(read_pixels(reader, upright, options))


def find_turn(page: PageImage) -> int:
    """Quarter turns clockwise, 0..3, that make *page* upright; 0 when in doubt."""
    from engines.orientation import quarter_turns_needed

    return quarter_turns_needed(page.image)


def read_pixels(reader: Engine, page: PageImage, options: Options) -> Page:
    """What *reader* sees on the prepared *page*, back in the page's frame."""
    from engines.preprocess import prepare

    steps = reader.helpful_steps if isinstance(reader, Particular) else HELPFUL_STEPS
    prepared = prepare(page.image, options.preprocess, steps)
    if page.dpi:
        prepared.image.info["dpi"] = (page.dpi / prepared.back.a,) * 2
    found = reader.read(prepared.image, options)
    width, height = page.image.size
    found = move_page(found, prepared.back, width, height)
    return arranged(replace(found, engine=found.engine or reader.name))


def tidy(page: Page) -> Page:
    """*page* with places to a tenth of a pixel and confidence to a ten-thousandth."""
    return replace(page, lines=tuple(_tidy_line(line) for line in page.lines))


def _loaded(source: PageImage | Image.Image | Path, number: int) -> PageImage:
    if isinstance(source, PageImage):
        return source
    if isinstance(source, str | Path):
        return load_page(source, number)
    from engines.images.raster import to_rgb

    return PageImage(to_rgb(source))


def _tidy_line(line: Line) -> Line:
    polygon: Polygon | None = None
    if line.polygon is not None:
        first, second, third, fourth = (
            (round(x, 1), round(y, 1)) for x, y in line.polygon
        )
        polygon = first, second, third, fourth
    words = tuple(_tidy_word(word) for word in line.words)
    return Line(line.text, polygon, words, _tidy_confidence(line.confidence))


def _tidy_word(word: Word) -> Word:
    box = word.box
    sides = (round(side, 1) for side in (box.left, box.top, box.right, box.bottom))
    confidence = _tidy_confidence(word.confidence)
    return replace(word, box=Box(*sides), confidence=confidence)


def _tidy_confidence(confidence: float | None) -> float | None:
    return None if confidence is None else round(confidence, 4)
