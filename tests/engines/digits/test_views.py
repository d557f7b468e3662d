"""Several looks at one crop, and the text that they agree on."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from engines.digits.alphabet import BLANK, CLASS_OF
from engines.digits.crops import Crop
from engines.digits.decoding import Scores, Symbol, decode
from engines.digits.network import FRAME
from engines.digits.views import VIEWS, View, agreed, likelihoods
from tests.engines.digits.lattices import Frame, scores_of

DOUBT: Frame = {"7": 0.6, "1": 0.4}


def reading(*frames: Frame) -> tuple[Scores, tuple[Symbol, ...]]:
    scores = scores_of(list(frames))
    return scores, decode(scores)


def text(symbols: object) -> str:
    assert isinstance(symbols, list | tuple)
    return "".join(symbol.symbol for symbol in symbols)


def test_it_works() -> None:
    readings = [reading(DOUBT, "_", "9"), reading({"1": 0.9, "7": 0.1}, "_", "9")]
    assert [text(symbols) for _, symbols in readings] == ["79", "19"]
    assert text(agreed(readings)) == "19"


def test_the_surest_of_those_that_agree_is_kept() -> None:
    weak, sure = reading({"5": 0.6, "_": 0.4}), reading({"5": 0.9, "_": 0.1})
    (symbol,) = agreed([weak, sure])
    assert symbol == sure[1][0]


def test_nothing_is_an_answer_too() -> None:
    dirt = reading({"1": 0.5, "_": 0.4})
    assert agreed([dirt, reading("_"), reading("_")]) == ()


def test_likelihoods_are_sums_over_all_paths() -> None:
    scores = scores_of(
        [{"1": 0.5, "_": 0.3}, {"1": 0.4, "2": 0.4}, {"2": 0.6, "_": 0.2}]
    )
    texts = ["", "1", "12", "11", "121"]
    assert likelihoods(scores, texts) == pytest.approx(
        [np.log(max(summed(scores, text), 1e-200)) for text in texts], rel=1e-4
    )


def summed(scores: Scores, text: str) -> float:
    """By trying each path there is: what stands on it is its labels, less repeats and
    blanks."""
    labels = [BLANK, CLASS_OF["1"], CLASS_OF["2"]]
    total = 0.0
    for path in product(labels, repeat=len(scores)):
        once = [a for a, b in zip(path, (None, *path), strict=False) if a != b]
        if [label for label in once if label != BLANK] == [CLASS_OF[c] for c in text]:
            total += float(np.exp(scores[range(len(scores)), list(path)].sum()))
    return total


def test_long_lines_do_not_underflow() -> None:
    scores = scores_of([{"1": 0.02}, "_"] * 2_000)
    (likely,) = likelihoods(scores, ["1" * 2_000])
    assert np.isfinite(likely)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [2, 8, 130])
def test_a_view_is_a_whole_crop_again(view: View, width: int) -> None:
    crop = Crop(np.random.default_rng(1).random((32, width), np.float32), 3.0, 4.0, 0.5)
    seen = view.of(crop)
    assert seen.pixels.shape[0] == 32
    assert seen.pixels.shape[1] % FRAME == 0
    assert seen.pixels.dtype == np.float32
    assert (seen.left, seen.top, seen.scale) == (3.0, 4.0, 0.5)
    assert 0 <= seen.pixels.min() <= seen.pixels.max() <= 1


def test_places_come_back_to_the_crop() -> None:
    there = [Symbol("1", 0.9, 10, 12), Symbol("2", 0.9, 20, 21)]
    back = View(width=2.0).back(there)
    assert [(symbol.start, symbol.end) for symbol in back] == [(5, 6), (10, 11)]
