"""make_sample: crops with their text, drawn from the fonts that are here."""

from __future__ import annotations

import numpy as np
import pytest

from engines.digits.alphabet import ARABIC, CLASS_OF
from engines.digits.kit.samples import WISHES, make_sample


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("split", ["train", "held-out"])
def test_the_same_seed_makes_the_same_crop(wish: str, split: str) -> None:
    one, again = (make_sample(11, split, "hard", wish) for _ in range(2))
    assert one.text == again.text
    assert np.array_equal(np.asarray(one.image), np.asarray(again.image))
    assert one.image.mode == "L"
    assert set(one.text) <= set(CLASS_OF)


def test_the_sides_of_the_split_share_no_face() -> None:
    sides = [
        {make_sample(n, split, "clean").face for n in range(60)}
        for split in ("train", "held-out")
    ]
    families = [{face.family for face in side if face} for side in sides]
    assert families[0]
    assert families[1]
    assert not families[0] & families[1]


def test_what_was_wished_for_is_there() -> None:
    def texts(wish: str) -> list[str]:
        return [make_sample(n, "train", "clean", wish).text for n in range(40)]

    assert set(texts("blank")) == {""}
    assert set("".join(texts("letters"))) <= {"A", "ع"}
    assert all({"A", "ع"} & set(text) for text in texts("cells"))
    assert not {"A", "ع"} & set("".join(texts("strings")))


def test_a_script_and_faces_can_be_wished_for() -> None:
    face = make_sample(3, "train", "clean", script="arabic").face
    assert face is not None
    sample = make_sample(4, "train", "clean", script="arabic", only=(face,))
    assert sample.face == face
    assert set(ARABIC) & set(sample.text)


def test_digits_have_the_height_of_their_level() -> None:
    for seed in range(20):
        ink = (
            np.asarray(make_sample(seed, "train", "clean", script="western").image)
            < 128
        )
        rows = np.flatnonzero(ink.any(axis=1))
        assert 15 <= rows[-1] + 1 - rows[0] <= 60
