"""Pages with Arabic among other print: each line by the engine that can read it.

PP-OCR sees lines of any script and reads all but Arabic: of that it reads nothing, or
little and with doubt. Such lines go to the engine ``arabic``; the others on the page
are tried by it where Arabic numbers may be taken for Latin letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import dist
from typing import TYPE_CHECKING

from engines.arabic.order import has_arabic, has_eastern_digit
from engines.errors import EngineUnavailable
from engines.geometry import move_page
from engines.layout import arranged
from engines.lines import FINDER, crop_of, is_one_line, put_back, whole
from engines.pipeline import HELPFUL_STEPS
from engines.protocol import LineReader, Modest
from engines.registry import get_engine
from engines.types import Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.geometry import Affine
    from engines.images import PageImage

ARABIC_READER, ARABIC = "arabic", "ara"
ENGINE = f"{FINDER}+{ARABIC_READER}"
LEAST_SURENESS = 0.25  # below it, what was read is a drawing or a stain
CERTAIN = 0.8  # confidence in an Arabic number, whatever the Latin word is
PLAIN, LETTERS = 0.95, 8  # confidence and letters of a line that is Latin for sure
SAMPLE = 5  # lines that are read to see whether a page is Arabic
FEW = 3  # numbers in Arabic digits that tell of the others on their page
OBLONG = 2.0  # times as long as high, at least, is a line that tells


@dataclass(frozen=True, eq=False)
class Glance:
    """What PP-OCR makes of a page: in the frame of *image*, which is the page prepared;
    *back* leads to the page. *unread* are lines that it left out."""

    image: Image.Image
    back: Affine
    page: Page
    unread: tuple[Polygon, ...]


def can_read_arabic() -> bool:
    """Whether all is here that mixed pages want."""
    return all(get_engine(name).availability().ok for name in (FINDER, ARABIC_READER))


def glance(page: PageImage, options: Options) -> Glance:
    """
    Raises:
        EngineUnavailable: PP-OCR is not here.
    """
    from engines.preprocess import prepare

    reader = get_engine(FINDER)
    if not isinstance(reader, Modest):
        raise EngineUnavailable("Mixed pages need an engine that knows its limits.")
    prepared = prepare(page.image, options.preprocess, HELPFUL_STEPS)
    others = tuple(code for code in options.languages if code != ARABIC) or ("eng",)
    wishes = replace(options, languages=others)
    read, unread = reader.read_what_it_can(prepared.image, wishes)
    seen = Glance(prepared.image, prepared.back, read, unread)
    strip = as_strip(seen)
    return strip if strip is not None and looks_arabic(strip) else seen


def as_strip(seen: Glance) -> Glance | None:
    """The crop of a single line as that, where PP-OCR reads next to nothing of it."""
    outlines = [line.polygon for line in seen.page.lines if line.polygon is not None]
    if not is_one_line((*outlines, *seen.unread), seen.image):
        return None
    read = sum(char.isalnum() for line in seen.page.lines for char in line.text)
    if read >= seen.image.width / seen.image.height:
        return None
    bare = replace(seen.page, lines=(), text="")
    return replace(seen, page=bare, unread=(whole(seen.image),))


def as_seen(seen: Glance, page: PageImage) -> Page:
    """The page as PP-OCR alone reads it."""
    return arranged(move_page(seen.page, seen.back, *page.image.size))


def with_arabic(seen: Glance, page: PageImage) -> Page:
    """The page with each line by who reads it better."""
    pairs = [
        (line, line if is_plain(line) else arabic_at(seen, line.polygon))
        for line in seen.page.lines
    ]
    is_eastern = sum(is_long_number(arabic) for _, arabic in pairs) >= FEW
    known = [better(latin, arabic, is_eastern) for latin, arabic in pairs]
    new = [arabic_at(seen, place) for place in seen.unread]
    lines = [*known, *(line for line in new if sureness(line) >= LEAST_SURENESS)]
    engine = seen.page.engine if lines == [*seen.page.lines] else ENGINE
    whole = replace(seen.page, lines=tuple(lines), engine=engine, text="")
    return arranged(move_page(whole, seen.back, *page.image.size))


def looks_arabic(seen: Glance) -> bool:
    """Whether most of the longest lines that PP-OCR left out are Arabic."""
    oblong = [place for place in seen.unread if length(place) >= OBLONG * height(place)]
    longest = sorted(oblong, key=length, reverse=True)[:SAMPLE]
    read = [arabic_at(seen, place) for place in longest]
    return sum(is_arabic(line) for line in read) > len(longest) / 2


def is_arabic(line: Line) -> bool:
    return has_arabic(line.text) and sureness(line) >= LEAST_SURENESS


def is_plain(line: Line) -> bool:
    """Whether *line* is so surely Latin that nobody else need look."""
    letters = sum(char.isalpha() for char in line.text)
    return letters >= LETTERS and (line.confidence or 0.0) >= PLAIN


def better(latin: Line, arabic: Line, is_eastern: bool = False) -> Line:
    """Of two readings of a line the one to believe: Arabic only where that one sees it.

    Who does not know ١٥٠ reads it as "10." and is sure of that; so a number in such
    digits counts by its own confidence. A lone digit does so on a page where they are
    at home (*is_eastern*), elsewhere only where its confidence is the greater.
    """
    if has_arabic(arabic.text):
        return arabic if sureness(arabic) > sureness(latin) else latin
    if not has_eastern_digit(arabic.text):
        return latin
    is_doubtful = not is_eastern and not has_several_digits(arabic)
    needed = max(CERTAIN, latin.confidence or 0.0) if is_doubtful else CERTAIN
    return arabic if (arabic.confidence or 0.0) >= needed else latin


def is_long_number(arabic: Line) -> bool:
    """Whether Arabic digits, more than one, were surely read."""
    return (
        has_eastern_digit(arabic.text)
        and has_several_digits(arabic)
        and (arabic.confidence or 0.0) >= CERTAIN
    )


def has_several_digits(line: Line) -> bool:
    return sum(char.isdigit() for char in line.text) > 1


def arabic_at(seen: Glance, place: Polygon | None) -> Line:
    """What the Arabic reader says of the line at *place*."""
    reader = get_engine(ARABIC_READER)
    if place is None or not isinstance(reader, LineReader):
        return Line("", confidence=0.0)
    crop = crop_of(seen.image, place)
    return put_back(reader.read_line(crop, Options((ARABIC,))), place)


def sureness(line: Line) -> float:
    """Confidence times the part of the line's length that its words cover."""
    if line.box is None or not line.words:
        return 0.0
    covered = sum(word.box.width for word in line.words)
    return (line.confidence or 0.0) * min(1.0, covered / max(1.0, line.box.width))


def length(place: Polygon) -> float:
    return dist(place[0], place[1])


def height(place: Polygon) -> float:
    return dist(place[0], place[3])
