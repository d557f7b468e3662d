"""What stands in for the pictures that an answer came without, and how both fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.errors import FileError
from engines.geometry import Affine, move_page
from engines.types import Page

POINTS = 72  # of an inch
LEAST = 40  # pixels of a side: an answer without text does not tell its size
SAME_SHAPE = 0.02  # by how much the sides' proportion may differ: whole points round


def fit_vision_page(page: Page, width: int, height: int) -> Page:
    """*page* in the frame of a picture, whose upright sides are in pixels.

    Google counts in points on a page of a PDF, and reads some pictures made smaller.

    Raises:
        FileError: the picture has another shape.
    """
    across, down = width / page.width, height / page.height
    if abs(across / down - 1) <= SAME_SHAPE:
        return move_page(page, Affine(across, 0, 0, 0, down, 0), width, height)
    # Where the file did not tell its size, it is what the words take up.
    if page.width <= width and page.height <= height:
        return replace(page, width=width, height=height)
    raise FileError(
        "The picture has another shape than the one that Google Vision read. "
        "Choose that one."
    )


def blank_pdf(pages: Sequence[Page], dpi: int, mark: str) -> bytes:
    """A PDF of blank pages as large as *pages* are at *dpi*; *mark* tells it from
    others, as files of the same content are one."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + len(pages)))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        *(_leaf(page, dpi) for page in pages),
    ]
    out = f"%PDF-1.4\n%{mark}\n".encode()
    starts = []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def _leaf(page: Page, dpi: int) -> str:
    sides = (max(side, LEAST) * POINTS / dpi for side in (page.width, page.height))
    box = " ".join(f"{side:.3f}" for side in sides)
    return f"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 {box}]>>"
