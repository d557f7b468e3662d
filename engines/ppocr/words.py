"""Words that do not exist, read again from the network's own second choices.

"Cornpany" is no word, and the lattice holds "Company" a little less likely: that is
what was printed. What exists is left alone, and so is what has no likely neighbour:
names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from engines.ppocr.beam import readings
from engines.ppocr.decoding import Lattice, Token
from engines.ppocr.vocabulary import SHORTEST, Vocabulary, are_words, letter_runs

# How likely, beside the first reading, a word must be by its number of letters: many
# names and codes are one letter away from a short word, few from a long one.
LIKELY = {3: 0.4, 4: 0.1}
LIKELY_LONG = 0.01
FAVOUR = 0.25  # how much a common word is favoured above a rare one: a power


def mended(tokens: Sequence[Token], lattice: Lattice, words: Vocabulary) -> list[Token]:
    """*tokens* with those that are no words replaced where a likely word is at hand."""
    whole = joined(tokens, words)
    stops = [0, *(token.symbols[-1].stop for token in whole)]
    starts = [*(token.symbols[0].start for token in whole[1:]), lattice.steps]
    return [
        token.saying(mended_text(token.text, lattice, span, words))
        for token, *span in zip(whole, stops, starts, strict=False)
    ]


def mended_text(
    text: str, lattice: Lattice, span: Sequence[int], words: Vocabulary
) -> str:
    """*text*, or the best text of known words that *span* of the lattice may hold."""
    if not is_doubtful(text, words):
        return text
    found = readings(lattice, *span)
    likeliest = found[0][1]
    ranked = [
        (chance * rarest(other, words) ** FAVOUR, other.strip())
        for other, chance in found
        if is_mended(text, other.strip(), words) and chance >= likeliest * needed(other)
    ]
    return max(ranked)[1] if ranked else text


def is_doubtful(text: str, words: Vocabulary) -> bool:
    """Whether *text* looks like words, not like a number or a code, and is none."""
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    if letters < SHORTEST - 1 or digits > letters / 3:
        return False
    runs = letter_runs(text)
    return digits > 0 or any(r not in words for r in runs if len(r) >= SHORTEST)


def is_mended(text: str, other: str, words: Vocabulary) -> bool:
    """Whether *other* is made of words where *text* is not, and of nothing new."""
    kept = [run for run in letter_runs(text) if len(run) < SHORTEST]
    runs = letter_runs(other)
    for run in kept:
        if run in runs:
            runs.remove(run)
    return are_words(runs, words) and not signs(other) - signs(text) and cased(other)


def signs(text: str) -> Counter[str]:
    """What *text* holds beside letters and spaces."""
    return Counter(c for c in text if not c.isalpha() and not c.isspace())


def cased(text: str) -> bool:
    """Whether no capital follows a small letter within a word."""
    return not any(a.islower() and b.isupper() for a, b in pairwise(text))


def needed(text: str) -> float:
    shortest = min(map(len, letter_runs(text)))
    return LIKELY.get(shortest, LIKELY_LONG)


def rarest(text: str, words: Vocabulary) -> int:
    return min(words.get(run, 1) for run in letter_runs(text))


def joined(tokens: Sequence[Token], words: Vocabulary) -> list[Token]:
    """*tokens* with neighbours made one that are words only together: "INVO ICE"."""
    found: list[Token] = []
    for token in tokens:
        if found and belong_together(found[-1].text, token.text, words):
            found[-1] = found[-1].followed_by(token)
        else:
            found.append(token)
    return found


def belong_together(left: str, right: str, words: Vocabulary) -> bool:
    if not (left[-1].isalpha() and right[0].isalpha()):
        return False
    parts = [*letter_runs(left), *letter_runs(right)]
    if any(part in words or len(part) == 1 for part in parts):
        return False
    return are_words(letter_runs(left + right), words)
