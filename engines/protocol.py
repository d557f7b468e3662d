"""The promise that every engine keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from engines.types import Availability, Line, Options, Page, Polygon

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage
    from engines.models import Model

EngineClass = Literal["cpu", "gpu", "remote"]


@dataclass(frozen=True, slots=True)
class Traits:
    """What an engine is like; those of one's own need not say.

    ``runs_on`` is its class: which workers read with it. ``describes`` says that it
    tells what is to be seen, and is no reader of text. ``presets`` are names of ways
    to ask, for engines that take a prompt; their first is the usual one.
    """

    runs_on: EngineClass = "cpu"
    licence: str = ""
    describes: bool = False
    takes_prompt: bool = False
    presets: tuple[str, ...] = ()


class Engine(Protocol):
    """Turns one page image into text with positions.

    An engine keeps no state between calls: the same image and options give the
    same page, from any thread.
    """

    name: str
    label: str
    version: str
    options_schema: Mapping[str, Any]  # JSON Schema of what it takes from Options

    def languages(self) -> tuple[str, ...]:
        """The languages it can read here, as Tesseract's codes."""

    def availability(self) -> Availability:
        """Say whether this machine can run the engine, and if not, why and what helps.

        Cheap: imports nothing heavy, so that the web process may ask.
        """

    def warm_up(self) -> None:
        """Load models and run them once: the first page costs what others do."""

    def read(self, image: Image.Image, options: Options) -> Page:
        """Read *image* (RGB, any size).

        Raises:
            EngineError: the engine could not read this page.
        """


@runtime_checkable
class Characterised(Protocol):
    """An engine that says what it is like; the others are like ``Traits()``."""

    traits: Traits


@runtime_checkable
class ModelOwner(Protocol):
    """An engine that reads with files which are not in its package."""

    def models(self) -> tuple[Model, ...]:
        """Those that it can read with, the usual ones first; see ``engines.models``."""


@runtime_checkable
class LineReader(Protocol):
    """An engine that can also read the crop of a single line, without detection."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        """Read *image* (RGB), one line of print cropped with a small margin."""


@runtime_checkable
class LineFinder(Protocol):
    """An engine that can say where the lines of a page are, without reading them."""

    def find_lines(self, image: Image.Image) -> tuple[Polygon, ...]:
        """The outlines of the lines on *image* (RGB), in its pixels, in any order."""


@runtime_checkable
class Modest(Protocol):
    """An engine that can also say where it saw lines that it could not read."""

    def read_what_it_can(
        self, image: Image.Image, options: Options
    ) -> tuple[Page, tuple[Polygon, ...]]:
        """What ``read`` answers, and the outlines of the lines that it left out."""


@runtime_checkable
class Particular(Protocol):
    """An engine that reads better after certain steps of ``engines.preprocess``."""

    helpful_steps: tuple[str, ...]  # done under "auto" to the pages that need them


@runtime_checkable
class PageReader(Protocol):
    """An engine that wants more than pixels: the PDF's own text, the scan's dpi.

    It does its own preprocessing; the pipeline calls this instead of ``read``.
    """

    def read_page(self, page: PageImage, options: Options) -> Page:
        """Read *page*, upright; the answer is in its frame, lines in reading order."""


def traits_of(engine: Engine) -> Traits:
    """What *engine* says it is like."""
    return engine.traits if isinstance(engine, Characterised) else Traits()
