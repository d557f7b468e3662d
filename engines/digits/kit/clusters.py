"""Makes ``designs.csv``: which faces look alike, and which side each is on.

``python -m engines.digits.kit.clusters`` reads those packages of
``requirements/fonts.txt`` that are installed. Two faces are of one design when their
ten Arabic-Indic digits (for faces without them the Persian ones), each fitted to a
square, overlap by more than ALIKE in the mean; so are all faces of a family (single
linkage). A design is held out whole when one of HELD_OUT's families is in it, and its
Western digits are not drawn from where they look like those of a face trained on.

A face for display is one whose digits are drawn to be looked at and not to be read in a
column: outlined, brushed, built of one geometric module, or of shapes that books and
invoices do not use. It was decided by eye, on sheets of all designs, though an earlier
network had already found Lemonada, Sharjah and Salem hard: figures are printed with and
without them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.ttLib import TTFont

from engines.digits.kit import glyphs
from engines.digits.kit.fonts import DESIGNS, files_of

PACKAGES = Path(__file__).resolve().parents[3] / "requirements" / "fonts.txt"
ALIKE = 0.80
SAME = 0.985  # more than this is the same drawing under another name: kept once
FIELDS = ("file", "index", "family", "package", "scripts", "design", "split", "display")
HELD_OUT = (
    "Amiri",
    "Thabit",
    "Rasheeq",
    "Noto Kufi Arabic",
    "Noto Naskh Arabic",
    "DejaVu",
    "KacstQurn",
    "PakType",
    "FreeSerif",
    "Lemonada",
    "Tholoth",
    "Salem",
    "Harmattan",
    "KacstOne",
    "Sharjah",
    "AlHor",
)
BROKEN = {
    "KacstTitleL": "outlines",
    "Shado": "outlines",
    "Haramain": "its zero is broken",
    "Nada": "its four is its two",
    "Amiri Quran Colored": "no ink of its own",
    "Noto Sans Indic Siyaq Numbers": "no digits",
}
# Urdu's ۴, ۶ and ۷ share code points with Persian's and are drawn otherwise, ۶ as ٦.
URDU = ("Nafees", "Noto Nastaliq Urdu", "Awami Nastaliq")
DISPLAY = (
    *("Metal", "Salem", "Sharjah", "Lemonada"),
    *("AlManzomah", "Electron", "Granada", "Graph", "Hani", "Homa", "Japan", "Jet"),
    *(
        "KacstScreen",
        "KacstTitle",
        "Mashq",
        "Nagham",
        "Nice",
        "Petra",
        "Sindbad",
    ),
)
LATIN_ONLY = (
    *("Arimo", "Cousine", "Tinos", "Noto Mono", "Noto Sans", "Noto Sans Mono"),
    *("Liberation Mono", "Liberation Sans", "Liberation Serif", "Noto Serif"),
)
WEIGHTS = ("Thin", "ExtraLight", "Extra", "Condensed", "Semi")  # too many of one family


@dataclass
class Row:
    """A face on its way into the list."""

    path: Path
    family: str
    style: str
    package: str
    scripts: frozenset[str]
    index: int = 0
    design: int = 0
    digits: tuple[glyphs.Raster, ...] = field(default=(), repr=False)
    western: tuple[glyphs.Raster, ...] = field(default=(), repr=False)

    @property
    def basis(self) -> str:
        """The digits by which its design is told."""
        known = ("arabic", "persian", "western")
        return next(script for script in known if script in self.scripts)


def found_rows() -> Iterator[Row]:
    """The usable faces of the packages that are installed."""
    for package in packages():
        for path in files_of(package):
            row = row_of(path, package)
            if row is not None:
                yield row


def packages() -> list[str]:
    lines = PACKAGES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def row_of(path: Path, package: str) -> Row | None:
    with TTFont(path, fontNumber=0, lazy=True) as face:
        if "CBDT" in face or "sbix" in face or "EBDT" in face:
            return None  # bitmaps of one size
        family = str(face["name"].getBestFamilyName() or path.stem)
        style = str(face["name"].getBestSubFamilyName() or "Regular")
    if family in BROKEN:
        return None
    scripts = true_scripts(path, family)
    if not scripts & {"arabic", "persian", "western"}:
        return None
    row = Row(path, family, style, package, scripts)
    if row.basis == "western" and not is_wanted(row):
        return None
    row.digits = glyphs.rasters(path, 0, glyphs.CHARACTERS[row.basis])
    if "western" in scripts:
        row.western = glyphs.rasters(path, 0, glyphs.CHARACTERS["western"])
    return row


def true_scripts(path: Path, family: str) -> frozenset[str]:
    """What the face draws as its code points say: a label must name what is seen.

    Makers of Persian faces put ۴۵۶ at ٤٥٦ as well.
    """
    scripts = glyphs.scripts_of(path, 0)
    if family in URDU:
        return scripts - {"persian"}
    if scripts >= {"arabic", "persian"}:
        own, other = (glyphs.rasters(path, 0, digits) for digits in ("٤٥٦", "۴۵۶"))
        if glyphs.likeness(own, other) > SAME:
            return scripts - {"arabic"}
    return scripts


def is_wanted(row: Row) -> bool:
    """Whether a face without Arabic is taken: a few families, in their main weights."""
    is_rare = any(word in row.style for word in WEIGHTS)
    return row.family in LATIN_ONLY and not is_rare


def clustered(rows: list[Row]) -> list[Row]:
    """*rows* without doubles, each with the number of its design."""
    kept: list[Row] = []
    for row in rows:
        doubles = (other for other in kept if other.basis == row.basis)
        if all(glyphs.likeness(row.digits, other.digits) < SAME for other in doubles):
            kept.append(row)
    for number, row in enumerate(kept):
        row.design = number
    for number, row in enumerate(kept):
        for other in kept[:number]:
            if is_one_design(row, other):
                join(kept, row.design, other.design)
    return kept


def join(rows: list[Row], one: int, other: int) -> None:
    """Make one design of two."""
    for row in rows:
        if row.design in (one, other):
            row.design = min(one, other)


def is_one_design(row: Row, other: Row) -> bool:
    if root_of(row.family) == root_of(other.family):
        return True
    if row.basis != other.basis or row.basis == "western":
        return False
    return glyphs.likeness(row.digits, other.digits) > ALIKE


def root_of(family: str) -> str:
    """A family without what its maker adds for variants: UI, Mono, Condensed."""
    words = [
        word for word in family.split() if word not in ("UI", "Condensed", "Light")
    ]
    return " ".join(words)


def sides(rows: list[Row]) -> dict[int, str]:
    """Which side each design is on."""
    held = {row.design for row in rows if row.family.startswith(HELD_OUT)}
    return {row.design: "held-out" if row.design in held else "train" for row in rows}


def borrowed(row: Row, rows: list[Row], side: dict[int, str]) -> bool:
    """Whether a held-out face's Western digits look like those of one trained on.

    Makers of Arabic faces often take them over from Helvetica or Times.
    """
    if side[row.design] == "train" or not row.western:
        return False
    trained = (other for other in rows if side[other.design] == "train")
    return any(
        glyphs.likeness(row.western, other.western) > ALIKE
        for other in trained
        if other.western
    )


def cells(row: Row, rows: list[Row], side: dict[int, str]) -> dict[str, str | int]:
    """The line of *row* in the list."""
    latin = {"western", "latin"} if borrowed(row, rows, side) else set()
    return {
        "file": row.path.name,
        "index": row.index,
        "family": row.family,
        "package": row.package,
        "scripts": " ".join(sorted(row.scripts - latin)),
        "design": row.design,
        "split": side[row.design],
        "display": "yes" if row.family in DISPLAY else "no",
    }


def write(path: Path = DESIGNS) -> None:
    """Make the list anew from the packages that are installed."""
    rows = clustered(list(found_rows()))
    side = sides(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(cells(row, rows, side) for row in rows)


if __name__ == "__main__":
    write()
