"""The engine ``digits``: light until it is asked to read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.errors import EngineUnavailable
from engines.layout import arranged
from engines.types import Availability, Line, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.digits.calibration import Calibration
    from engines.digits.network import Network

DECODING = "1"  # raise it with every change to what is read from the same scores
NEEDS = ("numpy", "onnxruntime")
WEIGHTS = "line.onnx"
SHIPPED = Path(__file__).parent / "model"
LANGUAGES = ("ara", "eng", "fas")
KINDS = ("amount", "date", "digits", "integer")


class Digits:
    """Numbers in Arabic-Indic, Persian and Western digits, as they stand on paper.

    *folder* holds the weights and the table that says how sure they are.
    """

    name = "digits"
    label = "Digits"
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["", *KINDS]},
            "grammar": {"type": "boolean"},
            "scripts": {
                "type": "array",
                "items": {"enum": ["arabic", "western", "persian"]},
            },
        },
    }
    helpful_steps = ("deskew",)

    def __init__(self, folder: Path | None = None) -> None:
        chosen = os.environ.get("DIGITS_MODEL", "")
        self.folder = folder or (Path(chosen) if chosen else SHIPPED)

    @property
    def version(self) -> str:
        return f"line-{fingerprint(self.folder / WEIGHTS)} decoding-{DECODING}"

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def availability(self) -> Availability:
        missing = [name for name in NEEDS if find_spec(name) is None]
        if missing:
            reason = f"Not installed: {', '.join(missing)}."
            return Availability(False, reason, "pip install -r requirements/core.txt")
        if not (self.folder / WEIGHTS).is_file():
            reason = f"There are no weights in {self.folder}."
            return Availability(False, reason, "manage.py train_digits --model line")
        return Availability(True)

    def warm_up(self) -> None:
        from PIL import Image, ImageDraw

        picture = Image.new("L", (96, 32), "white")
        ImageDraw.Draw(picture).text((8, 8), "12", "black")
        self.read_line(picture, Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        """The numbers of a page; lines without any are left out."""
        from engines.digits.page import numbers_on

        lines = numbers_on(image, lambda crop: self.read_line(crop, options))
        return arranged(Page(*image.size, lines, engine=self.name))

    def read_line(self, image: Image.Image, options: Options) -> Line:
        from engines.digits.cells import as_line, letters_read
        from engines.digits.reader import pieces_of, wishes_of

        network, calibration = self._loaded()
        wishes = wishes_of(options.extra)
        pieces = pieces_of(image, network, calibration, wishes)
        return as_line(letters_read(pieces, image))

    def _loaded(self) -> tuple[Network, Calibration]:
        return load(self.folder)


@cache
def load(folder: Path) -> tuple[Network, Calibration]:
    """The weights in *folder* and their table, once a process.

    Raises:
        EngineUnavailable: they are not there, or are no weights.
    """
    from engines.digits.calibration import load_calibration
    from engines.digits.network import Network

    try:
        return Network(folder / WEIGHTS), load_calibration(folder)
    except Exception as error:  # ONNX Runtime has one of its own for each cause
        reason = f"The weights of the digits' reader cannot be loaded: {error}"
        raise EngineUnavailable(reason) from error


@cache
def fingerprint(weights: Path) -> str:
    """A few letters that change with *weights*: readings are kept by them."""
    try:
        return sha256(weights.read_bytes()).hexdigest()[:12]
    except OSError:
        return "none"
