"""What the classifier of single digits can do, in figures, words and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engines.digits.kit.cnn.glyphs import CLASSES, make_glyph
from engines.digits.kit.fonts import Face, faces

FIRST_SEED = 90_000_000  # of the glyphs that it is judged by
LEVELS = ("clean", "medium", "hard")
BATCH = 250
PUBLISHED = 0.958  # of the same network, by those who described it first

Confusion = tuple[tuple[int, ...], ...]
# (N, 32, 32) ink 0..255 to the numbers of the N classes
Classify = Callable[[NDArray[np.uint8]], NDArray[np.intp]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Held-out glyphs of one level: ``confusion[i][j]`` were i and taken for j."""

    level: str
    is_display: bool
    confusion: Confusion

    @property
    def name(self) -> str:
        return f"{self.level}, display faces" if self.is_display else self.level

    @property
    def glyphs(self) -> int:
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> float:
        right = sum(row[i] for i, row in enumerate(self.confusion))
        return right / self.glyphs

    @property
    def six_nine(self) -> float:
        """The share of ٦ and ٩ that were taken for each other."""
        mixed = self.confusion[6][9] + self.confusion[9][6]
        return mixed / sum(sum(self.confusion[i]) for i in (6, 9))

    def mistakes(self) -> list[tuple[str, str, int]]:
        """The commonest first."""
        found = [
            (CLASSES[i], CLASSES[j], count)
            for i, row in enumerate(self.confusion)
            for j, count in enumerate(row)
            if i != j and count
        ]
        return sorted(found, key=lambda mistake: -mistake[2])


@dataclass(frozen=True, slots=True)
class CnnReport:
    """How a training went. Losses are (glyphs seen, mean of an epoch): of the glyphs
    that it learns from, and of others in the same faces."""

    seen: int
    seconds: float
    losses: tuple[tuple[int, float], ...]
    losses_unseen: tuple[tuple[int, float], ...]
    judged: tuple[Judged, ...]

    @property
    def accuracy(self) -> dict[str, float]:
        return {part.name: part.accuracy for part in self.judged}


def judge(classify: Classify, count: int) -> tuple[Judged, ...]:
    """*count* glyphs a class and level in held-out faces; display faces by themselves.

    Raises:
        FontsMissing: the fonts that the glyphs are drawn from are not installed.
    """
    known = faces("held-out", "arabic")
    judged = []
    for is_display in (False, True):
        only = tuple(face for face in known if face.is_display == is_display)
        for level in LEVELS if only else ():
            table = confusion(classify, level, only, count)
            judged.append(Judged(level, is_display, table))
    return tuple(judged)


def confusion(
    classify: Classify, level: str, only: tuple[Face, ...], count: int
) -> Confusion:
    table = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
    for is_class, char in enumerate(CLASSES):
        for seeds in in_batches(range(FIRST_SEED, FIRST_SEED + count)):
            glyphs = [make_glyph(n, char, "held-out", level, only) for n in seeds]
            for taken in classify(np.stack([glyph.pixels for glyph in glyphs])):
                table[is_class, taken] += 1
    return tuple(tuple(int(value) for value in row) for row in table)


def in_batches(seeds: range) -> Iterator[range]:
    for first in range(0, len(seeds), BATCH):
        yield seeds[first : first + BATCH]


def told(report: CnnReport) -> str:
    """The report in words, a line each.

    >>> part = Judged("clean", False, ((9, 1), (0, 10)))
    >>> told_of(part)
    'clean: 95.00 % of 20 right; ٠ taken for ١: 1'
    """
    lines = [
        f"{report.seen} glyphs seen in {report.seconds:.0f} s.",
        f"Held-out designs (as published: {PUBLISHED:.1%} of its own):",
        *map(told_of, report.judged),
    ]
    return "\n".join(lines)


def told_of(part: Judged) -> str:
    mistakes = (f"{a} taken for {b}: {count}" for a, b, count in part.mistakes()[:6])
    of = f"{part.name}: {part.accuracy * 100:.2f} % of {part.glyphs} right"
    return "; ".join([of, *mistakes])


def write_report(folder: Path, report: CnnReport, plan: dict[str, object]) -> None:
    """``report.json``, ``report.txt``, ``loss.png`` and ``confusion.png``."""
    figures = {
        "plan": plan,
        **asdict(report),
        "accuracy": report.accuracy,
        "six_nine": {part.name: part.six_nine for part in report.judged},
        "classes": CLASSES,
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.txt").write_text(told(report) + "\n", encoding="utf-8")
    draw_losses(folder / "loss.png", report)
    draw_confusions(folder / "confusion.png", report.judged)


def draw_losses(path: Path, report: CnnReport) -> None:
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    for name, points in (
        ("glyphs learned from", report.losses),
        ("other glyphs, same faces", report.losses_unseen),
    ):
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(xlabel="glyphs seen", ylabel="cross-entropy", yscale="log")
    axes.legend()
    axes.grid(alpha=0.3)
    figure.savefig(path)


def draw_confusions(path: Path, judged: Sequence[Judged]) -> None:
    """One square a part: rows are what was printed, columns what it was taken for."""
    wide = min(3, len(judged))
    high = -(-len(judged) // wide)
    figure = Figure(figsize=(4.2 * wide, 4.4 * high), layout="constrained")
    for number, part in enumerate(judged):
        axes = figure.add_subplot(high, wide, number + 1)
        table = np.asarray(part.confusion)
        shares = table / np.maximum(1, table.sum(axis=1, keepdims=True))
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for (row, column), count in np.ndenumerate(table):
            colour = "white" if row == column else "black"
            if count:
                axes.text(
                    column,
                    row,
                    str(count),
                    size=7,
                    color=colour,
                    ha="center",
                    va="center",
                )
        axes.set_xticks(range(len(CLASSES)), list(CLASSES))
        axes.set_yticks(range(len(CLASSES)), list(CLASSES))
        axes.set(title=f"{part.name}: {part.accuracy:.2%}", xlabel="read as")
    figure.savefig(path)
