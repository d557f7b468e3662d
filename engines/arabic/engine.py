"""The engine ``arabic``: light until it is asked to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engines.errors import EngineUnavailable
from engines.layout import arranged
from engines.lines import FINDER, places, read_at
from engines.protocol import LineReader
from engines.registry import get_engine
from engines.types import Availability, Line, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.arabic.numbers import ReadPieces

LETTERS, NUMBERS = "tesseract", "digits"
LANGUAGE = "ara"
# With English beside it, Tesseract reads both worse.
FOR_LETTERS = Options((LANGUAGE,))
LEAST_SURENESS = 0.25  # below it, what was read is a drawing or a stain
DECODING = (
    "arabic 2"  # raise it with every change to what is made of the engines' readings
)


class Arabic:
    """Lines by PP-OCR's detector, letters by Tesseract, numbers by our own reader.

    Text is in logical order, as it is typed.
    """

    name = "arabic"
    label = "Arabic"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}
    helpful_steps = ("denoise",)

    @property
    def version(self) -> str:
        """Its own, and of the engines that it asks: any of them changes it."""
        engines = (get_engine(name) for name in (FINDER, LETTERS, NUMBERS))
        return ", ".join([DECODING, *(engine.version for engine in engines)])

    def languages(self) -> tuple[str, ...]:
        return (LANGUAGE,)

    def availability(self) -> Availability:
        for name in (FINDER, LETTERS, NUMBERS):
            answer = get_engine(name).availability()
            if not answer.ok:
                return answer
        if LANGUAGE not in get_engine(LETTERS).languages():
            reason = "Tesseract has no data for Arabic."
            remedy = "Install it, on Debian: apt-get install tesseract-ocr-ara"
            return Availability(False, reason, remedy)
        return Availability(True)

    def warm_up(self) -> None:
        for name in (FINDER, LETTERS, NUMBERS):
            get_engine(name).warm_up()

    def read(self, image: Image.Image, options: Options) -> Page:
        read = (
            read_at(image, place, lambda crop: self.read_line(crop, options))
            for place in places(image)
        )
        lines = tuple(line for line in read if is_print(line))
        return arranged(Page(*image.size, lines, engine=self.name))

    def read_line(self, image: Image.Image, options: Options) -> Line:
        from engines.arabic.reading import is_cell, read_both
        from engines.digits.cells import as_line, letters_read

        letters = get_engine(LETTERS)
        if not isinstance(letters, LineReader):
            raise EngineUnavailable("Arabic letters are read by Tesseract alone.")
        numbers = number_reader()
        pieces = numbers(image)
        if is_cell(pieces):
            return as_line(letters_read(pieces, image))
        return read_both(
            image, lambda crop: letters.read_line(crop, FOR_LETTERS), numbers
        )


def number_reader() -> ReadPieces:
    """
    Raises:
        EngineUnavailable: the reader of numbers has no weights.
    """
    from engines.digits.engine import Digits, load
    from engines.digits.reader import pieces_of

    engine = get_engine(NUMBERS)
    folder = engine.folder if isinstance(engine, Digits) else Digits().folder
    network, calibration = load(folder)
    return lambda crop: pieces_of(crop, network, calibration)


def is_print(line: Line) -> bool:
    return bool(line.text) and (line.confidence or 0.0) >= LEAST_SURENESS
