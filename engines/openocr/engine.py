"""The engine itself: light until it is asked to read, and then in another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines.environment import number
from engines.errors import EngineUnavailable
from engines.holding import held
from engines.layout import arranged
from engines.openocr.channel import Ask, Found
from engines.openocr.files import MODELS, files_version, setup, standing_of
from engines.openocr.pages import as_line, as_polygon, unread_languages
from engines.openocr.process import LetGo, Reader
from engines.openocr.schema import KNOWN, Wish, schema, wish_of
from engines.protocol import Traits
from engines.types import Availability, Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.models import Model

DECODING = "1"  # raise it with every change to what is read from the same pixels
NEEDS = ("openocr", "onnxruntime", "cv2")
SIDE = 960  # pixels: OpenOCR's own longest side for finding lines
SPARE = 5  # seconds before a worker's own limit, which would end the worker


class OpenOCR:
    """OpenOCR: mobile (RepSVTR) and server (SVTRv2); see ``engines.openocr.files``.

    *threads* is the threads of one page, *seconds* what one page may take, the start of
    its process included.
    """

    name = "openocr"
    label = "OpenOCR"
    traits = Traits(runs_on="cpu", licence="Apache-2.0")

    def __init__(self, threads: int = 1, seconds: int | None = None) -> None:
        self.threads = threads
        self.seconds = seconds or max(1, number("ENGINE_TIMEOUT", 120) - SPARE)

    @property
    def version(self) -> str:
        try:
            library = package_version("openocr-python")
        except PackageNotFoundError:
            library = "none"
        return f"openocr-{library} {files_version()} decoding-{DECODING}"

    @property
    def options_schema(self) -> Mapping[str, Any]:
        return schema()

    def languages(self) -> tuple[str, ...]:
        return KNOWN

    def models(self) -> tuple[Model, ...]:
        return MODELS

    def availability(self) -> Availability:
        missing = [name for name in NEEDS if find_spec(name) is None]
        if missing:
            return Availability(
                ok=False,
                reason=f"Not installed: {', '.join(missing)}.",
                remedy="pip install -r requirements/openocr.txt",
            )
        found = standing_of("mobile")
        if found.ok:
            return Availability(ok=True)
        return Availability(False, found.trouble, found.remedy)

    def warm_up(self) -> None:
        from PIL import Image

        self.read(Image.new("RGB", (640, 480), "white"), Options())
        self.read_line(Image.new("RGB", (320, 48), "white"), Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        wish = wish_of(options)
        found = self._ask(wish, image, options)
        page = Page(
            image.width,
            image.height,
            tuple(as_line(line, wish.task) for line in found.lines),
            engine=self.name,
            notes=unread_languages(options.languages, wish),
        )
        return arranged(page)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        wish = replace(wish_of(options), task="recognition")
        (line,) = self._ask(wish, image, options).lines
        return as_line(line, "recognition")

    def find_lines(self, image: Image.Image) -> tuple[Polygon, ...]:
        options = Options()
        wish = replace(wish_of(options), task="detection")
        found = self._ask(wish, image, options)
        return tuple(as_polygon(line) for line in found.lines)

    def _ask(self, wish: Wish, image: Image.Image, options: Options) -> Found:
        """What the process finds on *image*.

        Raises:
            EngineUnavailable: something that it needs is not here.
            EngineError: it could not read the picture.
        """
        self._check()
        files = setup(wish.mode, wish.recogniser, self.threads)
        rgb = image.convert("RGB")
        side = SIDE if options.max_side is None else options.max_side
        ask = Ask(wish.task, *rgb.size, side or max(rgb.size), options.languages)
        while True:
            reader = held(self.name, files, lambda: Reader(files, self.seconds))
            try:
                return reader.ask(ask, rgb.tobytes())
            except LetGo:
                continue  # another engine took its place before it was asked

    def _check(self) -> None:
        can = self.availability()
        if not can.ok:
            raise EngineUnavailable(f"{can.reason} {can.remedy}".strip())
