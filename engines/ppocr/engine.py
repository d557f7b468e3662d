"""The engine itself: light until it is asked to read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines.layout import arranged
from engines.models import Model
from engines.ppocr.alphabets import LANGUAGES
from engines.types import Availability, Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.ppocr.networks import Networks

DECODING = "4"  # raise it with every change to what is read from the same pixels
NEEDS = ("rapidocr", "onnxruntime", "cv2", "spellchecker")
FILES = (
    "PP-OCRv6_det_small.onnx",
    "PP-OCRv6_rec_small.onnx",
    "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
)
MODEL = Model(
    "ppocr",
    "PP-OCRv6_small",
    "PP-OCRv6 small",
    "onnx",
    FILES,
    licence="Apache-2.0",
    package="rapidocr",
    inside=tuple(f"models/{name}" for name in FILES),
    needs="requirements/core.txt",
    fixed=True,
)


class PPOCR:
    """PP-OCRv6 small, the models inside the rapidocr package.

    *threads* is the threads of one page: worker processes beside each other do more
    than threads within one. *runtime* is "auto", "openvino" or "onnxruntime".
    """

    name = "ppocr"
    label = "PP-OCR"
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "languages": {"type": "array", "items": {"enum": list(LANGUAGES)}},
            "max_side": {"type": "integer", "minimum": 0},
        },
    }

    def __init__(self, threads: int | None = None, runtime: str | None = None) -> None:
        self.threads = threads or int(os.environ.get("PPOCR_THREADS", "1"))
        self.runtime = runtime or os.environ.get("PPOCR_RUNTIME", "auto")

    @property
    def version(self) -> str:
        try:
            models = package_version("rapidocr")
        except PackageNotFoundError:
            models = "none"
        return f"PP-OCRv6-small rapidocr-{models} decoding-{DECODING}"

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def models(self) -> tuple[Model, ...]:
        return (MODEL,)

    def availability(self) -> Availability:
        missing = [name for name in NEEDS if find_spec(name) is None]
        if not missing:
            return Availability(ok=True)
        return Availability(
            ok=False,
            reason=f"Not installed: {', '.join(missing)}.",
            remedy="pip install -r requirements/core.txt",
        )

    def warm_up(self) -> None:
        from PIL import Image

        self.read(Image.new("RGB", (640, 480), "white"), Options())
        self.read_line(Image.new("RGB", (320, 48), "white"), Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        return self.read_what_it_can(image, options)[0]

    def read_what_it_can(
        self, image: Image.Image, options: Options
    ) -> tuple[Page, tuple[Polygon, ...]]:
        import numpy as np

        from engines.ppocr.reader import as_polygon, read_lines

        pixels = np.asarray(image.convert("RGB"))
        languages = options.languages
        lines, unread = read_lines(
            self._networks(), pixels, languages, options.max_side
        )
        page = Page(
            image.width,
            image.height,
            tuple(lines),
            engine=self.name,
            notes=unread_languages(languages),
        )
        return arranged(page), tuple(as_polygon(quad) for quad in unread)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        import numpy as np

        from engines.ppocr.reader import read_crop

        pixels = np.asarray(image.convert("RGB"))
        return read_crop(self._networks(), pixels, options.languages)

    def find_lines(self, image: Image.Image) -> tuple[Polygon, ...]:
        import numpy as np

        from engines.ppocr.detection import find_quads
        from engines.ppocr.reader import as_polygon

        pixels = np.asarray(image.convert("RGB"))
        quads = find_quads(self._networks(), pixels, None)
        return tuple(as_polygon(quad) for quad in quads)

    def _networks(self) -> Networks:
        from engines.ppocr.networks import load_networks

        return load_networks(self.runtime, self.threads)


def unread_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence for the user on the languages that the models do not know."""
    unknown = [code for code in languages if code not in LANGUAGES]
    if not unknown:
        return ()
    return (f"PP-OCR does not know {', '.join(unknown)}; it read what it could.",)
