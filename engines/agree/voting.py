"""The vote on each word of a line: its text, how sure it is, and what else was read.

Both models are logistic functions of a few numbers (``engines.agree.evidence``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from engines.agree.alignment import sayings
from engines.agree.evidence import Heard, Vocabulary, loses_sign, of_change, of_word
from engines.agree.looks import Seen
from engines.types import Alternative, Line, Word

MOST = 0.995  # no data told more
KEPT = 3  # alternatives of a word
CLOSE = 0.6  # of a word's height: less lies between the words of a number cut in two

# Fitted by ``python -m tests.engines.agree.fitting`` on 35 receipts and 15 forms, 6,186
# words. By weights that never saw the page, the vote makes 8 % fewer word errors on
# receipts and 2 % on forms; of words with 0.9 or more 99 and 97 % are right, and of
# wrong words 56 and 54 % have less than 0.85, as 6 and 5 % of the right ones do.
# A change of the leader's word is for the better:
CHANGE: Mapping[str, float] = {
    "one": 0.22,
    "doubt": -0.78,
    "again": 2.45,
    "anew": 0.58,
    "kept again": -1.02,
    "kept anew": -0.68,
    "word": 0.85,
    "mixed": -0.34,
}
# The word that was elected is right:
RIGHT: Mapping[str, float] = {
    "one": -1.95,
    "doubt": 0.73,
    "again": -0.4,
    "anew": -0.66,
    "whole again": 0.66,
    "whole anew": 1.56,
    "letters again": 1.75,
    "letters anew": -0.25,
    "all": 0.61,
    "changed": -0.44,
    "known": 1.43,
    "unknown": 0.1,
    "mixed": -0.37,
    "length": -0.6,
    "cut": -2.11,
}


def voted(seen: Seen, known: Vocabulary) -> Line:
    """The line as the vote has it; one that nobody else looked at stays as it is."""
    words = seen.line.words
    if not words or all(look.engine == seen.engine for look in seen.looks):
        return seen.line
    new = [elected(word, heard, seen.engine, known) for word, heard in ballots(seen)]
    return replace(
        seen.line,
        text=replaced(seen.line.text, words, new),
        words=tuple(new),
        confidence=mean_confidence(new),
        weakest=None,
    )


def ballots(seen: Seen) -> Iterator[tuple[Word, Heard]]:
    """Each word of the line, with what was heard of it."""
    words = seen.line.words
    texts = [word.text for word in words]
    said = [(look.engine, sayings(texts, look.text)) for look in seen.looks]
    for index, word in enumerate(words):
        heard = [(engine, told[index]) for engine, told in said]
        yield (
            word,
            Heard(
                word.text,
                1.0 if word.confidence is None else word.confidence,
                tuple(saying for engine, saying in heard if engine == seen.engine),
                tuple(pair for pair in heard if pair[0] != seen.engine),
                is_cut(words[max(0, index - 1) : index + 2]),
            ),
        )


def is_cut(words: Sequence[Word]) -> bool:
    """Whether two of *words* may be one number, "30.00" read as "30 00": its sign is
    lost, and little lies between."""
    return any(are_parts(*pair) for pair in pairwise(words))


def are_parts(one: Word, other: Word) -> bool:
    """A date and a time side by side are none: neither is of digits alone."""
    digits = one.text[-1:].isdigit() and other.text[:1].isdigit()
    bare = one.text.isdigit() or other.text.isdigit()
    return digits and bare and is_close(one, other)


def is_close(one: Word, other: Word) -> bool:
    first, second = sorted((one.box, other.box), key=lambda box: box.left)
    return second.left - first.right < CLOSE * one.box.height


def elected(word: Word, heard: Heard, leader: str, known: Vocabulary) -> Word:
    text = choice(heard, known)
    return replace(
        word,
        text=text,
        confidence=min(MOST, chance(RIGHT, of_word(heard, text, known))),
        alternatives=alternatives(heard, text, leader),
    )


def choice(heard: Heard, known: Vocabulary) -> str:
    """The leader's word, or the likeliest of those that are likelier than not."""
    ranked = [
        (chance(CHANGE, of_change(heard, other, known)), other)
        for other in candidates(heard)
    ]
    best, text = max(ranked, default=(0.0, ""))
    return text if best > 0.5 else heard.text


def candidates(heard: Heard) -> set[str]:
    """What else the word may say: one word, no emptier of signs than the leader's."""
    said = {saying.inner for saying in heard.again}
    said |= {saying.inner for _, saying in heard.anew}
    return {
        other
        for other in said
        if other not in ("", heard.text)
        and " " not in other
        and not loses_sign(heard.text, other)
    }


def alternatives(heard: Heard, text: str, leader: str) -> tuple[Alternative, ...]:
    """What was read instead of *text*, that of most looks first, the leader's ahead."""
    said = Counter((saying.whole, leader) for saying in heard.again)
    said.update((saying.whole, engine) for engine, saying in heard.anew)
    if text != heard.text:
        said[heard.text, leader] = len(heard.again) + len(heard.anew) + 1
    ranked = sorted(
        said, key=lambda pair: (-said[pair], not pair[0], pair[1] == leader)
    )
    by = {other: Alternative(other, engine) for other, engine in reversed(ranked)}
    kept = [other for other, _ in ranked if other != text]
    return tuple(by[other] for other in list(dict.fromkeys(kept))[:KEPT])


def replaced(text: str, old: tuple[Word, ...], new: list[Word]) -> str:
    """*text* of a line with each word that was changed put in the place of the old."""
    done, rest = "", text
    for before, after in zip(old, new, strict=True):
        head, found, tail = rest.partition(before.text)
        if found:
            done, rest = done + head + after.text, tail
    return done + rest


def mean_confidence(words: list[Word]) -> float | None:
    """The mean over *words*, weighted by their length."""
    rated = [(word.confidence or 0.0, len(word.text)) for word in words]
    weight = sum(length for _, length in rated)
    return sum(sure * length for sure, length in rated) / weight if weight else None


def chance(weights: Mapping[str, float], inputs: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-sum(weights[name] * x for name, x in inputs.items())))
