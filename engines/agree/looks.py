"""A page as several engines see it: the leader's lines, each looked at again by all.

A line is read again with more paper around it, enlarged, wider and narrower: what is
read surely is read the same every time, even by one and the same engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import dist
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from engines.agree.places import grown, is_beside, words_within
from engines.errors import EngineError
from engines.lines import put_back, way_back, whole
from engines.protocol import Engine, LineReader, Modest
from engines.types import Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

Way = tuple[float, float, float]  # paper around, in line heights; width; height
# How an engine looks at a line that it has read already, and how the others do.
AGAIN: Sequence[Way] = ((0.12, 1, 1), (0.25, 1, 1), (0.05, 1.15, 1), (0.05, 0.87, 1))
ANEW: Sequence[Way] = ((0.12, 1, 1), (0.12, 1.5, 1.5))
SURE, LETTERS = 0.85, 3  # at least, in a line that the leader has not
FAILED = "%s failed on this page and was left out: %s"


@runtime_checkable
class LineEngine(Engine, LineReader, Protocol):
    """An engine that reads pages and single lines."""


@dataclass(frozen=True, slots=True)
class Look:
    """What *engine* read in one look at a line."""

    engine: str
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as *engine* reads it, and what was read in further looks at it."""

    engine: str
    line: Line
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as all see it: *looked* are the engines that did, the leader first."""

    page: Page
    lines: tuple[Seen, ...]
    looked: tuple[str, ...]


def look_at_page(
    image: Image.Image, engines: Sequence[Engine], options: Options
) -> Sight:
    """What the first of *engines* reads on *image*, and all of them in its lines.

    One that fails is left out, with a note; if it is the first one, the next leads.

    Raises:
        EngineError: all of them failed.
    """
    leader, *others = engines
    try:
        page, unread = led(leader, image, options)
    except EngineError as error:
        if not others:
            raise
        sight = look_at_page(image, others, options)
        notes = (FAILED % (leader.label, error), *sight.page.notes)
        return replace(sight, page=replace(sight.page, notes=notes))
    return looked_at(page, unread, image, engines, options)


def looked_at(
    page: Page,
    unread: Sequence[Polygon],
    image: Image.Image,
    engines: Sequence[Engine],
    options: Options,
) -> Sight:
    """*page* of the first of *engines*, with what all of them read in its lines."""
    leader, *others = engines
    lines = [Seen(leader.name, line) for line in page.lines]
    if others and isinstance(leader, LineEngine):
        look = looking(leader, image, options, AGAIN)
        lines = [look(seen) for seen in lines]
    looked, notes = [leader.name], list(page.notes)
    for other in others:
        try:
            lines = with_other(other, leader.name, lines, unread, image, options)
            looked.append(other.name)
        except EngineError as error:
            notes.append(FAILED % (other.label, error))
    return Sight(replace(page, notes=tuple(notes)), tuple(lines), tuple(looked))


def look_at_line(
    image: Image.Image, readers: Sequence[LineEngine], options: Options
) -> Seen:
    """What the first of *readers* reads on the crop of a line, and all in looks at it.

    Raises:
        EngineError: the first one failed.
    """
    line = readers[0].read_line(image, options)
    seen = Seen(readers[0].name, replace(line, polygon=whole(image)))
    for reader in readers:
        ways = AGAIN if reader is readers[0] else ANEW
        with suppress(EngineError):
            seen = looking(reader, image, options, ways)(seen)
    return replace(seen, line=line)


def led(
    leader: Engine, image: Image.Image, options: Options
) -> tuple[Page, tuple[Polygon, ...]]:
    """The leader's page, and where it saw lines that it left out."""
    if isinstance(leader, Modest):
        return leader.read_what_it_can(image, options)
    return leader.read(image, options), ()


def with_other(
    other: Engine,
    leader: str,
    lines: Sequence[Seen],
    unread: Sequence[Polygon],
    image: Image.Image,
    options: Options,
) -> list[Seen]:
    """*lines* with what *other* says of them, and the sure ones that *leader* left out
    or has not."""
    if isinstance(other, LineEngine):
        look = looking(other, image, options, ANEW)
        known = [look(seen) for seen in lines]
        found = [read_in(other, image, place, options) for place in unread]
    else:
        page = other.read(image, options)
        known = [seen_on(page, seen, other.name) for seen in lines]
        has = [seen.line for seen in lines]
        found = [line for line in page.lines if is_beside(line, has)]
    nothing = Look(leader, "")
    new = [Seen(other.name, line, (nothing,)) for line in found if is_sure(line)]
    return [*known, *new]


def looking(
    reader: LineEngine,
    image: Image.Image,
    options: Options,
    ways: Sequence[Way],
) -> Callable[[Seen], Seen]:
    """Adds what *reader* reads in crops of a line, one for each of *ways*."""

    def look(seen: Seen) -> Seen:
        if seen.line.polygon is None:
            return seen
        pictures = crops(image, seen.line.polygon, ways)
        read = (reader.read_line(picture, options).text for picture in pictures)
        return replace(
            seen, looks=(*seen.looks, *(Look(reader.name, text) for text in read))
        )

    return look


def crops(
    image: Image.Image, place: Polygon, ways: Sequence[Way]
) -> Iterator[Image.Image]:
    from PIL import Image as Pillow

    for margin, width, height in ways:
        crop = crop_of(image, grown(place, margin))
        size = max(1, round(crop.width * width)), max(1, round(crop.height * height))
        yield crop.resize(size, Pillow.Resampling.BICUBIC)


def crop_of(image: Image.Image, place: Polygon) -> Image.Image:
    """The line at *place* made level; white where it reaches beyond the picture."""
    from PIL import Image as Pillow

    width, height = dist(place[0], place[1]), dist(place[0], place[3])
    return image.transform(
        (max(1, round(width)), max(1, round(height))),
        Pillow.Transform.AFFINE,
        tuple(way_back(place)),
        Pillow.Resampling.BICUBIC,
        fillcolor="white",
    )


def seen_on(page: Page, seen: Seen, engine: str) -> Seen:
    look = Look(engine, words_within(seen.line, page))
    return replace(seen, looks=(*seen.looks, look))


def read_in(
    engine: LineEngine, image: Image.Image, place: Polygon, options: Options
) -> Line:
    wider = grown(place, ANEW[0][0])
    return put_back(engine.read_line(crop_of(image, wider), options), wider)


def is_sure(line: Line) -> bool:
    """Whether *line*, which one engine alone has, is print and no stain."""
    letters = sum(character.isalnum() for character in line.text)
    return letters >= LETTERS and (line.confidence or 0.0) >= SURE
