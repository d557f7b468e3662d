"""A line of Arabic: words and numbers put together as they are typed."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from engines.arabic.reading import is_cell, read_both
from engines.digits.pieces import Piece
from engines.types import Line, Word
from tests.engines.arabic.prints import line, line_of, piece, says, word

# Where the ink is; what it means the readers say. The number stands between two words.
PRINT = line_of(("words", 20), ("72", 200), ("others", 400))
RIGHT, LEFT = word("شعبان", 400, 520), word("وكانت", 20, 120)


def reads(*lines: Line) -> Callable[[Image.Image], Line]:
    waiting = list(lines)
    return lambda _: waiting.pop(0)


def read(
    pieces: tuple[Piece, ...], *words: Word, before: tuple[Word, ...] = ()
) -> Line:
    """PRINT as read; *before* are the words as they seem with the number in them."""
    letters = reads(line(*(before or words)), line(*words))
    return read_both(PRINT, letters, says(pieces, ()))


def number(text: str, sure: float = 0.99) -> tuple[Piece, ...]:
    return (piece(text, 195, 250, sure),)


def test_it_works() -> None:
    found = read(number("٧٢"), RIGHT, LEFT)
    assert found.text == "شعبان ٧٢ وكانت"
    assert [one.text for one in found.words] == ["شعبان", "٧٢", "وكانت"]
    assert [one.confidence for one in found.words] == [0.9, 0.99, 0.9]
    assert found.confidence is not None
    assert 0.9 < found.confidence < 0.99


def test_a_date_with_dashes_is_typed_the_other_way_round() -> None:
    assert read(number("١٥-٠١-٢٠٢٤"), RIGHT, LEFT).text == "شعبان ٢٠٢٤-٠١-١٥ وكانت"


def test_commas_beside_a_number_are_arabic() -> None:
    assert read(number(",(٢)"), RIGHT, LEFT).text == "شعبان (٢)، وكانت"
    assert read(number("١,٥"), RIGHT, LEFT).text == "شعبان ١,٥ وكانت"


def test_a_number_close_to_a_word_has_no_blank() -> None:
    near = line_of(("words", 20), ("72", 200), ("others", 247))
    letters = reads(line(RIGHT, LEFT), line(RIGHT, LEFT))
    found = read_both(near, letters, says(number("٧٢"), ()))
    assert found.text == "شعبان٧٢ وكانت"


def test_the_letters_are_read_without_the_number() -> None:
    pictures: list[Image.Image] = []

    def letters(picture: Image.Image) -> Line:
        pictures.append(picture)
        return line(RIGHT, LEFT)

    read_both(PRINT, letters, says(number("٧٢"), ()))
    before, after = pictures
    assert before == PRINT
    assert after.width < PRINT.width - 150
    assert after.crop((0, 0, 130, 80)) == PRINT.crop((0, 0, 130, 80))


def test_words_are_placed_where_they_stood() -> None:
    """The letters are read with the number's columns cut out."""
    near = word("شعبان", 160, 280)
    found = read(number("٧٢"), near, LEFT, before=(RIGHT, LEFT))
    assert found.text == "شعبان ٧٢ وكانت"
    first, second, third = found.words
    assert third.box.right < second.box.left < second.box.right < first.box.left
    assert first.box.width == 120


def test_a_word_that_seems_to_begin_with_its_line_does_not() -> None:
    """Tesseract's places of Arabic words are wrong so now and then."""
    long = word("وكانت", 20, 520)
    found = read(number("٧٢"), RIGHT, long)
    assert found.text == "شعبان ٧٢ وكانت"
    assert found.words[2].box.right <= found.words[0].box.left


def test_a_sure_word_is_no_number() -> None:
    middle = word("هو", 195, 250, 0.95)
    found = read(number("٥٧", 0.9), RIGHT, middle, LEFT)
    assert found.text == "شعبان هو وكانت"


def test_a_certain_number_is_no_word() -> None:
    middle = word("هو", 195, 250, 0.95)
    found = read(number("٥٧", 0.98), RIGHT, LEFT, before=(RIGHT, middle, LEFT))
    assert found.text == "شعبان ٥٧ وكانت"


def test_an_unsure_word_gives_way() -> None:
    middle = word("هو", 195, 250, 0.5)
    found = read(number("٥٧", 0.9), RIGHT, LEFT, before=(RIGHT, middle, LEFT))
    assert found.text == "شعبان ٥٧ وكانت"


def test_digits_of_the_letters_reader_are_none() -> None:
    """It knows only ٠ and ١, and takes quotation marks and commas for digits."""
    words = (RIGHT, word("١", 300, 310), word("4", 280, 290), word("29.", 200, 240))
    assert read((), *words, LEFT).text == "شعبان « . وكانت"


def test_numbers_alone_stand_as_they_are_typed() -> None:
    two = (piece("١٢", 15, 140), piece("٣٤", 195, 250))
    assert read_both(PRINT, reads(line(), line()), says(two, (), ())).text == "٣٤ ١٢"
    two = (piece("12", 15, 140), piece("34", 195, 250))
    assert read_both(PRINT, reads(line(), line()), says(two, (), ())).text == "12 34"


def test_paper_is_empty() -> None:
    found = read_both(Image.new("RGB", (60, 20), "white"), reads(), says())
    assert found == Line("", confidence=0.0)


def test_nothing_read_is_empty() -> None:
    assert read(()) == Line("", confidence=0.0)


def test_a_cell_is_a_number_beside_latin_letters() -> None:
    latin, arabic = piece("A", 0, 50), piece("ع", 0, 50)
    amount, doubtful = piece("٥٠", 60, 90), piece("٥٠", 60, 90, 0.8)
    assert is_cell((latin, amount))
    assert is_cell((amount, latin, latin))
    for other in ((), (latin,), (amount,), (arabic, amount), (latin, doubtful)):
        assert not is_cell(other)
    assert not is_cell((latin, arabic, amount))
