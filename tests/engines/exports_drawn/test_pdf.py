"""export_result("pdf"): pictures with text that cannot be seen, but found."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import ImageFont

from engines import Line, OcrError, Page, Result, export_result, load_page
from engines.exports.pdf_font import truetype
from tests.engines.exports_drawn.pages import (
    ARABIC,
    ENGLISH,
    MIXED,
    best_overlap,
    line,
    page,
    result,
)

THREE = (line(ENGLISH, 100), line(ARABIC, 300), line(MIXED, 500))


def textpage(content: bytes) -> Any:
    return pypdfium2.PdfDocument(content)[0].get_textpage()


def text_of(content: bytes) -> list[str]:
    return textpage(content).get_text_range().split("\r\n")


def finds(content: bytes, wanted: str) -> bool:
    return textpage(content).search(wanted).get_next() is not None


@pytest.mark.parametrize("degrees", [0, 1, -1, 3, 8, 90, -90])
def test_text_is_told_as_it_was_read(degrees: float) -> None:
    made = export_result("pdf", result(page(*THREE, degrees=degrees)))
    assert sorted(text_of(made)) == sorted(one.text for one in THREE)


@pytest.mark.parametrize("degrees", [0, 1, -3, 5, 90, -90, 180])
def test_words_stand_where_they_were_read(degrees: float, tmp_path: Path) -> None:
    read = page(*THREE, degrees=degrees)
    file = tmp_path / "made.pdf"
    file.write_bytes(export_result("pdf", result(read)))
    layer = load_page(file).text_layer
    assert layer
    words = [word for one in read.lines for word in one.words]
    assert min(best_overlap(word, layer) for word in words) > 0.95


@pytest.mark.parametrize(
    "wanted", ["فاتورة", "فاتورة رقم", "٢٠٢٤/١١٨", "(نعم)", "درهما"]
)
def test_arabic_is_found_in_the_order_in_which_it_is_said(wanted: str) -> None:
    made = export_result("pdf", result(page(*THREE)))
    assert finds(made, wanted)
    assert not finds(made, "ةروتاف")


def test_the_picture_is_the_page_and_the_text_unseen(tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(export_result("pdf", result(page(*THREE), dpi=100, paper="red")))
    shown = load_page(file, dpi=100)
    assert shown.image.size == (800, 800)
    (_, (red, green, blue)), *others = shown.image.getcolors() or []
    assert others == []
    assert red > 250
    assert green + blue < 5


def test_each_page_has_its_own_size_and_the_file_its_title() -> None:
    small = page(line(ENGLISH[:2], 100), side=400)
    made = pypdfium2.PdfDocument(export_result("pdf", result(page(), small, dpi=144)))
    assert [made.get_page_size(number) for number in (0, 1)] == [(400, 400), (200, 200)]
    assert made.get_metadata_dict()["Title"] == "The title"
    assert made[1].get_textpage().get_text_range() == "Hello world"


def test_a_line_whose_words_do_not_tell_all_of_it_is_written_whole() -> None:
    whole = line(ENGLISH, 100)
    part = Line(whole.text, whole.polygon, whole.words[:1])
    assert text_of(export_result("pdf", result(page(part)))) == ["Hello world 12.50"]


@pytest.mark.parametrize(
    "read",
    [
        Page(800, 800, (Line("said by"), Line("a model")), ""),
        Page(800, 800, (), "said by\n\na model\n"),
    ],
)
def test_text_without_a_place_runs_down_the_page(read: Page) -> None:
    assert text_of(export_result("pdf", result(read))) == ["said by", "a model"]


def test_a_long_line_without_a_place_is_broken() -> None:
    said = Page(800, 800, (Line("receipt of a bakery " * 20),), "")
    lines = text_of(export_result("pdf", result(said)))
    assert " ".join(" ".join(lines).split()) == ("receipt of a bakery " * 20).strip()
    assert max(map(len, lines)) <= 80


def test_words_that_stand_close_stay_apart() -> None:
    close = (("Total", 50, 150), ("due", 152, 200), ("now", 199, 250))
    assert text_of(export_result("pdf", result(page(line(close, 9))))) == [
        "Total due now"
    ]


def test_a_page_without_text() -> None:
    assert text_of(export_result("pdf", result(page()))) == [""]


def test_without_a_picture_there_is_no_pdf() -> None:
    with pytest.raises(OcrError, match=r"There is no picture of page 1\."):
        export_result("pdf", Result({1: page()}))


def test_the_typeface_is_one_that_can_be_loaded() -> None:
    """By FreeType, which most readers of PDFs use."""
    assert ImageFont.truetype(BytesIO(truetype()), 100).getlength("ab") == 100
