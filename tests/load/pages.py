"""Documents to measure with, made of a folder's pictures."""

from __future__ import annotations

import io
from itertools import cycle, islice
from pathlib import Path

from PIL import Image

KINDS = {".jpg", ".jpeg", ".png"}
DPI = 200  # as the site renders PDFs: a picture comes out as large as it went in


def pictures(folder: Path, count: int) -> list[Image.Image]:
    """*count* pictures from *folder*, from the first again when there are fewer."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    return [Image.open(path).convert("RGB") for path in islice(cycle(paths), count)]


def pdf(images: list[Image.Image], title: str) -> bytes:
    """A PDF with a page for each of *images*; another title makes another file."""
    out = io.BytesIO()
    first, *others = images
    first.save(
        out, "PDF", save_all=True, append_images=others, resolution=DPI, title=title
    )
    return out.getvalue()


def jpeg(image: Image.Image, comment: str) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, comment=comment.encode())
    return out.getvalue()
