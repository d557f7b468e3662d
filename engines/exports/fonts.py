"""Typefaces: one that is shipped, and for letters it lacks those of the machine."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# DejaVu Sans 2.37 (its licence lies beside it): Latin, Greek, Cyrillic, Hebrew, Arabic
# with its joined forms.
SHIPPED_FONT = Path(__file__).parent / "typefaces" / "DejaVuSans.ttf"
SMALL = 16  # pixels: enough to tell a letter from the box that stands for none
NO_LETTER = "\U0010ffff"  # never a character (Unicode, 23.7)
PATIENCE = 10  # seconds
SHAPELESS = ("C", "M", "Z")  # categories: controls, marks, spaces


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface in a file, which may hold several."""

    path: Path
    number: int = 0

    def at(self, size: float) -> FreeTypeFont:
        """The face at so many pixels to the em."""
        from PIL import ImageFont

        return ImageFont.truetype(self.path, size, self.number)


SHIPPED = Face(SHIPPED_FONT)


def face_for(text: str) -> Face:
    """The shipped face, unless it lacks letters of *text* that another one here has."""
    lacking = lacks(SHIPPED, text)
    if not lacking:
        return SHIPPED
    found = _found("".join(sorted(lacking)))
    return found if found and len(lacks(found, text)) < len(lacking) else SHIPPED


def lacks(face: Face, text: str) -> set[str]:
    """The letters of *text* that *face* has no shape for."""
    shaped = {x for x in text if unicodedata.category(x)[0] not in SHAPELESS}
    return {letter for letter in shaped if not _has(face, letter)}


@lru_cache(maxsize=4096)
def _has(face: Face, letter: str) -> bool:
    return _drawn(face, letter) != _drawn(face, NO_LETTER)


@lru_cache(maxsize=4096)
def _drawn(face: Face, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _small(face).getmask(letter)
    return mask.size, bytes(mask)


@cache
def _small(face: Face) -> FreeTypeFont:
    return face.at(SMALL)


@lru_cache(maxsize=256)
def _found(letters: str) -> Face | None:
    """What fontconfig, where it is there, thinks best for *letters*."""
    program = which("fc-match")
    if program is None:
        return None
    codes = " ".join(f"{ord(letter):x}" for letter in letters)
    wish = [program, "--format=%{file}\n%{index}", f":charset={codes}"]
    try:
        told = subprocess.run(wish, capture_output=True, timeout=PATIENCE, check=True)
        path, _, number = told.stdout.decode().partition("\n")
        face = Face(Path(path), int(number))
        face.at(SMALL)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return face
