"""hocr: XHTML that keeps the rules of hOCR 1.2."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from engines import Line, Page, Result, export_result
from tests.engines.exports.made import ARABIC, EVERYTHING, line, page, told, worded

XHTML = "{http://www.w3.org/1999/xhtml}"
WITHIN = {
    "ocr_page": "body",
    "ocr_carea": "ocr_page",
    "ocr_par": "ocr_carea",
    "ocr_line": "ocr_par",
    "ocrx_word": "ocr_line",
}
PROPERTY = {
    "bbox": r"\d+ \d+ \d+ \d+",
    "ppageno": r"\d+",
    "baseline": r"-?\d+\.\d{3} -?\d+",
    "textangle": r"-?\d+",
    "x_wconf": r"\d{1,2}|100",
    "x_corrected": "1",
}


def parsed(result: Result) -> etree._Element:
    """The file as an XML parser sees it that loads nothing."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.fromstring(export_result("hocr", result), parser)


def properties(node: etree._Element) -> dict[str, str]:
    said = filter(None, node.get("title", "").split("; "))
    return dict(one.split(" ", 1) for one in said)


def elements(root: etree._Element, kind: str = "") -> list[etree._Element]:
    return [node for node in root.iter() if kind in node.get("class", "") != ""]


def box(node: etree._Element) -> tuple[int, ...] | None:
    place = properties(node).get("bbox")
    return tuple(map(int, place.split())) if place else None


def meta(root: etree._Element) -> dict[str, str]:
    found = root.iter(f"{XHTML}meta")
    return {node.get("name", ""): node.get("content", "") for node in found}


def check(root: etree._Element) -> None:
    """The rules of hOCR 1.2 for what is written here.

    Metadata, nesting, properties, whole pixels, parts within the whole, unique ids,
    no marks of direction in the text.
    """
    about = meta(root)
    assert about["ocr-system"].startswith("ocrsite")
    assert about["ocr-number-of-pages"] == str(len(elements(root, "ocr_page")))
    ids = [node.get("id") for node in elements(root)]
    assert len(set(ids)) == len(ids)
    for node in elements(root):
        kind, above = node.get("class", ""), node.getparent()
        assert kind in about["ocr-capabilities"].split()
        assert above is not None
        assert WITHIN[kind] == above.get("class", "body")
        for name, value in properties(node).items():
            assert re.fullmatch(PROPERTY[name], value)
        inner, outer = box(node), box(above)
        if inner and outer:
            assert outer[0] <= inner[0] <= inner[2] <= outer[2]
            assert outer[1] <= inner[1] <= inner[3] <= outer[3]
    assert all((box(node) or ())[:2] == (0, 0) for node in elements(root, "ocr_page"))
    assert not re.search("[\u200e\u200f]", "".join(root.itertext()))


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
