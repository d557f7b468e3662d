"""The crop of a line through the network, decoded: numbers, and where letters are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean
from typing import Any, Protocol

import numpy as np
from PIL import Image

from engines.digits.alphabet import Script
from engines.digits.beam import decode_as
from engines.digits.calibration import AS_IT_IS, Calibration
from engines.digits.crops import Crop, normalised
from engines.digits.decoding import SCRIPTS, Scores, Symbol, decode
from engines.digits.grammar import grammar
from engines.digits.network import FRAME
from engines.digits.pieces import Piece, in_pieces
from engines.digits.views import VIEWS, agreed, weakest

WINDOW, OVERLAP = 2_048, 256  # columns of a long crop that the network sees at once
FAINT = 0.62  # of confidence, on average: what is read less surely is dirt
ALONE = 0.85  # of a lone symbol: dirt is seldom taken for more than one
UNSURE = 0.9  # of the weakest symbol: such a crop is looked at again
# How much less likely, as a logarithm, a text may be that has the form of its kind: the
# print may have no such form.
WORTH = -12.0


class Scorer(Protocol):
    def scores(self, crop: Crop) -> Scores:
        """What stands in each frame of *crop*."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a caller knows of the print: its kind, its scripts. *must_fit* asks for the
    kind's form, however unlikely; else it helps only where the reading breaks it."""

    kind: str = ""
    must_fit: bool = False
    scripts: tuple[Script, ...] = SCRIPTS


ANYTHING = Wishes()


def wishes_of(extra: Mapping[str, Any]) -> Wishes:
    """The wishes in a caller's options; what is none is passed over."""
    asked = extra.get("scripts")
    scripts = tuple(
        s for s in SCRIPTS if isinstance(asked, list | tuple) and s in asked
    )
    return Wishes(
        kind=str(extra.get("kind") or ""),
        must_fit=bool(extra.get("grammar", False)),
        scripts=scripts or SCRIPTS,
    )


def pieces_of(
    image: Image.Image,
    network: Scorer,
    calibration: Calibration = AS_IT_IS,
    wishes: Wishes = ANYTHING,
) -> tuple[Piece, ...]:
    """The pieces of the one line on *image*, from left to right; none on bare paper."""
    crop = normalised(image)
    if crop is None:
        return ()
    symbols = symbols_of(crop, network, calibration, wishes)
    if not symbols or fmean(s.confidence for s in symbols) < least_for(symbols):
        return ()
    return in_pieces(symbols, crop, image.size)


def symbols_of(
    crop: Crop,
    network: Scorer,
    calibration: Calibration = AS_IT_IS,
    wishes: Wishes = ANYTHING,
) -> Sequence[Symbol]:
    """What stands on *crop*; where that is in doubt, in more views than one."""
    scores = scores_of(crop, network)
    symbols = best_symbols(scores, calibration, wishes)
    if weakest(symbols) >= UNSURE:
        return symbols
    readings = [(scores, symbols)]
    for view in VIEWS:
        scores = scores_of(view.of(crop), network)
        seen = best_symbols(scores, calibration, wishes)
        readings.append((scores, view.back(seen)))
    return agreed(readings)


def least_for(symbols: Sequence[Symbol]) -> float:
    return ALONE if len(symbols) == 1 else FAINT


def scores_of(crop: Crop, network: Scorer) -> Scores:
    """The scores of *crop*; of a long one window by window, in bounded memory."""
    width = crop.pixels.shape[1]
    if width <= WINDOW:
        return network.scores(crop)
    half = OVERLAP // 2 // FRAME
    parts = []
    for left in range(0, width - OVERLAP, WINDOW - OVERLAP):
        window = crop.pixels[:, left : left + WINDOW]
        scores = network.scores(Crop(window, 0.0, 0.0, 1.0))
        is_last = left + WINDOW >= width
        parts.append(scores[half if left else 0 : len(scores) if is_last else -half])
    return np.concatenate(parts)


def best_symbols(
    scores: Scores, calibration: Calibration, wishes: Wishes
) -> Sequence[Symbol]:
    """What *scores* say, in the form of the kind where that was wished or broken."""
    greedy = decode(scores, calibration, wishes.scripts)
    form = grammar(wishes.kind)
    if form is None or not greedy:
        return greedy
    text = "".join(symbol.symbol for symbol in greedy)
    if not wishes.must_fit and form.accepts(text):
        return greedy
    least = -inf if wishes.must_fit else float(scores.max(axis=1).sum()) + WORTH
    return decode_as(scores, form, calibration, wishes.scripts, least) or greedy
