"""The faces that samples are drawn from, on two sides that share no design.

``designs.csv`` is the split, made by ``engines.digits.kit.clusters`` and committed: a
face measured on was never trained on, nor one that looks like it under another name.
"""

from __future__ import annotations

import csv
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from engines.digits.kit import glyphs
from engines.errors import OcrError

DESIGNS = Path(__file__).with_name("designs.csv")
ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FEWEST = 3  # faces of a side with which samples can be made at all


class FontsMissing(OcrError):
    """Too few of the faces in ``designs.csv`` are on this machine."""


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a family; ``design`` numbers what its digits look like."""

    path: Path
    index: int
    family: str
    package: str  # of Debian
    design: int
    split: str  # "train", "held-out" or "dropped"
    is_display: bool
    scripts: frozenset[str]  # of glyphs.CHARACTERS

    def draws(self, char: str) -> bool:
        """Whether the face has *char*, and ink on it."""
        return glyphs.draws(self.path, self.index, char)

    def at(self, size: int, shaped: bool = False) -> ImageFont.FreeTypeFont:
        """The face at *size* pixels to the em; *shaped* joins letters (HarfBuzz)."""
        return glyphs.font(self.path, self.index, size, shaped)


@cache
def faces(split: str, script: str | None = None) -> tuple[Face, ...]:
    """The faces of one side that are on this machine and draw all of *script*.

    Raises:
        FontsMissing: too few are here.
    """
    found = [face for face in here() if face.split == split]
    if script is not None:
        found = [face for face in found if script in face.scripts]
    if len(found) < FEWEST:
        packages = " ".join(sorted({row["package"] for row in listed()}))
        raise FontsMissing(
            "Too few typefaces to draw samples from are installed. Run: make fonts, or "
            f"on Debian: apt-get install {packages}"
        )
    return tuple(found)


@cache
def here() -> tuple[Face, ...]:
    """All listed faces whose file is on this machine."""
    paths = {path.name: path for root in ROOTS for path in root.rglob("*.[ot]tf")}
    return tuple(
        face_of(row, paths[row["file"]]) for row in listed() if row["file"] in paths
    )


@cache
def listed() -> tuple[dict[str, str], ...]:
    with DESIGNS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def face_of(row: dict[str, str], path: Path) -> Face:
    return Face(
        path,
        int(row["index"]),
        row["family"],
        row["package"],
        int(row["design"]),
        row["split"],
        row["display"] == "yes",
        frozenset(row["scripts"].split()),
    )


def files_of(package: str) -> list[Path]:
    """The font files that a Debian package brought; none where it is not installed."""
    answer = subprocess.run(
        ["dpkg", "-L", package],  # noqa: S607 - wherever dpkg is
        capture_output=True,
        text=True,
        check=False,
    )
    paths = [Path(line) for line in answer.stdout.splitlines()]
    return sorted(path for path in paths if path.suffix in (".ttf", ".otf"))
