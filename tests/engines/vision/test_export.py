"""export_result(…, "vision"): what Google would answer, and read_vision back again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines import Box, Line, Page, Result, Word, export_result, read_vision

LETTERS = "abcXYZ12.,-€éشلاםש漢"
TOTAL = Word("Total", Box(10, 20, 60, 40), 0.9)
PRICE = Word("12.50", Box(70, 20, 120, 40), 0.8)
LINE = Line("Total 12.50", Box(9, 19, 121, 41).polygon, (TOTAL, PRICE), 0.85)
THANKS = Line("Thanks!", Box(9, 70, 80, 90).polygon, (), 0.5)
PAGE = Page(200, 100, (LINE, THANKS), "Total 12.50\n\nThanks!")


def exported(*pages: Page) -> list[dict[str, Any]]:
    result = Result(dict(enumerate(pages, 1)))
    return json.loads(export_result("vision", result))["responses"]


def joined(full: dict[str, Any]) -> str:
    """The text by Google's rules, from the symbols and their breaks alone."""
    breaks = {"SPACE": " ", "LINE_BREAK": "\n", None: ""}
    return "".join(
        symbol["text"]
        + breaks[symbol.get("property", {}).get("detectedBreak", {}).get("type")]
        for page in full["pages"]
        for block in page["blocks"]
        for paragraph in block["paragraphs"]
        for word in paragraph["words"]
        for symbol in word["symbols"]
    )


def corners(left: int, top: int, right: int, bottom: int) -> dict[str, Any]:
    points = Box(left, top, right, bottom).polygon
    return {"vertices": [{"x": x, "y": y} for x, y in points]}


def test_it_works():
    [found] = exported(Page(200, 100, (LINE,), "Total 12.50"))
    assert found["context"] == {"pageNumber": 1}
    assert found["textAnnotations"] == [
        {"description": "Total 12.50", "boundingPoly": corners(10, 20, 120, 40)},
        {"description": "Total", "boundingPoly": corners(10, 20, 60, 40)},
        {"description": "12.50", "boundingPoly": corners(70, 20, 120, 40)},
    ]
    full = found["fullTextAnnotation"]
    assert full["text"] == "Total 12.50"
    [page] = full["pages"]
    assert (page["width"], page["height"], page["confidence"]) == (200, 100, 0.85)
    [block] = page["blocks"]
    assert block["blockType"] == "TEXT"
    assert block["boundingBox"] == corners(9, 19, 121, 41)
    [paragraph] = block["paragraphs"]
    assert paragraph["boundingBox"] == corners(9, 19, 121, 41)
    first, second = paragraph["words"]
    assert first["boundingBox"] == corners(10, 20, 60, 40)
    assert first["confidence"] == 0.9
    assert first["symbols"][0] == {
        "boundingBox": corners(10, 20, 20, 40),
        "text": "T",
        "confidence": 0.9,
    }
    assert first["symbols"][-1]["property"] == {"detectedBreak": {"type": "SPACE"}}
    last = second["symbols"][-1]
    assert last["property"] == {"detectedBreak": {"type": "LINE_BREAK"}}


def test_a_gap_in_the_text_ends_a_block():
    [found] = exported(PAGE)
    full = found["fullTextAnnotation"]
    assert full["text"] == "Total 12.50\nThanks!"
    assert len(full["pages"][0]["blocks"]) == 2


def test_words_of_a_line_without_any_are_cut_from_its_length():
    line = Line("ab cd", Box(0, 0, 50, 10).polygon)
    found = exported(Page(60, 20, (line,), "ab cd"))[0]["textAnnotations"]
    assert found[1] == {"description": "ab", "boundingPoly": corners(0, 0, 20, 10)}
    assert found[2] == {"description": "cd", "boundingPoly": corners(30, 0, 50, 10)}


def test_words_that_a_correction_left_behind_are_cut_anew():
    found = exported(Page(200, 100, (replace(LINE, text="Total 13"),), "Total 13"))[0]
    words = [one["description"] for one in found["textAnnotations"]]
    assert words == ["Total 13", "Total", "13"]


def test_arabic_letters_stand_from_the_right():
    word = Word("خبز", Box(0, 0, 30, 10))
    line = Line("خبز", word.box.polygon, (word,))
    full = exported(Page(60, 20, (line,), "خبز"))[0]["fullTextAnnotation"]
    [one] = full["pages"][0]["blocks"][0]["paragraphs"][0]["words"]
    assert one["symbols"][0]["text"] == "خ"
    assert one["symbols"][0]["boundingBox"] == corners(20, 0, 30, 10)


def test_marks_stay_on_their_letters():
    line = Line("e\u0301t\u0301", Box(0, 0, 20, 10).polygon)
    full = exported(Page(60, 20, (line,), line.text))[0]["fullTextAnnotation"]
    [one] = full["pages"][0]["blocks"][0]["paragraphs"][0]["words"]
    assert [x["text"] for x in one["symbols"]] == ["e\u0301", "t\u0301"]


def test_corners_of_print_up_the_edge_begin_where_its_text_does():
    up = ((5, 90), (5, 50), (15, 50), (15, 90))
    line = Line("up", up, (Word("up", Box(5, 50, 15, 90)),))
    found = exported(Page(60, 100, (line,), "up"))[0]["textAnnotations"][1]
    assert found["boundingPoly"]["vertices"] == [{"x": x, "y": y} for x, y in up]


def test_text_without_places():
    """A vision model says what it reads, not where."""
    found = exported(Page(60, 20, (), "two lines\nof text"))[0]
    assert found["textAnnotations"][1] == {"description": "two"}
    assert found["fullTextAnnotation"]["text"] == "two lines\nof text"
    assert read_vision(json.dumps(found).encode()).pages[1].text == "two lines\nof text"


def test_a_blank_page_keeps_its_size():
    [found] = exported(Page(60, 20))
    size = {"width": 60, "height": 20, "blocks": []}
    assert found == {
        "fullTextAnnotation": {"pages": [size], "text": ""},
        "context": {"pageNumber": 1},
    }
    assert read_vision(json.dumps(found).encode()).pages[1] == Page(
        60, 20, engine="google-vision"
    )


def test_pages_keep_their_numbers():
    content = export_result("vision", Result({9: PAGE, 4: PAGE}))
    assert list(read_vision(content).pages) == [4, 9]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Rows of words, some sharing a row of the text, on whole pixels."""
    lines, text = [], ""
    for row in range(draw(st.integers(1, 4))):
        words, left = [], 5
        for said in draw(
            st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=5)
        ):
            box = Box(left, 30 * row + 5, left + 8 * len(said), 30 * row + 25)
            words.append(Word(said, box, draw(st.none() | st.floats(0.01, 1))))
            left += 8 * len(said) + draw(st.sampled_from([0, 6]))
        parts = draw(st.sampled_from([" ", ""])).join(word.text for word in words)
        polygon = (
            *((5, 30 * row + 5), (left, 30 * row + 8)),
            *((left, 30 * row + 28), (5, 30 * row + 25)),
        )
        confidence = draw(st.floats(0.01, 1))
        lines.append(Line(parts, polygon, tuple(words), confidence))
        text += parts + draw(st.sampled_from(["\n", "\n", " "]))
    return Page(10_000, 10_000, tuple(lines), text[:-1], "google-vision")


@settings(deadline=None, max_examples=60)  # a busy machine is no defect
@given(pages())
def test_it_comes_back_as_it_was(page: Page) -> None:
    [found] = exported(page)
    assert joined(found["fullTextAnnotation"]).rstrip("\n") == page.text
    assert read_vision(json.dumps(found).encode()).pages == {1: page}


@pytest.mark.parametrize("page", [PAGE, Page(60, 20, (), "of\n\na model")])
def test_symbols_and_breaks_make_up_the_text(page):
    full = exported(page)[0]["fullTextAnnotation"]
    assert joined(full).removesuffix("\n") == full["text"]
