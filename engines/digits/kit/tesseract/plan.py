"""What to train: from easy lines to worn ones, or Tesseract learns nothing at all.

On mixed lines it never leaves the stage of reading blanks only. One layer that looks
both ways (``Lbx``) leaves it after some thousand short clean lines; the stack of three
that Tesseract's own languages have needs many times as many. A second layer of
convolution, on rows and columns that are pooled already, costs no time: 3,000 lines
took 27 seconds with it and 28 without, and left 40 and 49 % of symbols wrong.

Lines come one by one, each with a step of its own. At the rate that learns fastest the
steps of one line undo what another taught, so the rate falls twice. After 14,400 lines
23 % of symbols were wrong in training; 1,200 lines more at a third of the rate, 16 %.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engines.digits.alphabet import Script
from engines.errors import EngineError

NAME = "ardigit"
NET = "[1,36,0,1 Ct3,3,16 Mp3,3 Ct3,3,32 Mp2,1 Lfys64 Lbx96 O1c{classes}]"
RATE = 3e-3
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
    """Learning from *lots* at *rate* until that share of all iterations is done."""

    until: float
    lots: tuple[Lot, ...]
    rate: float = RATE


SHORT = Lot("short", "clean", 6_000, 0, 9)
CLEAN = Lot("clean", "clean", 16_000, 10_000_000)
MEDIUM = Lot("medium", "medium", 4_000, 20_000_000)
STAGES = (
    Stage(0.04, (SHORT,)),
    Stage(0.25, (SHORT, CLEAN)),
    Stage(0.45, (CLEAN, MEDIUM)),
    Stage(0.80, (CLEAN, MEDIUM), RATE / 3),
    Stage(1.00, (CLEAN, MEDIUM), RATE / 10),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A training; *minutes* end it early, to be taken up again, and *lines* is the most
    that is drawn of each lot.

    Whole numbers for weights make the file smaller and reading faster, and cost this
    small network 5 to 8 strings of a hundred.
    """

    name: str = NAME
    iterations: int = 250_000
    minutes: float | None = None
    lines: int | None = None
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
