"""The engine itself: light until it is asked to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engines.environment import number
from engines.errors import EngineUnavailable
from engines.geometry import move_line, move_page, quarter_turns, scaling
from engines.holding import held
from engines.layout import arranged
from engines.models import Model
from engines.paddleocr.catalogue import ENGINE, MODELS, READS
from engines.paddleocr.choice import Choice, choose, languages_here, schema
from engines.paddleocr.standing import availability, models_version
from engines.protocol import Traits
from engines.types import Availability, Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.paddleocr.package import Bgr, Library

DECODING = "1"  # raise it with every change to what is read from the same pixels
LARGEST = 32_000  # pixels of a side: PaddleOCR counts them in 16 bits


class PaddleOCR:
    """PaddleOCR on the networks that lie here; see ``engines.paddleocr.catalogue``.

    *threads* is the threads of one page.
    """

    name = ENGINE
    label = "PaddleOCR"
    traits = Traits(runs_on="cpu", licence="Apache-2.0")

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or max(1, number("PADDLE_THREADS", 1))

    @property
    def version(self) -> str:
        return f"{models_version()} decoding-{DECODING}"

    @property
    def options_schema(self) -> Mapping[str, Any]:
        return schema()

    def languages(self) -> tuple[str, ...]:
        return languages_here()

    def models(self) -> tuple[Model, ...]:
        return MODELS

    def availability(self) -> Availability:
        return availability()

    def warm_up(self) -> None:
        from PIL import Image

        self.read(Image.new("RGB", (640, 480), "white"), Options())
        self.read_line(Image.new("RGB", (320, 48), "white"), Options())

    def read(self, image: Image.Image, options: Options) -> Page:
        small, factor = within_reach(image)
        choice, library = self._library(options)
        page = self._read(library, small, options.max_side)
        notes = (*page.notes, *unread_languages(choice, options.languages))
        page = replace(page, engine=self.name, notes=notes)
        return move_page(page, scaling(factor), *image.size) if factor != 1 else page

    def read_line(self, image: Image.Image, options: Options) -> Line:
        from engines.paddleocr.reading import line_alone
        from engines.ppocr.crops import trimmed

        small, factor = within_reach(image)
        _, library = self._library(options)
        found = library.recognise(trimmed(as_bgr(small)))
        return move_line(line_alone(found, *small.size), scaling(factor))

    def find_lines(self, image: Image.Image) -> tuple[Polygon, ...]:
        from engines.paddleocr.reading import outline, side_for

        small, factor = within_reach(image)
        library, pixels = self._library(Options())[1], as_bgr(small)
        side = side_for(glance(library, pixels), *small.size, None)
        lines = [Line("", outline(quad)) for quad in library.find(pixels, side)]
        moved = [move_line(line, scaling(factor)).polygon for line in lines]
        return tuple(polygon for polygon in moved if polygon)

    def _read(self, library: Library, image: Image.Image, max_side: int | None) -> Page:
        """The page as the library sees it, in order, back in the frame of *image*."""
        from engines.paddleocr.reading import lines_in, side_for

        pixels = as_bgr(image)
        side = side_for(glance(library, pixels), *image.size, max_side)
        found = library.read(pixels, side)
        page = Page(*image.size, tuple(lines_in(found)))
        return returned(page, found["doc_preprocessor_res"], library.setup.choice)

    def _library(self, options: Options) -> tuple[Choice, Library]:
        """
        Raises:
            EngineUnavailable: something that it needs is not here.
        """
        can = self.availability()
        if not can.ok:
            raise EngineUnavailable(f"{can.reason} {can.remedy}".strip())
        choice = choose(options)
        from engines.paddleocr.package import Library, setup

        wanted = setup(choice, self.threads)
        return choice, held(self.name, wanted, lambda: Library(wanted))


def within_reach(image: Image.Image) -> tuple[Image.Image, float]:
    """*image*, smaller where PaddleOCR could not count its pixels, and how many times
    as large it was."""
    longest = max(image.size)
    if longest <= LARGEST:
        return image, 1.0
    width, height = (max(1, side * LARGEST // longest) for side in image.size)
    return image.resize((width, height)), longest / LARGEST


def as_bgr(image: Image.Image) -> Bgr:
    import numpy as np

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def glance(library: Library, pixels: Bgr) -> Any:
    """Outlines of lines on a small copy: they tell how high the print is."""
    from engines.paddleocr.reading import GLANCE

    return library.find(pixels, min(GLANCE, max(pixels.shape[:2])))


def returned(page: Page, steps: Mapping[str, Any], choice: Choice) -> Page:
    """*page*, whose lines lie in the frame that PaddleOCR made of it, in order and in
    its own frame; without places where there is no way back."""
    turned = int(steps.get("angle", 0)) % 360 // 90 if choice.orientation else 0
    there = quarter_turns(-turned, page.width, page.height)
    upright = (
        replace(page, width=page.height, height=page.width) if turned % 2 else page
    )
    ordered = arranged(upright)
    if choice.unwarp:
        lines = tuple(replace(x, polygon=None, words=()) for x in ordered.lines)
        note = "PaddleOCR flattened the page: its lines have no places."
        return replace(page, lines=lines, text=ordered.text, notes=(note,))
    return move_page(ordered, there.inverse(), page.width, page.height)


def unread_languages(choice: Choice, languages: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence for the user on the languages that the recogniser does not know."""
    unknown = [code for code in languages if code not in READS[choice.recognition]]
    if not unknown:
        return ()
    return (f"PaddleOCR does not know {', '.join(unknown)}; it read what it could.",)
