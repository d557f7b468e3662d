"""Files in, upright RGB pages out: the two doors, and what comes through them.

A page is a picture, a frame of a TIFF, or a page of a PDF; of an animation and of a
photo with previews it is the first picture alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engines.errors import FileError, TooLarge
from engines.geometry import move_page, quarter_turns
from engines.images.kinds import PDF, sniff
from engines.types import FileInfo, Limits, Page

if TYPE_CHECKING:
    from PIL import Image


DEFAULT_LIMITS = Limits()


def _no_text_layer() -> Page | None:
    return None


@dataclass(frozen=True, eq=False)
class PageImage:
    """One page as pixels: RGB, upright as far as its file tells (EXIF, PDF rotation).

    ``dpi`` is None where the file does not say, or plainly does not know.
    """

    image: Image.Image
    dpi: int | None = None
    read_text_layer: Callable[[], Page | None] = _no_text_layer

    @cached_property
    def text_layer(self) -> Page | None:
        """A PDF page's own text in this frame, however good; None without any."""
        return self.read_text_layer()

    def turned(self, quarters: int) -> PageImage:
        """This page turned clockwise by *quarters* times 90 degrees, text and all."""
        if quarters % 4 == 0:
            return self
        from engines.images.raster import turn

        return PageImage(
            turn(self.image, quarters), self.dpi, lambda: self._turned_layer(quarters)
        )

    def _turned_layer(self, quarters: int) -> Page | None:
        layer = self.text_layer
        if layer is None:
            return None
        move = quarter_turns(quarters, layer.width, layer.height)
        sides = (layer.width, layer.height)
        width, height = sides if quarters % 2 == 0 else sides[::-1]
        return move_page(layer, move, width, height)


def inspect_file(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> FileInfo:
    """Say what *path* is by its content, and the upright size of every page.

    Pictures are decoded whole, so that a damaged one is found now. Run it where memory
    and time are limited (``python -m engines.inspect``): the file is a stranger's.

    Raises:
        FileError: the file is empty, unsupported, broken, encrypted or too large.
    """
    path = Path(path)
    if path.stat().st_size > limits.max_bytes:
        raise TooLarge(
            f"The file is larger than {limits.max_bytes // 1024**2} MB, the limit here."
        )
    media_type = sniff(path)
    if media_type == PDF:
        from engines.images import pdf

        return FileInfo(media_type, pdf.page_sizes(path, limits))
    from engines.images import raster

    return FileInfo(media_type, raster.page_sizes(path, media_type, limits))


def orientation(path: Path, number: int) -> int:
    """How EXIF says that page *number* of the file at *path* was held: 1..8, and 1
    where the file does not say.

    Raises:
        FileError: the file cannot be read, or has no such page.
    """
    media_type = sniff(path)
    if media_type == PDF:
        return 1
    from engines.images import raster

    return raster.orientation(path, media_type, number)


def load_page(path: Path | str, number: int = 1, *, dpi: int = 200) -> PageImage:
    """Page *number*, from 1, of the file at *path*; PDFs are rendered at *dpi*.

    Raises:
        FileError: the file cannot be read, or has no such page.
    """
    path = Path(path)
    media_type = sniff(path)
    if number < 1:
        raise FileError("Pages are numbered from 1.")
    if media_type == PDF:
        from engines.images import pdf

        image, real_dpi = pdf.render(path, number, dpi)
        return PageImage(image, real_dpi, lambda: pdf.text_layer(path, number, dpi))
    from engines.images import raster

    image, said_dpi = raster.load(path, media_type, number)
    return PageImage(image, said_dpi)
