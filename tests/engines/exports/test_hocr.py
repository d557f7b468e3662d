"""hocr: XHTML that keeps the rules of hOCR 1.2."""

from __future__ import annotations

import pytest
from lxml import etree

from engines import Line, Page, Result
from tests.engines.exports.made import ARABIC, EVERYTHING, line, page, told, worded
from tests.engines.exports.rules import XHTML, box, elements, meta
from tests.engines.exports.rules import check_hocr as check
from tests.engines.exports.rules import parsed_hocr as parsed


def text_of(node: etree._Element) -> str:
    return "".join(node.itertext())


def test_it_works() -> None:
    found = page(worded("Thank you", 20, 10), line("Bread", 20, 35))
    root = parsed(Result({2: found}, corrected={2: frozenset({1})}))
    check(root)
    assert [
        (node.get("class"), node.get("id"), node.get("title"))
        for node in elements(root)
    ] == [
        ("ocr_page", "page_2", "bbox 0 0 600 400; ppageno 1"),
        ("ocr_carea", "block_2_1", "bbox 20 10 110 55"),
        ("ocr_par", "par_2_1", "bbox 20 10 110 55"),
        ("ocr_line", "line_2_1", "bbox 20 10 110 30; baseline 0.000 0"),
        ("ocrx_word", "word_2_1_1", "bbox 20 10 70 30; x_wconf 50"),
        ("ocrx_word", "word_2_1_2", "bbox 80 10 110 30; x_wconf 50"),
        ("ocr_line", "line_2_2", "bbox 20 35 70 55; baseline 0.000 0; x_corrected 1"),
        ("ocrx_word", "word_2_2_1", "bbox 20 35 70 55; x_wconf 90"),
    ]
    assert [text_of(node) for node in elements(root, "ocr_line")] == [
        *("Thank you", "Bread")
    ]


def test_everything_keeps_the_rules() -> None:
    root = parsed(EVERYTHING)
    check(root)
    assert len(elements(root, "ocr_page")) == 4
    assert meta(root)["ocr-system"] == "ocrsite ppocr qwen3-vl tesseract"
    assert [node.get("dir") for node in elements(root, "ocr_line")][6:8] == [
        *("rtl", "ltr")
    ]
    assert root.findtext(f"{XHTML}head/{XHTML}title") == "a <b> & c.jpg"


def test_arabic_is_in_logical_order() -> None:
    (found,) = elements(
        parsed(Result({1: page(worded(f"{ARABIC} 12.50", 300, 10))})), "ocr_line"
    )
    assert (found.get("dir"), text_of(found)) == ("rtl", f"{ARABIC} 12.50")
    assert [box(word) for word in elements(found, "ocrx_word")] == [
        *((360, 10, 420, 30), (300, 10, 350, 30))
    ]


def test_words_that_do_not_spell_the_line_give_way_to_it() -> None:
    found = worded("Thank you", 20, 10)
    mended = Line("Thanks you", found.polygon, found.words, 0.75)
    (word,) = elements(parsed(Result({1: page(mended)})), "ocrx_word")
    assert (text_of(word), box(word)) == ("Thanks you", (20, 10, 110, 30))


@pytest.mark.parametrize(
    ("polygon", "said"),
    [
        (((10, 10), (110, 20), (110, 40), (10, 30)), "baseline 0.100 -10"),
        (((10, 110), (10, 10), (30, 10), (30, 110)), "textangle 90"),
        (((30, 10), (30, 110), (10, 110), (10, 10)), "textangle -90"),
        (((110, 30), (10, 30), (10, 10), (110, 10)), "textangle 180"),
    ],
)
def test_lines_that_are_not_level(polygon: tuple, said: str) -> None:
    found = Page(200, 200, (Line("leaning", polygon),), "leaning")
    root = parsed(Result({1: found}))
    check(root)
    assert said in (elements(root, "ocr_line")[0].get("title") or "")


def test_what_sticks_out_of_the_page_is_cut() -> None:
    root = parsed(Result({1: page(line("Bread", 580, 390))}))
    check(root)
    assert box(elements(root, "ocr_line")[0]) == (580, 390, 600, 400)


@pytest.mark.parametrize("found", [Page(9, 9), told(""), Page(9, 9, text="alone")])
def test_next_to_nothing_keeps_the_rules(found: Page) -> None:
    root = parsed(Result({1: found}))
    check(root)
    (written,) = elements(root, "ocr_page")
    assert text_of(written).strip() == found.text
