"""Tesseract: in this process through tesserocr, else through its program.

Both ways answer in Tesseract's own TSV, so that one reader serves them. Text of
languages written from the right comes in logical order, as it is typed.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from importlib.metadata import version as version_of
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from shutil import which
from threading import local
from typing import TYPE_CHECKING, Any

from engines.errors import EngineError, EngineUnavailable
from engines.geometry import Affine, move_line
from engines.tessdata import (
    MODELS,
    brought_version,
    folder_of,
    own_languages,
    whereabouts,
)
from engines.types import Availability, Box, Line, Options, Page, Word

if TYPE_CHECKING:
    from PIL import Image

    from engines.models import Model

PAGE, LINE, RAW_LINE = 3, 7, 13  # Tesseract's page segmentation modes
WORD_LEVEL = "5"
# Pixels of white around a line: Tesseract loses letters that touch the edge. Arabic it
# cuts or loses unless it takes the line as it comes; measured on scans of both.
LINE_MARGIN, RAW_MARGIN = 20, 3
A4_INCHES = 11.7
MARKS_OF_DIRECTION = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F)])


class Tesseract:
    """The engine; see ``engines.protocol.Engine``.

    *models* is a folder of languages trained here, on lines as they come.
    """

    name = "tesseract"
    label = "Tesseract"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}
    helpful_steps = ("denoise", "deskew", "upscale", "contrast")

    def __init__(self, models: Path | None = None) -> None:
        chosen = os.environ.get(MODELS, "")
        self.folder = models or (Path(chosen) if chosen else None)
        self._readers: dict[Path, InProcess | Program] = {}

    @property
    def version(self) -> str:
        package = "tesserocr" if find_spec("tesserocr") else "pytesseract"
        brought = brought_version(self.folder)
        return " ".join(filter(None, (package, version_of(package), brought)))

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(whereabouts(self.folder)))

    def models(self) -> tuple[Model, ...]:
        from engines.models.languages import language_model  # it opens them with us

        return tuple(
            language_model(code, folder)
            for code, folder in sorted(whereabouts(self.folder).items())
        ) or (language_model("eng"),)

    def availability(self) -> Availability:
        remedy = "Install it, on Debian: apt-get install tesseract-ocr"
        if not find_spec("tesserocr") and not which("tesseract"):
            return Availability(False, "Tesseract is not installed.", remedy)
        if not self.languages():
            return Availability(False, "Tesseract has no language data.", remedy)
        return Availability(True)

    def warm_up(self) -> None:
        from PIL import Image

        self.read_line(Image.new("RGB", (64, 32), "white"), Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        languages, notes = self.languages_for(options)
        table = self._reader_of(languages).read(image, languages, PAGE)
        lines = tuple(lines_of(table))
        return Page(*image.size, lines, engine=self.name, notes=notes)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        languages, _ = self.languages_for(options)
        is_raw = {"ara", *own_languages(self.folder)} & set(languages.split("+"))
        mode, margin = (RAW_LINE, RAW_MARGIN) if is_raw else (LINE, LINE_MARGIN)
        found = framed(image.convert("RGB"), margin)
        if found is None:
            return Line("", confidence=0.0)
        picture, shift = found
        table = self._reader_of(languages).read(picture, languages, mode)
        return move_line(joined(list(lines_of(table))), shift)

    def languages_for(self, options: Options) -> tuple[str, tuple[str, ...]]:
        """The languages wished for that are here, and a note on those that are not."""
        here = self.languages()
        if not here:
            raise EngineUnavailable("Tesseract has no language data on this machine.")
        wished = [code for code in options.languages if code in here]
        missing = [code for code in options.languages if code not in here]
        fallback = "eng" if "eng" in here else here[0]
        notes = tuple(
            f"Tesseract has no data for the language “{code}” here." for code in missing
        )
        return "+".join(wished or [fallback]), notes

    def _reader_of(self, languages: str) -> InProcess | Program:
        folder = folder_of(languages.split("+"), self.folder)
        if folder not in self._readers:
            self._readers[folder] = reader_in(folder)
        return self._readers[folder]


class InProcess:
    """tesserocr: one API object for each thread and languages, kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = local()

    def read(self, image: Image.Image, languages: str, mode: int) -> str:
        api = self._api(languages)
        try:
            api.SetPageSegMode(mode)
            api.SetImage(image)
            api.SetSourceResolution(dpi_of(image))
            if not api.Recognize():
                raise EngineError("Tesseract could not read this page.")
            return str(api.GetTSVText(0))
        except RuntimeError as error:
            raise EngineError("Tesseract could not read this page.") from error
        finally:
            api.Clear()

    def _api(self, languages: str) -> Any:
        import tesserocr

        kept: dict[str, Any] = self._own.__dict__
        if languages not in kept:
            path, oem = f"{self._folder}/", tesserocr.OEM.LSTM_ONLY
            kept[languages] = tesserocr.PyTessBaseAPI(
                path=path, lang=languages, oem=oem
            )
        return kept[languages]


class Program:
    """The tesseract program, started for each picture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, image: Image.Image, languages: str, mode: int) -> str:
        import pytesseract

        # With OpenMP's threads a page takes five times as long on a busy machine. Only
        # the program may hear of the limit: PyTorch hangs where it is this process's.
        pytesseract.pytesseract.environ = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        wishes = f"--psm {mode} --oem 1 --dpi {dpi_of(image)}"
        wishes += f' --tessdata-dir "{self._folder}"'
        try:
            return str(pytesseract.image_to_data(image, lang=languages, config=wishes))
        except (pytesseract.TesseractError, OSError) as error:
            raise EngineError("Tesseract could not read this page.") from error


def reader_in(folder: Path) -> InProcess | Program:
    """What reads here with the languages in *folder*."""
    return InProcess(folder) if find_spec("tesserocr") else Program(folder)


def dpi_of(image: Image.Image) -> int:
    """What the picture says, else what it would be if it were a sheet of A4."""
    said = image.info.get("dpi")
    guess = said[0] if said else max(image.size) / A4_INCHES
    return round(min(max(guess, 70), 600))


def framed(image: Image.Image, margin: int) -> tuple[Image.Image, Affine] | None:
    """The print of *image* framed in white, and the way back; None without print."""
    from PIL import ImageOps

    inked = box_of_ink(image)
    if inked is None:
        return None
    shift = Affine(1, 0, inked[0] - margin, 0, 1, inked[1] - margin)
    return ImageOps.expand(image.crop(inked), margin, "white"), shift


def box_of_ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of all that is darker than its neighbourhood."""
    import numpy as np
    from PIL import Image as Pillow

    from engines.ink import ink_of

    return Pillow.fromarray(ink_of(np.asarray(image.convert("L")))).getbbox()


def lines_of(table: str) -> Iterator[Line]:
    """The lines of a TSV by Tesseract."""
    rows = csv.reader(table.splitlines(), "excel-tab", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if len(row) == 12 and row[0] == WORD_LEVEL]
    for _, members in groupby(words, key=lambda row: row[1:5]):
        read = [_word(row) for row in members]
        yield from _line([word for word in read if word.text])


def _word(row: list[str]) -> Word:
    left, top, width, height = (int(cell) for cell in row[6:10])
    box = Box(left, top, left + width, top + height)
    confidence = min(max(float(row[10]) / 100, 0.0), 1.0)
    return Word(row[11].translate(MARKS_OF_DIRECTION).strip(), box, confidence)


def _line(words: list[Word]) -> Iterator[Line]:
    if not words:
        return
    corners = [corner for word in words for corner in word.box.polygon]
    text = " ".join(word.text for word in words)
    weights = [len(word.text) for word in words]
    rated = zip(words, weights, strict=True)
    confidence = sum((w.confidence or 0.0) * n for w, n in rated) / sum(weights)
    yield Line(text, Box.around(corners).polygon, tuple(words), confidence)


def joined(lines: list[Line]) -> Line:
    """One line out of what was found on the crop of one; an empty one for nothing."""
    words = [word for line in lines for word in line.words]
    return next(_line(words), Line("", confidence=0.0))
