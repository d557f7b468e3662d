"""The numbers of a line: found by a glance or by their brackets, and read close up."""

from __future__ import annotations

from PIL import Image

from engines.arabic.blots import blots_of
from engines.arabic.numbers import Number, find_numbers
from engines.digits.pieces import Piece
from tests.engines.arabic.prints import line_of, piece, says

PLAIN = line_of(("72", 50), ("letters", 200))
NOTE = line_of(("letters (7)", 50))


def found(picture: Image.Image, *answers: tuple[Piece, ...]) -> list[tuple[str, float]]:
    return [(number.text, number.confidence) for number in numbers(picture, *answers)]


def numbers(picture: Image.Image, *answers: tuple[Piece, ...]) -> tuple[Number, ...]:
    blots = blots_of(picture)
    assert blots is not None
    return find_numbers(picture, blots, says(*answers))


def test_a_glance_and_a_close_look() -> None:
    glance = (piece("٧١", 45, 100, 0.7), piece("ع", 200, 350))
    (number,) = numbers(PLAIN, glance, (piece("٧٢", 0, 50, 0.98),))
    assert (number.text, number.confidence) == ("٧٢", 0.98)
    assert 50 <= number.box.left < number.box.right <= 100


def test_the_surer_of_the_two_looks_counts() -> None:
    glance = (piece("٧٢", 45, 100, 0.9),)
    assert found(PLAIN, glance, (piece("٧١", 0, 50, 0.6),)) == [("٧٢", 0.9)]
    assert found(PLAIN, glance, ()) == [("٧٢", 0.9)]


def test_a_digit_more_is_believed_sooner() -> None:
    glance = (piece("٧٢٠", 45, 100, 0.92),)
    assert found(PLAIN, glance, (piece("٧٢", 0, 50, 0.95),)) == [("٧٢٠", 0.92)]
    doubtful = (piece("٧٢٠", 45, 100, 0.8),)
    assert found(PLAIN, doubtful, (piece("٧٢", 0, 50, 0.95),)) == [("٧٢", 0.95)]


def test_what_neither_is_sure_of_is_none() -> None:
    glance = (piece("٧٢", 45, 100, 0.4),)
    assert found(PLAIN, glance, (piece("٧٢", 0, 50, 0.45),)) == []


def test_what_has_no_ink_is_none() -> None:
    assert found(PLAIN, (piece("٧٢", 120, 180),)) == []


def test_a_point_or_a_comma_is_no_lone_digit() -> None:
    glance = (piece("٠", 150, 190),)
    point = line_of(("72", 50), (".", 160))
    assert found(point, glance, (piece("٠", 0, 9),)) == []
    unsure = (piece("٧", 45, 70, 0.8),)
    assert found(PLAIN, unsure, (piece("٧", 0, 9, 0.8),)) == []
    high = (piece("٧", 45, 75),)
    assert found(PLAIN, high, (piece("٧", 0, 9),)) == [("٧", 0.99)]


def test_brackets_are_looked_into() -> None:
    """Though the glance at the line sees nothing there."""
    assert found(NOTE, (piece("(٧)", 0, 40, 0.9),), ()) == [("(٧)", 0.9)]


def test_brackets_that_look_like_digits_are_left_out() -> None:
    answers = (piece("٢٧)", 0, 40),), (piece("٧", 0, 20, 0.8),), ()
    assert found(NOTE, *answers) == [("(٧)", 0.8)]


def test_square_brackets_stay_square() -> None:
    answers = (piece("A٧A", 0, 40),), (piece("٧", 0, 20, 0.8),), ()
    assert found(NOTE, *answers) == [("[٧]", 0.8)]


def test_letters_in_brackets_are_none() -> None:
    assert found(NOTE, (piece("ع", 0, 40),), (piece("ع", 0, 40),), ()) == []


def test_a_number_is_found_once() -> None:
    glance = (piece("٧", 150, 300),)
    assert found(NOTE, (piece("(٧)", 0, 40, 0.9),), glance, (piece("٧", 0, 9),)) == [
        ("(٧)", 0.9)
    ]
