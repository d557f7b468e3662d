"""What to train: from easy lines to worn ones, or Tesseract learns nothing at all.

On mixed lines it never leaves the stage of reading blanks only. One layer that looks
both ways (``Lbx``) leaves it after some thousand short clean lines; the stack of three
that Tesseract's own languages have needs many times as many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engines.digits.alphabet import Script
from engines.errors import EngineError

NAME = "ardigit"
NET = "[1,36,0,1 Ct3,3,16 Mp3,3 Lfys64 Lbx96 O1c{classes}]"
NAME_FORM = re.compile("[a-z][a-z0-9_]{1,30}")


@dataclass(frozen=True, slots=True)
class Lot:
    """Lines to draw: *number* of them at one level of wear, from the seed *first* on,
    of no more than *longest* symbols."""

    name: str
    level: str
    number: int
    first: int = 0
    longest: int = 99
    script: Script | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Learning from *lots* until that share of all iterations is done."""

    until: float
    lots: tuple[Lot, ...]


SHORT = Lot("short", "clean", 6_000, 0, 9)
CLEAN = Lot("clean", "clean", 16_000, 10_000_000)
MEDIUM = Lot("medium", "medium", 4_000, 20_000_000)
STAGES = (
    Stage(0.05, (SHORT,)),
    Stage(0.40, (SHORT, CLEAN)),
    Stage(1.00, (CLEAN, MEDIUM)),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A training; *minutes* end it early, to be taken up again, and *lines* is the most
    that is drawn of each lot.

    Whole numbers for weights make the file smaller and reading faster, and cost this
    small network 5 to 8 strings of a hundred. The rate stays as it is: where it was set
    anew on the way, more was read wrongly, not less.
    """

    name: str = NAME
    iterations: int = 200_000
    minutes: float | None = None
    lines: int | None = None
    rate: float = 3e-3
    is_whole: bool = False
    stages: tuple[Stage, ...] = STAGES
    net: str = NET

    def __post_init__(self) -> None:
        if not NAME_FORM.fullmatch(self.name):
            raise EngineError(
                f"“{self.name}” cannot name a language: use small letters and digits."
            )
        limits = (self.iterations, self.minutes, self.lines)
        if any(limit is not None and limit <= 0 for limit in limits):
            raise EngineError("Training needs iterations, minutes and lines above 0.")

    def limited(self, lot: Lot) -> Lot:
        return replace(lot, number=min(lot.number, self.lines or lot.number))
