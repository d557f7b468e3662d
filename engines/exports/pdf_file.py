"""A PDF written object by object, so that of its pages one alone is held twice."""

from __future__ import annotations

import zlib
from io import BytesIO


class PdfFile:
    """The objects of a PDF in the order in which they come; numbers are given first."""

    def __init__(self) -> None:
        # Four bytes beyond ASCII tell those who carry the file that it is no text.
        self._out = BytesIO()
        self._out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        self._offsets: list[int] = []

    def number(self) -> int:
        """A number for an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def write(self, body: str | bytes, number: int = 0) -> int:
        """Write an object; answers its number."""
        number = number or self.number()
        self._offsets[number - 1] = self._out.tell()
        body = body.encode("ascii") if isinstance(body, str) else body
        self._out.write(b"%d 0 obj\n" % number)
        self._out.write(body)
        self._out.write(b"\nendobj\n")
        return number

    def write_stream(self, data: bytes, entries: str = "") -> int:
        """Write a stream, compressed unless *entries* name its filter."""
        if "/Filter" not in entries:
            data, entries = zlib.compress(data), f"{entries} /Filter /FlateDecode"
        head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii")
        return self.write(head + data + b"\nendstream")

    def finished(self, catalog: int, info: int) -> bytes:
        """The whole file; nothing can be written after it."""
        start, count = self._out.tell(), len(self._offsets) + 1
        rows = "".join(f"{offset:010} 00000 n \n" for offset in self._offsets)
        self._out.write(
            f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer\n"
            f"<< /Size {count} /Root {catalog} 0 R /Info {info} 0 R >>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )
        return self._out.getvalue()


def pdf_text(text: str) -> str:
    """*text* as a string of a PDF's dictionaries, in any script."""
    return f"<FEFF{utf16(text)}>"


def utf16(text: str) -> str:
    """The UTF-16 codes of *text* in hexadecimal."""
    return text.encode("utf-16-be", "replace").hex().upper()
