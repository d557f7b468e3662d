"""Letters beside numbers: who reads them, and in which order all stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from engines.digits.cells import as_line, letters_read
from engines.digits.pieces import Piece
from engines.types import Box, Word

CELL = Image.new("RGB", (100, 20), "white")
AED = Piece("A", Box(10, 0, 40, 20), (0.8,))
DIRHAM = Piece("ع", Box(10, 0, 40, 20), (0.8,))
NUMBER = Piece("٥٠", Box(50, 0, 70, 20), (0.9, 0.7))


@pytest.fixture
def nobody(enlist: Callable[[str, str], None]) -> None:
    enlist("ppocr", "Missing")
    enlist("tesseract", "Missing")


def texts(*pieces: Piece) -> list[str]:
    return [piece.text for piece in letters_read(pieces, CELL)]


def test_letters_are_read_by_who_knows_them(enlist: Callable[[str, str], None]) -> None:
    enlist("ppocr", "Width")
    assert texts(AED, NUMBER) == ["eng 34", "٥٠"]  # two pixels of paper on each side
    assert texts(NUMBER) == ["٥٠"]


def test_arabic_letters_are_tesseracts(enlist: Callable[[str, str], None]) -> None:
    enlist("ppocr", "Width")
    enlist("tesseract", "ArabicWidth")
    assert texts(DIRHAM, NUMBER) == ["ara 34", "٥٠"]


def test_the_next_one_is_here_where_the_first_is_not(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("ppocr", "Missing")
    enlist("tesseract", "Width")
    assert texts(AED) == ["eng 34"]
    enlist("ppocr", "FailingLine")
    assert texts(AED) == ["eng 34"]


@pytest.mark.usefixtures("nobody")
def test_letters_that_nobody_reads_are_left_out() -> None:
    assert texts(AED, NUMBER, DIRHAM) == ["٥٠"]


def test_a_line_is_in_order_with_its_words() -> None:
    line = as_line([Piece("AED", Box(10, 0, 40, 20), (0.8,)), NUMBER])
    assert line.text == "AED ٥٠"
    assert line.words == (
        Word("AED", Box(10, 0, 40, 20), 0.8),
        Word("٥٠", Box(50, 0, 70, 20), 0.8),
    )
    assert line.box == Box(10, 0, 70, 20)
    assert (line.confidence, line.weakest) == (pytest.approx(0.8), 0.7)


def test_what_touches_is_one_word() -> None:
    percent = Piece("%", Box(70, 0, 80, 20), (0.5,), is_close=True)
    line = as_line([NUMBER, percent])
    assert line.text == "٥٠%"
    assert [word.box for word in line.words] == [Box(50, 0, 80, 20)]


def test_no_pieces_are_an_empty_line() -> None:
    line = as_line([])
    assert (line.text, line.words, line.confidence, line.weakest) == ("", (), 0.0, 0.0)
