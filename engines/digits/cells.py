"""Cells with letters beside their number: AED ٥٢٥٠٠. The number is read here, the
letters by an engine that knows them; what stands left stays left.

Where no engine knows them, the letters are left out and the number stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from engines.digits.alphabet import LETTERS
from engines.digits.pieces import Piece
from engines.errors import EngineError
from engines.protocol import LineReader
from engines.registry import engine_names, get_engine
from engines.types import Box, Line, Options, Word

if TYPE_CHECKING:
    from PIL import Image

# Who reads a run of letters: engines with the language that they are asked for.
OF_ARABIC = (("tesseract", "ara"),)
OF_LATIN = (("ppocr", "eng"), ("tesseract", "eng"))
AIR = 2.0  # pixels of the picture on either side of letters, where there is room


def letters_read(pieces: Sequence[Piece], image: Image.Image) -> tuple[Piece, ...]:
    """*pieces* of *image* with their letters read; without those that nobody reads."""
    if not any(piece.is_letters for piece in pieces):
        return tuple(pieces)
    ends = [0.0, *(piece.box.right for piece in pieces)]
    starts = [*(piece.box.left for piece in pieces[1:]), float(image.width)]
    found = [
        with_text(
            piece,
            image,
            max(left, piece.box.left - AIR),
            min(right, piece.box.right + AIR),
        )
        if piece.is_letters
        else piece
        for piece, left, right in zip(pieces, ends, starts, strict=False)
    ]
    return tuple(piece for piece in found if piece.text)


def with_text(piece: Piece, image: Image.Image, left: float, right: float) -> Piece:
    """*piece*, letters between *left* and *right* of *image*, with their text."""
    sides = int(left), 0, max(int(left) + 1, round(right)), image.height
    crop = image.crop(sides).convert("RGB")
    return replace(piece, text=text_of(crop, piece.text))


def text_of(crop: Image.Image, letters: str) -> str:
    """What the first engine that is here says of *crop*; nothing where none is."""
    for name, language in OF_ARABIC if letters == LETTERS else OF_LATIN:
        engine = get_engine(name) if name in engine_names() else None
        if engine is None or not engine.availability().ok:
            continue
        if language in engine.languages() and isinstance(engine, LineReader):
            try:
                return engine.read_line(crop, Options((language,))).text.strip()
            except EngineError:
                continue
    return ""


def as_line(pieces: Sequence[Piece]) -> Line:
    """*pieces* of one line from left to right, with a blank where one is printed."""
    words: list[list[Piece]] = []
    for piece in pieces:
        if words and piece.is_close:
            words[-1].append(piece)
        else:
            words.append([piece])
    found = tuple(as_word(word) for word in words)
    if not found:
        return Line("", confidence=0.0, weakest=0.0)
    sure = [chance for piece in pieces for chance in piece.sure]
    corners = [corner for word in found for corner in word.box.polygon]
    text = " ".join(word.text for word in found)
    return Line(text, Box.around(corners).polygon, found, fmean(sure), min(sure))


def as_word(pieces: Sequence[Piece]) -> Word:
    corners = [corner for piece in pieces for corner in piece.box.polygon]
    sure = [chance for piece in pieces for chance in piece.sure]
    text = "".join(piece.text for piece in pieces)
    return Word(text, Box.around(corners), fmean(sure))
