"""How sure the network is against how often it is right, on crops made for it.

They are drawn from the faces that it was trained on, of seeds that it never saw: the
held-out faces are for measuring alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

from engines.digits.alphabet import as_ascii
from engines.digits.calibration import Calibration, fit, save_calibration
from engines.digits.crops import normalised
from engines.digits.decoding import Symbol
from engines.digits.kit.samples import Sample, Wish, make_sample
from engines.digits.network import Network
from engines.digits.reader import symbols_of
from engines.digits.store import WEIGHTS

FIRST = 900_000_000  # the number of the first sample, far behind those of training
CROPS = 6_000
WISHES: dict[Wish, float] = {"strings": 0.6, "cells": 0.3, "blank": 0.1}
LEVELS = {"clean": 0.2, "medium": 0.35, "hard": 0.35, "extreme": 0.1}


def calibrate(
    folder: Path, crops: int = CROPS, progress: Callable[[int, int], None] | None = None
) -> Calibration:
    """The table of the weights in *folder*, written beside them.

    Raises:
        FontsMissing: too few fonts are installed.
    """
    network = Network(folder / WEIGHTS)
    said: list[float] = []
    right: list[bool] = []
    for number in range(crops):
        sample = sample_of(FIRST + number)
        for symbol, is_right in judged(read(network, sample), sample.text):
            said.append(symbol.confidence)
            right.append(is_right)
        if progress:
            progress(number + 1, crops)
    table = fit(said, right)
    save_calibration(table, folder)
    return table


def sample_of(seed: int) -> Sample:
    random = Random(seed)
    wish = random.choices(list(WISHES), list(WISHES.values()))[0]
    level = random.choices(list(LEVELS), list(LEVELS.values()))[0]
    return make_sample(seed, "train", level, wish)


def read(network: Network, sample: Sample) -> Sequence[Symbol]:
    crop = normalised(sample.image)
    return symbols_of(crop, network) if crop is not None else ()


def judged(symbols: Sequence[Symbol], text: str) -> Iterator[tuple[Symbol, bool]]:
    """Each of *symbols* and whether it is right: it stands in *text*, worth the same,
    and nothing is missing beside it, for which the less sure neighbour answers."""
    found = [as_ascii(symbol.symbol) for symbol in symbols]
    wrong: set[int] = set()
    matcher = SequenceMatcher(None, found, list(as_ascii(text)), autojunk=False)
    for what, start, end, _, _ in matcher.get_opcodes():
        if what == "insert" and symbols:
            beside = [at for at in (start - 1, start) if 0 <= at < len(symbols)]
            wrong.add(min(beside, key=lambda at: symbols[at].confidence))
        elif what != "equal":
            wrong.update(range(start, end))
    for number, symbol in enumerate(symbols):
        yield symbol, number not in wrong
