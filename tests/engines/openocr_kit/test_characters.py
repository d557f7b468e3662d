"""engines.openocr.kit.characters: text to classes and back."""

from __future__ import annotations

import numpy as np
import pytest

from engines.openocr.kit.characters import (
    frames_for,
    is_from_the_right,
    numbers,
    plain,
    said,
    unknown,
)

CLASSES = ("", "0", "1", "€", " ")


def columns(*best: int) -> np.ndarray:
    return np.eye(len(CLASSES), dtype=np.float32)[list(best)]


def test_there_and_back() -> None:
    assert numbers("10 €", CLASSES) == (2, 1, 4, 3)
    assert said(columns(2, 1, 4, 3), CLASSES) == "10 €"


def test_what_is_repeated_is_one_unless_a_blank_parts_it() -> None:
    assert said(columns(0, 2, 2, 0, 2, 1, 1, 0), CLASSES) == "110"
    assert frames_for("110") == 4


def test_a_character_that_it_has_not() -> None:
    assert unknown(["1$", "x 0"], ("0", "1", "€")) == ("$", "x")
    with pytest.raises(KeyError):
        numbers("$", CLASSES)


def test_texts_are_composed_with_single_spaces() -> None:
    assert plain("\tcafe\u0301  5\n") == "café 5"


def test_directions() -> None:
    assert [is_from_the_right(text) for text in ("a5", "٥", "שלום", "5 ريال")] == [
        False,
        True,
        True,
        True,
    ]
