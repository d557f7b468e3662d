"""Pages made on the spot: print drawn with Pillow, PDFs written by hand."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ARABIC_FONT = "DejaVuSans.ttf"
# A red square beside a white one, 64x32, drawn for these tests and encoded as HEIC.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0"
    "AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAACMAAAAjaWluZgAAAAAA"
    "AQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmND"
    "AQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEB"
    "A3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5j"
    "bHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAA"
    "Av///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACttZGF0AAAA"
    "HygBrwtg9eWDr//3wR371CDrluVUv3pZA5D/+2cIn04="
)

RECEIPT = (
    "CORNER BAKERY",
    "12 Market Street",
    "Date 2021-12-27 14:05",
    "Two loaves of bread 7.80",
    "Butter and honey 5.40",
    "Subtotal 13.20",
    "Total 13.20",
    "Paid in cash, thank you",
    "Please come again soon",
)


def written(
    lines: Sequence[str] = RECEIPT, size: int = 32, font: str | None = None
) -> Image.Image:
    """Black print on white, a line under the other."""
    face = ImageFont.truetype(font, size) if font else ImageFont.load_default(size)
    width = max(round(face.getlength(line)) for line in lines) + 4 * size
    picture = Image.new("RGB", (width, (2 * len(lines) + 3) * size), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((2 * size, 2 * (number + 1) * size - size // 2), line, "black", face)
    return picture


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than anyone could hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def text_pdf(
    lines: Sequence[str] = RECEIPT,
    *,
    rotate: int = 0,
    size: tuple[int, int] = (400, 500),
    pages: int = 1,
    encrypted: bool = False,
) -> bytes:
    """A PDF that says *lines* in Helvetica, 18 points each, from the top down."""
    drawn = " ".join(f"({line}) Tj 0 -36 Td" for line in lines)
    return page_pdf(
        f"BT /F1 18 Tf 30 {size[1] - 50} Td {drawn} ET",
        rotate=rotate,
        size=size,
        pages=pages,
        encrypted=encrypted,
    )


def page_pdf(
    content: str,
    *,
    rotate: int = 0,
    size: tuple[int, int] = (400, 500),
    pages: int = 1,
    encrypted: bool = False,
) -> bytes:
    """A PDF of equal pages drawn by *content*; its font is Helvetica, F1."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
        f"/Rotate {rotate} /Contents 4 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *[page] * pages,
    ]
    if encrypted:  # by a password nobody knows
        secret = "<" + "5A" * 32 + ">"
        objects.append(
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O {secret} /U {secret} >>"
        )
    return _assembled(objects, encrypted)


def form_pdf() -> bytes:
    """A PDF of 100 x 100 points whose only ink is a filled-in field: a black box."""
    ink = "0 0 40 40 re f"
    return _assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Annots [4 0 R] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (said) /F 4 "
            "/Rect [10 50 50 90] /AP << /N 5 0 R >> >>",
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 40 40] /Length {len(ink)} >>"
            f"\nstream\n{ink}\nendstream",
        ],
        encrypted=False,
    )


def _assembled(objects: list[str], encrypted: bool) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    secret = f"/Encrypt {len(objects)} 0 R /ID [<00> <00>]" if encrypted else ""
    count = len(objects) + 1
    tail = (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {count} /Root 1 0 R {secret} >>\n"
        f"startxref\n{len(out)}\n%%EOF\n"
    )
    return out + tail.encode("latin-1")


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
