"""The engine ``digits``: light until it is asked to read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines.digits.store import (
    SHIPPED,
    VARIABLE,
    WEIGHTS,
    is_model,
    model_folder,
    model_version,
)
from engines.errors import EngineUnavailable
from engines.layout import arranged
from engines.lines import places, read_at
from engines.models import Model
from engines.types import Availability, Line, Options, Page

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from engines.digits.calibration import Calibration
    from engines.digits.network import Network

DECODING = "2"  # raise it with every change to what is read from the same scores
NEEDS = ("numpy", "onnxruntime")
LANGUAGES = ("ara", "eng", "fas")
KINDS = ("amount", "date", "digits", "integer")


class Digits:
    """Numbers in Arabic-Indic, Persian and Western digits, as they stand on paper.

    *folder* holds the weights and the table that says how sure they are: the model
    that was chosen (see ``engines.digits.store``) where none is named.
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
        self._folder = folder

    @property
    def folder(self) -> Path:
        return self._folder or model_folder()

    @property
    def version(self) -> str:
        return f"line-{model_version(self.folder)} decoding-{DECODING}"

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def availability(self) -> Availability:
        missing = [name for name in NEEDS if find_spec(name) is None]
        if missing:
            reason = f"Not installed: {', '.join(missing)}."
            return Availability(False, reason, "pip install -r requirements/core.txt")
        if not is_model(self.folder):
            reason = f"There are no weights in {self.folder}."
            return Availability(False, reason, "manage.py train_digits --model line")
        return Availability(True)

    def models(self) -> tuple[Model, ...]:
        return (
            Model(
                self.name,
                "line",
                "Reader of digits",
                "onnx",
                (WEIGHTS,),
                licence="MIT",
                variable=VARIABLE,
                package="engines",
                inside=(f"digits/{SHIPPED.name}/{WEIGHTS}",),
                fixed=True,
            ),
        )

    def warm_up(self) -> None:
        from PIL import Image, ImageDraw

        picture = Image.new("L", (96, 32), "white")
        ImageDraw.Draw(picture).text((8, 8), "12", "black")
        self.read_line(picture, Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        """The numbers of a page; lines without any are left out."""
        read = (
            read_at(image, place, lambda crop: self.read_line(crop, options))
            for place in places(image)
        )
        lines = tuple(
            line for line in read if any(char.isdigit() for char in line.text)
        )
        return arranged(Page(*image.size, lines, engine=self.name))

    def read_line(self, image: Image.Image, options: Options) -> Line:
        from engines.digits.cells import as_line, letters_read
        from engines.digits.reader import pieces_of, wishes_of

        network, calibration = load(self.folder)
        wishes = wishes_of(options.extra)
        pieces = pieces_of(image, network, calibration, wishes)
        return as_line(letters_read(pieces, image))


def load(folder: Path) -> tuple[Network, Calibration]:
    """The weights in *folder* and their table, once a process.

    Raises:
        EngineUnavailable: they are not there, or are no weights.
    """
    return _loaded(folder, model_version(folder))


@cache
def _loaded(folder: Path, version: str) -> tuple[Network, Calibration]:
    from engines.digits.calibration import load_calibration
    from engines.digits.network import Network

    try:
        return Network(folder / WEIGHTS), load_calibration(folder)
    except Exception as error:  # ONNX Runtime has one of its own for each cause
        raise EngineUnavailable(
            f"The weights of the reader of digits cannot be loaded: {error}"
        ) from error
