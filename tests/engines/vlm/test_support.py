"""Lines that a second engine reads as well, and such as it does not find."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from engines import get_engine, register
from engines.types import Alternative, Box, Line, Options, Page, Word
from engines.vlm import support
from engines.vlm.answers import Answer, page_of
from engines.vlm.letters import letters_of
from engines.vlm.scripts import can_be_judged
from engines.vlm.support import NOBODY, compared, supported, version, witness_for

PRINTED = ("CORNER SHOP", "Milk 1.20", "Bread 2.50", "Milk 1.20", "Total 4.90 EUR")
NOTE = (
    "The second engine (PP-OCR) does not find {} of {} lines on the page: "
    "they may be made up. "
    "Compare them with the picture."
)


@pytest.fixture(scope="module")
def receipt() -> Image.Image:
    page = Image.new("RGB", (700, 600), "white")
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(PRINTED):
        pen.text(
            (60, 60 + 100 * row), text, fill="black", font=ImageFont.load_default(40)
        )
    return page


def told(image: Image.Image, *rows: str, **extra: object) -> Page:
    """What is made of an answer of these *rows*."""
    return page_of(Answer("\n".join(rows)), image, Options(extra=extra), "qwen3-vl")


def top(line: Line) -> int:
    """The row that a line was found in; -1 for none."""
    return round((line.box.top - 60) / 100) if line.box else -1


def test_it_works(receipt: Image.Image) -> None:
    page = told(receipt, *PRINTED)
    assert [line.text for line in page.lines] == list(PRINTED)
    assert [line.confidence for line in page.lines] == [1.0] * 5
    assert [top(line) for line in page.lines] == [0, 1, 2, 3, 4]
    assert page.notes == ()
    words = [word.text for word in page.lines[4].words]
    assert words == ["Total", "4.90", "EUR"]
    first, second, third = (word.box for word in page.lines[4].words)
    assert 55 < first.left < first.right < second.left < second.right < third.left


def test_what_is_made_up_is_marked(receipt: Image.Image) -> None:
    page = told(receipt, *PRINTED, "Thank you for your visit", "VISA **** 4242")
    assert [line.confidence for line in page.lines] == [1.0] * 5 + [0.1] * 2
    assert all(line.polygon is None and not line.words for line in page.lines[5:])
    assert page.notes == (NOTE.format(2, 7),)


def test_the_same_line_once_too_often_is_made_up(receipt: Image.Image) -> None:
    page = told(receipt, *["Milk 1.20"] * 3)
    assert [line.confidence for line in page.lines] == [1.0, 1.0, 0.1]
    assert [top(line) for line in page.lines] == [1, 3, -1]


def test_what_was_read_otherwise_is_kept_beside(receipt: Image.Image) -> None:
    line = told(receipt, "Total 4.98 EUR").lines[0]
    assert line.confidence == pytest.approx(11 / 12)
    assert [(word.text, word.alternatives) for word in line.words] == [
        ("Total", ()),
        ("4.98", (Alternative("4.90", "ppocr"),)),
        ("EUR", ()),
    ]
    assert line.words[1].confidence == 0.75


def test_mark_up_is_no_print(receipt: Image.Image) -> None:
    page = told(
        *(
            receipt,
            "# CORNER SHOP",
            "| Milk | 1.20 |",
            "|---|---|",
            "**Total** 4.90 EUR",
        ),
        preset="markdown",
    )
    assert [line.confidence for line in page.lines] == [1.0, 1.0, None, 1.0]
    assert [word.text for word in page.lines[1].words] == ["Milk", "1.20"]
    assert page.notes == ()


def test_lines_that_were_joined_have_their_places(receipt: Image.Image) -> None:
    line = told(receipt, "Bread 2.50 Milk 1.20").lines[0]
    assert line.confidence == 1.0
    assert line.box is not None
    assert 240 < line.box.top < 300
    assert 380 < line.box.bottom < 440
    assert line.words[2].box.top > line.words[1].box.bottom


def test_places_of_the_model_are_corrected(receipt: Image.Image) -> None:
    said = '[{"bbox_2d": [1, 1, 9, 9], "text_content": "Bread 2.50"}]'
    line = told(receipt, said, boxes=True).lines[0]
    assert (line.text, top(line)) == ("Bread 2.50", 2)


def test_it_is_not_done_to_those_who_do_not_wish_it(receipt: Image.Image) -> None:
    page = told(receipt, "Made up", support=False)
    assert (page.lines, page.notes) == ((Line("Made up"),), ())


def test_a_page_without_print_bears_nothing_out() -> None:
    page = told(Image.new("RGB", (300, 200), "white"), "Invoice 7", "Total 12")
    assert [line.confidence for line in page.lines] == [0.1, 0.1]


def test_no_engine_is_asked_what_it_cannot_read(receipt: Image.Image) -> None:
    page = told(receipt, "Milk 1.20", "شكرا لزيارتكم", "Спасибо")
    assert [line.confidence for line in page.lines] == [1.0, None, None]
    assert page.notes == ()


@pytest.mark.parametrize(
    ("text", "languages", "can"),
    [
        ("Total 12", ("eng",), True),
        ("٤٥٦", ("eng",), False),
        ("٤٥٦ شكرا", ("ara",), True),
        ("Total شكرا 12", ("eng",), True),
        ("谢谢", ("chi_sim",), True),
        ("谢谢", ("deu",), False),
        ("---", ("eng",), False),
    ],
)
def test_scripts(text: str, languages: tuple[str, ...], can: bool) -> None:
    assert can_be_judged(text, languages) == can


@pytest.mark.parametrize(
    ("languages", "name"),
    [
        (("eng",), "ppocr"),
        (("deu", "eng"), "ppocr"),
        (("tha",), "ppocr"),  # which nobody knows here
        (("ara",), "auto"),
        (("eng", "ara"), "auto"),
    ],
)
def test_the_second_engine_is_one_that_knows_the_language(
    languages: tuple[str, ...], name: str
) -> None:
    witness = witness_for(languages)
    assert witness
    assert witness.name == name


def test_arabic_is_compared_without_its_vowel_signs() -> None:
    said = letters_of(["مُحَمَّد", "٤٥٦", "| **Bread** |"])
    assert said.text == "محمد456bread"
    assert said.spans == ((0, 4), (4, 7), (7, 12))


def test_where_nobody_can_compare_it_says_so(
    receipt: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("absent", "tests.engines.readers.Missing")
    monkeypatch.setattr(support, "WITNESSES", ("absent",))
    page = told(receipt, "Milk 1.20")
    assert (page.lines, page.notes) == ((Line("Milk 1.20"),), (NOBODY,))


def test_where_the_second_engine_fails_it_says_so(
    receipt: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("failing", "tests.engines.readers.Failing")
    monkeypatch.setattr(support, "WITNESSES", ("failing",))
    said = Page(*receipt.size, (Line("Milk 1.20"),), "Milk 1.20")
    assert supported(said, receipt, Options()) == replace(said, notes=(NOBODY,))


def test_other_engines_are_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    known = version()
    assert re.fullmatch(r"support 1 [0-9a-f]{8}", known)
    chooser = type(get_engine("auto"))
    monkeypatch.setattr(chooser, "version", "another", raising=True)
    assert version() != known


def test_words_stand_where_their_letters_do() -> None:
    reader = get_engine("ppocr")
    joined = Line("TAXINVOICE", Box(0, 0, 100, 10).polygon)
    said = Page(200, 100, (Line("TAX INVOICE"),))
    line = compared(said, Page(200, 100, (joined,)), reader, ("eng",)).lines[0]
    assert line.words == (
        Word("TAX", Box(0, 0, 30, 10), 1.0),
        Word("INVOICE", Box(30, 0, 100, 10), 1.0),
    )
    assert line.polygon == joined.polygon
