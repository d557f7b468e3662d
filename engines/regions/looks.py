"""Looking at a region's print: which engine reads it, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engines.errors import EngineError, EngineUnavailable
from engines.protocol import Engine, LineReader
from engines.registry import engine_names, get_engine
from engines.roi import Kind, Region
from engines.types import Line, Options

if TYPE_CHECKING:
    from PIL import Image

ReadLine = Callable[["Image.Image"], Line]

READERS = ("ppocr", "tesseract")  # of all but Arabic, the best first
NUMBERS: tuple[Kind, ...] = ("amount", "integer", "date", "digits")
DIGITS, ARABIC_READER, ARABIC = "digits", "arabic", "ara"
ITS_DIGITS = frozenset({ARABIC, "fas"})  # languages that have digits of their own
NO_WISHES: Mapping[str, object] = {}
GENERAL = ("", "auto", "embedded")  # no reader of a crop: the best for the kind is


@dataclass(frozen=True, slots=True)
class Look:
    """What one reader said: a text for each line, and how surely (0..1).

    ``mean`` is over the characters, ``weakest`` the least sure one where the engine
    tells, else its least sure word; both are None where it says nothing on them.
    ``error`` is why there is nothing.
    """

    lines: tuple[str, ...] = ()
    mean: float | None = None
    weakest: float | None = None
    engine: str = ""
    error: str = ""

    @property
    def has_print(self) -> bool:
        """Whether it is more than dots and dashes."""
        return any(char.isalnum() for line in self.lines for char in line)

    @property
    def has_own_digits(self) -> bool:
        """Whether it holds digits other than 0-9."""
        return any(c.isdecimal() and c not in "0123456789" for c in self.text)

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def look(
    name: str,
    pictures: Sequence[Image.Image],
    languages: tuple[str, ...],
    kind: Kind = "text",
) -> Look:
    """Read *pictures*, a line each from the top down, with the reader called *name*,
    which may care for the *kind* of what is printed.

    Raises:
        EngineUnavailable: no engine can run on this machine.
    """
    try:
        read = line_reader(name, languages, kind)
        lines = [read(picture) for picture in pictures]
    except EngineUnavailable:
        raise
    except EngineError as error:
        return Look(engine=name, error=str(error))
    return replace(summed([line for line in lines if line.text.strip()]), engine=name)


def summed(lines: Sequence[Line]) -> Look:
    texts = tuple(line.text.strip() for line in lines)
    rated = [(x.confidence, len(x.text)) for x in lines if x.confidence is not None]
    if not rated:
        return Look(texts)
    mean = sum(c * n for c, n in rated) / sum(n for _, n in rated)
    return Look(texts, mean, min(least_of(line) for line in lines))


def least_of(line: Line) -> float:
    if line.weakest is not None:
        return line.weakest
    sure = [w.confidence for w in line.words if w.confidence is not None]
    return min(sure, default=line.confidence or 0.0)


def reader_for(region: Region, languages: tuple[str, ...]) -> str:
    """The name of *region*'s reader: its own engine, else the best for its kind."""
    if is_usable(region.engine):
        return region.engine
    is_its = region.kind == "digits" or has_own_digits(languages)
    if region.kind in NUMBERS and is_its and is_usable(DIGITS):
        return DIGITS
    return best_reader()


def has_own_digits(languages: tuple[str, ...]) -> bool:
    """Whether numbers in one of *languages* may be printed in other digits than 0-9."""
    return not ITS_DIGITS.isdisjoint(languages)


def best_reader() -> str:
    """Raises EngineUnavailable: no engine can run on this machine."""
    for name in READERS:
        if is_usable(name):
            return name
    raise EngineUnavailable("No engine can run on this machine. See the README.")


def is_usable(name: str) -> bool:
    if name in GENERAL or name not in engine_names():
        return False
    return get_engine(name).availability().ok


def line_reader(name: str, languages: tuple[str, ...], kind: Kind) -> ReadLine:
    """Reads the picture of a line. Arabic text is read by who is surer of it."""
    engine = get_engine(name)
    if name == DIGITS:
        return reading(engine, languages, digits_options(languages, kind))
    if name == READERS[0] and ARABIC in languages:
        return arabic_or_latin(languages) or reading(engine, languages)
    return reading(engine, languages)


def arabic_or_latin(languages: tuple[str, ...]) -> ReadLine | None:
    """Reads a line as Arabic and as the other languages, and keeps the surer one."""
    from engines.mixed import better, can_read_arabic

    if not can_read_arabic():
        return None
    others = tuple(code for code in languages if code != ARABIC) or ("eng",)
    latin = reading(get_engine(READERS[0]), others)
    arabic = reading(get_engine(ARABIC_READER), (ARABIC,))
    return lambda picture: better(latin(picture), arabic(picture))


def digits_options(languages: tuple[str, ...], kind: Kind) -> Mapping[str, object]:
    """What the reader of digits is told: a form, and which scripts there may be."""
    if has_own_digits(languages):
        return {"kind": kind}
    return {"kind": kind, "scripts": ["western"]}


def reading(
    engine: Engine,
    languages: tuple[str, ...],
    extra: Mapping[str, object] = NO_WISHES,
) -> ReadLine:
    options = Options(languages, extra=extra)
    if isinstance(engine, LineReader):
        reader = engine
        return lambda picture: reader.read_line(picture, options)
    return lambda picture: as_one(engine.read(picture, options).lines)


def as_one(lines: Sequence[Line]) -> Line:
    """The one line of a picture, by an engine that knows pages only."""
    look = summed(lines)
    words = tuple(word for line in lines for word in line.words)
    return Line(look.text, words=words, confidence=look.mean)
