"""Two models side by side, on designs and corrections that neither was trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.digits.kit.evaluation.heldout import LEVELS, Part, held_out
from engines.digits.kit.evaluation.readers import network_reader
from engines.digits.kit.evaluation.scoring import Judged, Score, score
from engines.digits.kit.evaluation.tables import percent, scores, table
from engines.digits.kit.evaluation.types import Labelled

STRINGS = 300  # a level
CORRECTIONS = "held-out corrections"
FORGOTTEN = 0.002  # of digits on held-out designs: less worse than that is chance


@dataclass(frozen=True, slots=True)
class Compared:
    """What the old and the new model make of the same crops."""

    name: str
    old: Score
    new: Score


def compare(
    old: Path, new: Path, corrections: Sequence[Labelled], strings: int = STRINGS
) -> list[Compared]:
    """The models in *old* and *new* on *strings* a level, and on *corrections*.

    Raises:
        EngineUnavailable: one is no model.
        FontsMissing: the fonts that the test set is drawn from are not installed.
    """
    readers = network_reader(old), network_reader(new)
    found = []
    for name, crops in parts(corrections, strings):
        scores = (
            score([Judged(c, reader(c.image)) for c in crops]) for reader in readers
        )
        found.append(Compared(name, *scores))
    return found


def parts(
    corrections: Sequence[Labelled], strings: int
) -> Iterator[tuple[str, list[Labelled]]]:
    for level in LEVELS:
        if strings:
            crops = list(held_out(Part(level, False, strings)))
            yield f"held-out designs, {level}", crops
    if corrections:
        yield CORRECTIONS, list(corrections)


def figures(model: Path, strings: int = STRINGS) -> str:
    """A table: what the *model* reads of the held-out designs, by level."""
    reader = network_reader(model)
    return scores(
        "held-out designs",
        (
            (name, score([Judged(crop, reader(crop.image)) for crop in crops]))
            for name, crops in parts((), strings)
        ),
    )


def in_words(compared: Sequence[Compared]) -> str:
    """A table: digits and whole strings that each model has right, in percent."""
    head = ("", "count", "digits old", "new", "strings old", "new")
    rows = [
        (
            one.name,
            one.old.strings,
            percent(one.old.digit_accuracy),
            percent(one.new.digit_accuracy),
            percent(one.old.exact_rate),
            percent(one.new.exact_rate),
        )
        for one in compared
    ]
    return table(head, rows)


def is_better(compared: Sequence[Compared]) -> bool:
    """Whether the new model has learnt from corrections and forgotten nothing."""
    return learnt(compared) > 0 and forgotten(compared) <= FORGOTTEN


def learnt(compared: Sequence[Compared]) -> int:
    """How many more of the held-out corrections the new model has right."""
    return sum(
        one.new.exact - one.old.exact for one in compared if one.name == CORRECTIONS
    )


def forgotten(compared: Sequence[Compared]) -> float:
    """How much worse the new model reads digits of the held-out designs, 0..1."""
    falls = [
        one.old.digit_accuracy - one.new.digit_accuracy
        for one in compared
        if one.name != CORRECTIONS
    ]
    return sum(falls) / len(falls) if falls else 0.0


def verdict(compared: Sequence[Compared]) -> str:
    """Which model is better, in a sentence."""
    if forgotten(compared) > FORGOTTEN:
        return "The old model is better: the new one reads other print worse."
    more = learnt(compared)
    if more > 0:
        return f"The new model is better: it reads {more} more of the corrections."
    if more < 0:
        return f"The old model is better: it reads {-more} more of the corrections."
    return "Neither model is better: stay with the old one."
