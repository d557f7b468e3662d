"""Single glyphs in the proportion of their line, handwritten zeros among the fives."""

from __future__ import annotations

import numpy as np

from engines.digits.kit.cnn.glyphs import WIDE_CLASSES, Glyph, make_glyph
from engines.digits.kit.fonts import faces


def height_of(glyph: Glyph) -> int:
    rows = np.flatnonzero((glyph.pixels > 128).any(axis=1))
    return int(rows[-1] - rows[0]) + 1 if len(rows) else 0


def many(char: str, count: int = 60, split: str = "train") -> list[Glyph]:
    return [make_glyph(seed, char, split, "clean") for seed in range(count)]


def test_the_same_seed_makes_the_same_glyph() -> None:
    one, again, other = (make_glyph(seed, "٤", level="hard") for seed in (5, 5, 6))
    assert np.array_equal(one.pixels, again.pixels)
    assert one.face == again.face
    assert not np.array_equal(one.pixels, other.pixels)


def test_every_class_is_drawn() -> None:
    for char in WIDE_CLASSES:
        glyph = make_glyph(1, char, level="clean")
        assert glyph.pixels.shape == (32, 32)
        assert glyph.pixels.max() > 128
        assert glyph.char == char


def test_a_zero_is_a_dot_at_the_height_of_its_line() -> None:
    zeros, nines = ([height_of(glyph) for glyph in many(char)] for char in "٠٩")
    assert np.median(zeros) < 12
    assert np.median(nines) > 20


def test_held_out_glyphs_are_of_held_out_faces_alone() -> None:
    drawn = {glyph.face for glyph in many("٥", split="held-out")}
    assert drawn <= set(faces("held-out", "arabic"))


def test_some_fives_for_training_are_zeros_by_hand() -> None:
    by_hand = [glyph for glyph in many("٥", 120) if glyph.face is None]
    assert 6 <= len(by_hand) <= 36  # of 18 expected
    # Rings: ink at the rim, paper in the middle.
    middles = [glyph.pixels[14:18, 14:18].min() for glyph in by_hand]
    assert np.mean(np.array(middles) < 100) > 0.8
    assert len({glyph.pixels.tobytes() for glyph in by_hand}) == len(by_hand)
    assert all(glyph.face for glyph in many("٤", 120))
