"""A crop through a network: windows of long ones, forms of kinds, bare paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.digits.alphabet import CLASSES
from engines.digits.crops import Crop
from engines.digits.decoding import Scores
from engines.digits.network import FRAME
from engines.digits.reader import (
    WINDOW,
    Wishes,
    pieces_of,
    scores_of,
    wishes_of,
)
from engines.digits.views import VIEWS, View
from tests.engines.digits import lattices
from tests.engines.digits.lattices import Frame


@dataclass
class Saying:
    """A network that says *frames* of every crop, and blanks after them."""

    frames: list[Frame]

    def scores(self, crop: Crop) -> Scores:
        steps = crop.pixels.shape[1] // FRAME
        return lattices.scores_of([*self.frames, *"_" * steps][:steps])


class Local:
    """A network whose frames tell the crop's own ink, and which notes what it saw."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def scores(self, crop: Crop) -> Scores:
        self.widths.append(crop.pixels.shape[1])
        return np.repeat(crop.pixels[:1, ::FRAME].T, CLASSES, axis=1)


def printed() -> Image.Image:
    image = Image.new("L", (120, 40), "white")
    ImageDraw.Draw(image).text((20, 10), "12/27", "black", font_size=20)
    return image


def text(frames: list[Frame] | str, wishes: Wishes) -> str:
    pieces = pieces_of(printed(), Saying(list(frames)), wishes=wishes)
    return "".join(piece.text for piece in pieces)


def test_it_works() -> None:
    assert text("_1_2_", Wishes()) == "12"


def test_a_long_crop_is_seen_by_windows() -> None:
    width = 3 * WINDOW + 500
    row = np.arange(width, dtype=np.float32)
    crop = Crop(np.tile(row, (32, 1)), 0.0, 0.0, 1.0)
    network = Local()
    scores = scores_of(crop, network)
    assert scores[:, 0].tolist() == row[::FRAME].tolist()
    assert len(network.widths) == 4
    assert max(network.widths) <= WINDOW


def test_a_kind_helps_where_its_form_is_broken() -> None:
    unsure: list[Frame] = [{"4": 0.55, "1": 0.45}, *"2/27/2_021"]
    assert text(unsure, Wishes()) == "42/27/2021"
    assert text(unsure, Wishes("date")) == "12/27/2021"
    assert text(unsure, Wishes("amount")) == "42/27/2021"  # no amount is at hand


def test_a_form_is_forced_where_that_is_wished() -> None:
    assert text("42/27/2_021", Wishes("date")) == "42/27/2021"
    assert text("42/27/2_021", Wishes("date", must_fit=True)) != "42/27/2021"


def test_faint_guesses_are_no_print() -> None:
    guess: Frame = {"1": 0.28, "7": 0.24, "_": 0.24, "4": 0.24}
    assert text([guess], Wishes()) == ""


@pytest.mark.parametrize("paper", ["white", "black", "gray"])
def test_bare_paper_is_not_asked_about(paper: str) -> None:
    assert pieces_of(Image.new("RGB", (60, 30), paper), Saying(["1"])) == ()


class Wavering:
    """Is not sure of a 7 at the first look, and of a 1 at all others."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def scores(self, crop: Crop) -> Scores:
        self.widths.append(crop.pixels.shape[1])
        steps = crop.pixels.shape[1] // FRAME
        first = len(self.widths) == 1
        seen: Frame = {"7": 0.6, "1": 0.4} if first else {"1": 0.97, "7": 0.03}
        return lattices.scores_of([*"_____", seen, *"_9", *"_" * steps][:steps])


def test_a_doubtful_crop_is_looked_at_in_more_ways() -> None:
    network = Wavering()
    pieces = pieces_of(printed(), network)
    assert "".join(piece.text for piece in pieces) == "19"
    first = network.widths[0]
    assert network.widths == [first, *(widened(view, first) for view in VIEWS)]


def widened(view: View, width: int) -> int:
    return round(width * view.width / FRAME) * FRAME + FRAME * bool(view.shift)


def test_a_sure_one_is_looked_at_once() -> None:
    network = Wavering()
    network.widths = [0]  # as if it had looked before
    assert pieces_of(printed(), network)
    assert len(network.widths) == 2


def test_wishes_come_from_options() -> None:
    assert wishes_of({}) == Wishes()
    extra = {"kind": "date", "grammar": True, "scripts": ["western", "klingon"]}
    assert wishes_of(extra) == Wishes("date", True, ("western",))
    assert wishes_of({"kind": None, "scripts": "western"}) == Wishes()
