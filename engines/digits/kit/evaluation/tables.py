"""Results as aligned text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engines.digits.kit.evaluation.calibration import (
    LEVELS,
    Answers,
    coverage,
    expected_error,
    reliability,
)
from engines.digits.kit.evaluation.scoring import Score

SHOWN = 15  # rows of a ranking


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """*rows* under *head*; the first column to the left, the others to the right."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def percent(share: float, places: int = 2) -> str:
    return f"{100 * share:.{places}f}"


SCORE_HEAD = (
    "strings",
    "exact %",
    "any mark %",
    "digits %",
    "6<>9 %",
    "round right %",
    "round mixed %",
)


def score_row(score: Score) -> tuple[str, ...]:
    return (
        str(score.strings),
        percent(score.exact_rate),
        percent(score.loosely_exact_rate),
        percent(score.digit_accuracy),
        percent(score.swapped_rate, 3),
        percent(score.round_rate),
        percent(score.mixed_rate, 3),
    )


def scores(title: str, rows: Iterable[tuple[str, Score]]) -> str:
    """Scores by name, such as of each engine or each family."""
    lines = [(name, *score_row(score)) for name, score in rows]
    return table((title, *SCORE_HEAD), lines)


def ranking(rows: Sequence[tuple[str, str, int]]) -> str:
    """Confusions in one line, the most frequent first; ∅ is nothing."""
    told = (f"{true or '∅'}→{read or '∅'} {n}" for true, read, n in rows[:SHOWN])
    return ", ".join(told) or "none"


def calibration(title: str, answers: Answers) -> str:
    bins = reliability(answers)
    rows = [
        (
            f"{part.least:.3f}..{part.most:.3f}",
            part.count,
            percent(part.confidence),
            percent(part.right),
        )
        for part in bins
    ]
    shares = ", ".join(
        f"{percent(coverage(answers, level), 1)} % at {percent(level, 0)} %"
        for level in LEVELS
    )
    return (
        f"{table((title, 'count', 'confidence %', 'right %'), rows)}\n"
        f"Expected calibration error: {percent(expected_error(answers))} %. "
        f"Coverage: {shares}."
    )
