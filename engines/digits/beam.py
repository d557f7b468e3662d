"""Decoding that knows what a date or an amount looks like: prefix beam search.

CTC's prefixes (Graves 2006, Hannun et al. 2014), each with its state in a grammar; what
the grammar does not know is never begun. Then the text is laid over its frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log1p

import numpy as np
from numpy.typing import NDArray

from engines.digits.alphabet import BLANK, CLASS_OF, SYMBOLS, Script
from engines.digits.calibration import AS_IT_IS, Calibration
from engines.digits.decoding import (
    ALLOWED,
    ARE_LETTERS,
    SCRIPTS,
    Scores,
    Segment,
    Symbol,
    masked_by,
    rated,
)
from engines.digits.grammar import Grammar, State

WIDTH = 24  # prefixes that are kept
LEAST = -9.0  # logarithm of a probability; what is less likely is not tried
SURE = -0.001  # of a blank: nothing begins on such a frame


@dataclass(slots=True)
class Paths:
    """Logarithms of the chance of all paths to a prefix: those that end in a blank,
    those that end in its last symbol."""

    blank: float = -inf
    symbol: float = -inf

    @property
    def all(self) -> float:
        return added(self.blank, self.symbol)


Beams = dict[tuple[str, State], Paths]


def decode_as(
    scores: Scores,
    grammar: Grammar,
    calibration: Calibration = AS_IT_IS,
    scripts: Sequence[Script] = SCRIPTS,
    least: float = -inf,
) -> tuple[Symbol, ...]:
    """The likeliest symbols that *grammar* knows, digits of one script; () where none
    are likelier than *least*, a logarithm."""
    best = (least, "", scores)
    for script in scripts or SCRIPTS:
        masked = masked_by(ALLOWED[script] | ARE_LETTERS, scores)
        text, chance = likeliest(masked, grammar)
        if chance > best[0]:
            best = chance, text, masked
    _, text, masked = best
    if not text:
        return ()
    return rated(laid_over(masked, text), np.exp(scores), calibration)


def likeliest(scores: Scores, grammar: Grammar) -> tuple[str, float]:
    """The text with the likeliest paths that *grammar* accepts, and their logarithm."""
    beams: Beams = {("", grammar.start): Paths(blank=0.0)}
    for frame in scores:
        beams = best_of(stepped(beams, frame, grammar))
    ends = [
        (paths.all, text)
        for (text, state), paths in beams.items()
        if text and grammar.may_end(state)
    ]
    chance, text = max(ends, default=(-inf, ""))
    return text, chance


def stepped(beams: Beams, frame: Scores, grammar: Grammar) -> Beams:
    """*beams* a frame on: each stays, or goes on with a symbol that may follow."""
    found: Beams = defaultdict(Paths)
    blank = float(frame[BLANK])
    tried = [] if blank > SURE else np.flatnonzero(frame > LEAST).tolist()
    for (text, state), paths in beams.items():
        stays = found[text, state]
        stays.blank = added(stays.blank, paths.all + blank)
        if text:
            again = float(frame[CLASS_OF[text[-1]]])
            stays.symbol = added(stays.symbol, paths.symbol + again)
        for label in tried:
            if label == BLANK:
                continue
            symbol = SYMBOLS[label - 1]
            after = grammar.after(state, symbol)
            if after:
                # The same symbol anew needs a blank between, or it is still the old.
                old = paths.blank if text.endswith(symbol) else paths.all
                longer = found[text + symbol, after]
                longer.symbol = added(longer.symbol, old + float(frame[label]))
    return found


def best_of(beams: Beams) -> Beams:
    ranked = sorted(beams.items(), key=lambda item: item[1].all, reverse=True)
    return dict(ranked[:WIDTH])


def laid_over(scores: Scores, text: str) -> list[Segment]:
    """Where each symbol of *text* stands on its likeliest path (Viterbi)."""
    labels = [BLANK]
    for symbol in text:
        labels += [CLASS_OF[symbol], BLANK]
    came = np.zeros((len(scores), len(labels)), np.intp)
    total = np.full(len(labels), -np.inf)
    total[:2] = scores[0, labels[:2]]
    # From two places back: past a blank, onto another symbol than the last.
    onto_blank = np.array(labels) == BLANK
    may_not_jump = onto_blank | (np.roll(labels, 2) == labels)
    may_not_jump[:2] = True
    for step, frame in enumerate(scores[1:], start=1):
        one, two = np.roll(total, 1), np.roll(total, 2)
        one[0] = -np.inf
        two[may_not_jump] = -np.inf
        choices = np.stack([total, one, two])
        came[step] = choices.argmax(axis=0)
        total = choices.max(axis=0) + frame[labels]
    ends_in_blank = total[-1] >= total[-2]
    return traced(came, labels, len(labels) - (1 if ends_in_blank else 2))


def traced(came: NDArray[np.intp], labels: list[int], place: int) -> list[Segment]:
    """The segments of the path that ends at *place* of *labels*."""
    spans: dict[int, list[int]] = {}
    for step in range(len(came) - 1, -1, -1):
        if labels[place] != BLANK:
            spans.setdefault(place, []).append(step)
        place -= int(came[step, place])
    return [
        Segment(labels[at], steps[-1], steps[0] + 1)
        for at, steps in sorted(spans.items())
    ]


def added(one: float, other: float) -> float:
    """The logarithm of the sum of what two logarithms stand for."""
    if one < other:
        one, other = other, one
    return one if other == -inf else one + log1p(exp(other - one))
