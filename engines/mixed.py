"""Pages with Arabic on them: each line is read twice, by who knows Arabic and who not.

PP-OCR finds the lines of any script and reads all but Arabic; Tesseract reads Arabic.
Of the two readings of a line the one that is surer of more of it is taken. Tesseract
is asked for Arabic alone: with English beside it, it reads both worse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import dist
from typing import TYPE_CHECKING

from engines.errors import EngineUnavailable
from engines.geometry import Affine, move_line, move_page
from engines.layout import arranged
from engines.pipeline import HELPFUL_STEPS
from engines.protocol import LineFinder, LineReader
from engines.registry import get_engine
from engines.types import Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage

FINDER, ARABIC_READER = "ppocr", "tesseract"
ARABIC = "ara"
ENGINE = f"{FINDER}+{ARABIC_READER}"
LEAST_SURENESS = 0.25  # below it, what was read is a drawing or a stain
SAMPLE = 5  # lines that are read to see whether a page is Arabic

ReadLine = Callable[["Image.Image"], Line]


@dataclass(frozen=True)
class Readers:
    """The two engines, asked for their part."""

    find: Callable[[Image.Image], tuple[Polygon, ...]]
    latin: ReadLine
    arabic: ReadLine


def can_read_arabic() -> bool:
    """Whether both engines are here, and the Arabic data."""
    found = all(get_engine(name).availability().ok for name in (FINDER, ARABIC_READER))
    return found and ARABIC in get_engine(ARABIC_READER).languages()


def readers(options: Options) -> Readers:
    """Raises EngineUnavailable: an engine cannot do its part."""
    finder, arabic = get_engine(FINDER), get_engine(ARABIC_READER)
    if not (
        isinstance(finder, LineFinder)
        and isinstance(finder, LineReader)
        and isinstance(arabic, LineReader)
    ):
        raise EngineUnavailable("Pages with Arabic need engines that read lines.")
    others = tuple(code for code in options.languages if code != ARABIC) or ("eng",)
    for_latin, for_arabic = replace(options, languages=others), Options((ARABIC,))
    return Readers(
        finder.find_lines,
        lambda crop: finder.read_line(crop, for_latin),
        lambda crop: arabic.read_line(crop, for_arabic),
    )


def read_mixed(page: PageImage, options: Options) -> Page:
    """The lines of *page*, each by the engine that is surer of it."""
    from engines.preprocess import prepare

    prepared = prepare(page.image, options.preprocess, HELPFUL_STEPS)
    ask = readers(options)
    read = [
        read_twice(prepared.image, place, ask) for place in ask.find(prepared.image)
    ]
    lines = tuple(line for line in read if sureness(line) >= LEAST_SURENESS)
    found = Page(*prepared.image.size, lines, engine=ENGINE)
    return arranged(move_page(found, prepared.back, *page.image.size))


def looks_arabic(image: Image.Image, options: Options) -> bool:
    """Whether most of the longest lines on *image* are better read as Arabic."""
    ask = readers(options)
    places = sorted(ask.find(image), key=lambda place: -dist(place[0], place[1]))
    crops = [crop_of(image, place) for place in places[:SAMPLE]]
    wins = [sureness(ask.arabic(crop)) > sureness(ask.latin(crop)) for crop in crops]
    return sum(wins) > len(wins) / 2


def read_twice(image: Image.Image, place: Polygon, ask: Readers) -> Line:
    """The line at *place*, in the frame of *image*."""
    crop = crop_of(image, place)
    best = max(ask.latin(crop), ask.arabic(crop), key=sureness)
    return replace(move_line(best, way_back(place)), polygon=place)


def sureness(line: Line) -> float:
    """Confidence times the part of the line's length that its words cover."""
    if line.box is None or not line.words:
        return 0.0
    covered = sum(word.box.width for word in line.words)
    return (line.confidence or 0.0) * min(1.0, covered / max(1.0, line.box.width))


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
