"""What speaks for a word, in numbers: who reads the same, how surely, and its looks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from engines.agree.alignment import Saying
from engines.scoring import words

Vocabulary = Mapping[str, int]

LEAST_DOUBT = 0.01  # beyond it readers do not know how sure they are
SHORTEST = 3  # letters of a run that a dictionary is asked about
BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,:/\-·](?=\d)")


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as the leader reads it, and what was heard of it in further looks:
    *again* by the leader itself, *anew* by the others, with their names."""

    text: str
    confidence: float
    again: tuple[Saying, ...] = ()
    anew: tuple[tuple[str, Saying], ...] = ()
    cut: bool = False  # a digit stands close by: a sign between may be lost


def of_change(heard: Heard, other: str, known: Vocabulary) -> dict[str, float]:
    """What speaks for reading *other* in the place of the leader's word."""
    others = [saying for _, saying in heard.anew]
    # A leader that cannot read single lines stands by its word.
    again = heard.again or [Saying(heard.text, heard.text)]
    return {
        "one": 1.0,
        "doubt": -log(LEAST_DOUBT + 1 - heard.confidence),
        "again": share(other, again),
        "anew": share(other, others),
        "kept again": share(heard.text, again),
        "kept anew": share(heard.text, others),
        "word": is_word(other, known) - is_word(heard.text, known),
        "mixed": is_mixed(other) - is_mixed(heard.text),
    }


def of_word(heard: Heard, text: str, known: Vocabulary) -> dict[str, float]:
    """What speaks for *text*, the outcome of the vote, being right."""
    others = [saying for _, saying in heard.anew]
    again = heard.again or others
    return {
        "one": 1.0,
        "doubt": -log(LEAST_DOUBT + 1 - heard.confidence),
        "again": share(text, again),
        "anew": share(text, others),
        "whole again": share(text, again, whole=True),
        "whole anew": share(text, others, whole=True),
        "letters again": same_letters(text, again),
        "letters anew": same_letters(text, others),
        "all": float(same_letters(text, [*again, *others]) == 1),
        "changed": float(text != heard.text),
        "known": float(is_word(text, known) > 0),
        "unknown": float(is_word(text, known) < 0),
        "mixed": is_mixed(text),
        "length": log(len(text)),
        "cut": float(heard.cut),
    }


def share(text: str, sayings: Sequence[Saying], whole: bool = False) -> float:
    """The part of *sayings* that say *text*, whatever the case."""
    said = [saying.whole if whole else saying.inner for saying in sayings]
    same = sum(other.casefold() == text.casefold() for other in said)
    return same / len(said) if said else 0.0


def same_letters(text: str, sayings: Sequence[Saying]) -> float:
    """The part of *sayings* that differ from *text* in signs around it at most: on
    a faint comma readers differ while they agree on the word."""
    wanted = words(text)
    same = sum(words(saying.inner) == wanted for saying in sayings)
    return same / len(sayings) if sayings else 0.0


def is_word(text: str, known: Vocabulary) -> int:
    """1 where all longer runs of letters are words, -1 where one is none, else 0."""
    runs = [r for r in re.findall(r"[^\W\d_]+", text.casefold()) if len(r) >= SHORTEST]
    if not runs or not known:
        return 0
    return 1 if all(run in known for run in runs) else -1


def is_mixed(text: str) -> float:
    """1 where letters and digits stand in one word, as they do in what is misread."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return float(digits > 0 and letters > 0)


def loses_sign(text: str, other: str) -> bool:
    """Whether *other* has fewer signs between digits: faint points get lost, and no
    reader sees one where there is none."""
    return len(BETWEEN_DIGITS.findall(other)) < len(BETWEEN_DIGITS.findall(text))
