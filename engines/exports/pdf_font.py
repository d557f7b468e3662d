"""The typeface of invisible text: every character there is, and none has a shape.

As Tesseract writes its PDFs: all codes are UTF-16 and lead to one glyph, so that any
script can be searched, and the file grows by a few hundred bytes. The glyph is a stroke
without area from corner to corner: PDFium drops sideways text that has no extent.
"""

from __future__ import annotations

import struct

EM = 1000
WIDTH = 500  # of every glyph, in thousandths of the size
ASCENT, DESCENT = 800, -200
NAME = "Glyphless"
GLYPHS = 2  # .notdef, which is empty, and the one that stands for every character
_CHECKSUM = 0xB1B0AFBA  # what the whole file adds up to (OpenType, "head")


def truetype() -> bytes:
    """A TrueType font of that glyph: the tables that PDF asks for, no others."""
    box = (0, DESCENT, WIDTH, ASCENT)
    glyph = _stroke(box)
    tables = {
        "glyf": glyph,
        "head": _head(box, adjustment=0),
        "hhea": struct.pack(
            ">I3hH11hH", 1 << 16, ASCENT, DESCENT, 0, WIDTH, *(0,) * 11, GLYPHS
        ),
        "hmtx": struct.pack(">Hh", WIDTH, 0) * GLYPHS,
        "loca": struct.pack(">3H", 0, 0, len(glyph) // 2),
        "maxp": struct.pack(">IH13H", 1 << 16, GLYPHS, 3, 1, 0, 0, 1, *(0,) * 8),
    }
    whole = _assembled(tables)
    tables["head"] = _head(box, (_CHECKSUM - _sum(whole)) & 0xFFFFFFFF)
    return _assembled(tables)


def to_unicode() -> bytes:
    """The CMap that says what each code means: itself."""
    rows = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [rows[start : start + 100] for start in range(0, 256, 100)]  # at most 100
    ranges = [
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange"
        for block in blocks
    ]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *ranges,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    ).encode()


def glyph_of_each_code() -> bytes:
    return struct.pack(">H", GLYPHS - 1) * 0x10000


def _stroke(box: tuple[int, int, int, int]) -> bytes:
    """One contour of three points: a corner of *box*, the opposite one, and back."""
    left, bottom, right, top = box
    last_point, no_program, on_curve = 2, 0, b"\1\1\1"
    across, up = right - left, top - bottom
    steps = (left, across, -across, bottom, up, -up)
    head = struct.pack(">5h2H", 1, *box, last_point, no_program)
    return head + on_curve + struct.pack(">6h", *steps) + b"\0"


def _head(box: tuple[int, int, int, int], adjustment: int) -> bytes:
    version, magic, flags, dates = 1 << 16, 0x5F0F3CF5, 0, (0, 0)
    numbers = (version, version, adjustment, magic, flags, EM)
    smallest, direction, short_offsets = 8, 2, 0
    rest = (*box, 0, smallest, direction, short_offsets, 0)
    return struct.pack(">4I2H2q4hHH3h", *numbers, *dates, *rest)


def _assembled(tables: dict[str, bytes]) -> bytes:
    count, power = len(tables), len(tables).bit_length() - 1
    reach = 16 << power
    out = struct.pack(">I4H", 1 << 16, count, reach, power, 16 * count - reach)
    body, start = b"", len(out) + 16 * count
    for name, table in tables.items():
        place = start + len(body)
        out += struct.pack(">4s3I", name.encode(), _sum(table), place, len(table))
        body += table + b"\0" * (-len(table) % 4)
    return out + body


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words = (int.from_bytes(padded[i : i + 4]) for i in range(0, len(padded), 4))
    return sum(words) & 0xFFFFFFFF
