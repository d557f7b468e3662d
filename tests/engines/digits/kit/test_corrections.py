"""engines.digits.kit.corrections: which crops are fit to train with."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.digits.alphabet import CLASS_OF, CLASSES
from engines.digits.crops import Crop
from engines.digits.kit.corrections import Correction, likeliest, sort_out
from engines.digits.network import Scores

KEYS = [f"{number:032x}" for number in range(40)]


@dataclass
class Seeing:
    """A network that sees *text* on whatever it is shown."""

    text: str

    def scores(self, crop: Crop) -> Scores:
        return lattice(self.text)


def lattice(text: str, sure: float = 0.98) -> Scores:
    """Scores of frames that show *text*, a blank behind each symbol."""
    shown = [name for symbol in text for name in (CLASS_OF[symbol], 0)]
    chances = np.full((len(shown), CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    chances[np.arange(len(shown)), shown] = sure
    return np.log(chances)


def png() -> bytes:
    image, out = Image.new("RGB", (80, 30), "white"), io.BytesIO()
    ImageDraw.Draw(image).text((10, 8), "12", "black")
    image.save(out, "PNG")
    return out.getvalue()


def corrections(text: str, keys=KEYS, picture: bytes | None = None) -> list[Correction]:
    return [Correction(key, picture or png(), text, "amount") for key in keys]


def test_it_works():
    found = sort_out(corrections("52500"), Seeing("A٥٢٥٠٠"))
    sides = (found.learnt, found.held_out)
    assert {one.text for side in sides for one in side} == {"A٥٢٥٠٠"}
    assert {one.image.size for side in sides for one in side} == {(80, 30)}
    assert (found.broken, found.unlike) == (0, 0)


def test_some_are_held_out_and_always_the_same():
    held_out = {c.key for c in corrections("1") if c.is_held_out}
    assert 2 <= len(held_out) <= 16
    again = sort_out(corrections("1", keys=sorted(held_out)), Seeing("1"))
    assert (len(again.learnt), len(again.held_out)) == (0, len(held_out))


@pytest.mark.parametrize(
    "picture", [b"", b"no picture", png()[:60], b"\x89PNG\r\n\x1a\n"]
)
def test_broken_files_are_counted(picture):
    found = sort_out([Correction("a", picture or b" ", "1", "amount")], Seeing("1"))
    assert (found.learnt, found.held_out, found.broken) == ((), (), 1)


def test_a_crop_that_shows_something_else_is_counted():
    found = sort_out(corrections("98765", KEYS[:3]), Seeing("A٥٢٥٠٠"))
    assert (found.learnt, found.held_out, found.unlike) == ((), (), 3)


def test_a_misread_digit_is_what_is_learnt_from():
    found = sort_out(corrections("52600", KEYS[:5]), Seeing("٥٢٥٠٠"))
    assert {one.text for one in found.learnt} == {"٥٢٦٠٠"}


def test_bare_paper_shows_nothing():
    out = io.BytesIO()
    Image.new("L", (60, 30), 255).save(out, "PNG")
    found = sort_out(corrections("1", KEYS[:2], out.getvalue()), Seeing("1"))
    assert (found.learnt, found.held_out, found.unlike) == ((), (), 2)


def test_the_likeliest_way():
    way, likely = likeliest(lattice("١٢"), ("12", "١٢", "٢١"))
    assert way == "١٢"
    assert likely == pytest.approx(2 * np.log(0.98), abs=0.01)


def test_a_way_that_is_longer_than_the_crop_is_none():
    assert likeliest(lattice("١"), ("1111", "١"))[0] == "١"
    assert likeliest(lattice("١"), ("1111",))[1] == -np.inf
