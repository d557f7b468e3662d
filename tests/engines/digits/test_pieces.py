"""Symbols put together: where they are, and where blanks are between them."""

from __future__ import annotations

import numpy as np

from engines.digits.crops import HEIGHT, Crop
from engines.digits.decoding import Symbol
from engines.digits.pieces import in_pieces
from engines.types import Box

SIZE = (400, 16)


def crop_with(*spans: tuple[int, int]) -> Crop:
    """Ink in the columns of *spans*; half a pixel of the picture to a column."""
    pixels = np.zeros((HEIGHT, 400), np.float32)
    for left, right in spans:
        pixels[8:24, left:right] = 1.0
    return Crop(pixels, left=10.0, top=0.0, scale=0.5)


def symbols(text: str, *centres: int) -> list[Symbol]:
    """Each of *text* as seen on the frame at its centre, in columns of the crop."""
    return [
        Symbol(char, 0.9, centre // 2, centre // 2 + 1)
        for char, centre in zip(text, centres, strict=True)
    ]


def test_it_works() -> None:
    crop = crop_with((10, 20), (26, 36), (42, 52))
    (piece,) = in_pieces(symbols("١٢٣", 15, 31, 47), crop, SIZE)
    assert (piece.text, piece.box) == ("١٢٣", Box(15, 0, 36, 16))
    assert piece.sure == (0.9, 0.9, 0.9)


def test_nothing_makes_no_pieces() -> None:
    assert in_pieces([], crop_with(), SIZE) == ()


def test_letters_are_apart_and_end_where_the_digit_begins() -> None:
    crop = crop_with((10, 20), (30, 40), (60, 68), (76, 84))
    letters, number = in_pieces(symbols("A٥٠", 15, 64, 80), crop, SIZE)
    assert (letters.text, letters.is_letters) == ("A", True)
    assert letters.box == Box(15, 0, 30, 16)
    assert (number.text, number.box) == ("٥٠", Box(40, 0, 52, 16))
    assert not number.is_close


def test_a_number_that_touches_letters_is_close_to_them() -> None:
    crop = crop_with((10, 20), (23, 33))
    _, number = in_pieces(symbols("A5", 15, 28), crop, SIZE)
    assert number.is_close


def test_a_wide_gap_parts_numbers() -> None:
    crop = crop_with((10, 20), (26, 36), (70, 80), (86, 96))
    found = in_pieces(symbols("1234", 15, 31, 75, 91), crop, SIZE)
    assert [piece.text for piece in found] == ["12", "34"]


def test_print_that_is_spaced_out_is_one_number() -> None:
    crop = crop_with((10, 20), (38, 48), (66, 76), (94, 104))
    found = in_pieces(symbols("1234", 15, 43, 71, 99), crop, SIZE)
    assert [piece.text for piece in found] == ["1234"]
    found = in_pieces(symbols("12", 15, 43), crop, SIZE)
    assert [piece.text for piece in found] == ["12"]


def test_zeros_that_are_dots_do_not() -> None:
    crop = crop_with((10, 20), (29, 33), (45, 49), (61, 65))
    found = in_pieces(symbols("٥٠٠٠", 15, 31, 47, 63), crop, SIZE)
    assert [piece.text for piece in found] == ["٥٠٠٠"]


def test_the_comma_is_told_by_the_whole_number() -> None:
    crop = crop_with(*((10 + 12 * i, 18 + 12 * i) for i in range(5)))
    (piece,) = in_pieces(symbols("١,٢٣٤", 14, 26, 38, 50, 62), crop, SIZE)
    assert piece.text == "١٬٢٣٤"


def test_one_run_of_letters_is_one_piece() -> None:
    crop = crop_with((10, 20), (60, 70))
    (piece,) = in_pieces(symbols("AA", 15, 65), crop, SIZE)
    assert piece.text == "A"


def test_ink_that_was_not_recognised_is_no_part_of_a_digit() -> None:
    crop = crop_with((2, 30), (36, 56), (82, 92), (98, 108))
    (piece,) = in_pieces(symbols("٥٠", 87, 103), crop, SIZE)
    assert (piece.text, piece.box) == ("٥٠", Box(51, 0, 64, 16))
