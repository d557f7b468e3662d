"""PDFs through PDFium: how large their pages are, and the pages as pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from math import ceil, sqrt
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from engines.errors import BrokenFile, EncryptedFile, FileError, TooLarge
from engines.types import Limits, Page

POINTS_PER_INCH = 72
# Posters, and photos whose pixels were taken for points, are rendered less finely.
MAX_PIXELS = 40_000_000
PDFIUM = RLock()  # PDFium must never run in two threads at once


def page_sizes(path: Path, limits: Limits) -> tuple[tuple[int, int], ...]:
    """The size of each page in pixels, as it will be rendered."""
    with opened(path) as pdf:
        if len(pdf) > limits.max_pages:
            raise TooLarge(
                f"The PDF has {len(pdf):,} pages; at most {limits.max_pages:,} can be "
                "read at once. Split it and upload the parts."
            )
        sizes = tuple(
            _pixels(pdf.get_page_size(index), limits.dpi) for index in range(len(pdf))
        )
    if not sizes:
        raise BrokenFile("The PDF has no page. Make it again.")
    _check_pixels(sizes, limits.max_pixels)
    return sizes


def render(path: Path, number: int, dpi: int) -> tuple[Image.Image, int]:
    """Page *number* as RGB, forms and notes drawn, and the dpi it really has."""
    with opened(path) as pdf:
        pdf.init_forms()  # a page opened before this comes without them
        with opened_page(pdf, number) as page:
            scale = scale_for(page.get_size(), dpi)
            with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
                # A copy: the pixels belong to PDFium and go with the bitmap.
                image = bitmap.to_pil().convert("RGB").copy()
    return image, round(scale * POINTS_PER_INCH)


def text_layer(path: Path, number: int, dpi: int) -> Page | None:
    """The text that page *number* carries, in the frame of its picture."""
    from engines.images.text_layer import read_layer

    with opened(path) as pdf, opened_page(pdf, number) as page:
        return read_layer(page, *_pixels(page.get_size(), dpi))


def scale_for(size: tuple[float, float], dpi: int) -> float:
    """Pixels per point for a page of that *size* in points."""
    area = max(size[0] * size[1], 1.0)
    return min(dpi / POINTS_PER_INCH, sqrt(MAX_PIXELS / area))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The PDF, held alone by this thread until it is closed again."""
    with PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(path)) as pdf:
                yield pdf
        except pypdfium2.PdfiumError as error:
            raise _in_our_words(error) from error


@contextmanager
def opened_page(pdf: Any, number: int) -> Iterator[Any]:
    if number > len(pdf):
        raise FileError(f"The file has no page {number}.")
    with closing(pdf.get_page(number - 1)) as page:
        yield page


def _pixels(size: tuple[float, float], dpi: int) -> tuple[int, int]:
    scale = scale_for(size, dpi)
    return max(1, ceil(size[0] * scale)), max(1, ceil(size[1] * scale))


def _check_pixels(sizes: tuple[tuple[int, int], ...], most: int) -> None:
    for number, (width, height) in enumerate(sizes, start=1):
        if width * height > most:
            raise TooLarge(
                f"Page {number} of the PDF is {width:,} × {height:,} pixels large; "
                f"at most {most // 10**6} million can be read."
            )


def _in_our_words(error: pypdfium2.PdfiumError) -> FileError:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return EncryptedFile(
            "The PDF is protected by a password. "
            "Remove the password and upload it again."
        )
    return BrokenFile("The PDF is damaged and cannot be opened. Make or save it again.")
