"""read_vision: symbols and breaks make up the text, to the letter."""

from __future__ import annotations

import pytest

from engines import read_vision
from tests.engines.vision.made import (
    NEW_LINE,
    Json,
    answer,
    box,
    paragraph,
    word,
    written,
)

BOX = box(0, 0, 10, 10)


def page_of(value: Json):
    return read_vision(written(value)).pages[1]


@pytest.mark.parametrize(
    ("kind", "between"),
    [
        ("SPACE", " "),
        ("SURE_SPACE", " "),
        ("EOL_SURE_SPACE", "\n"),
        ("LINE_BREAK", "\n"),
        ("HYPHEN", "-\n"),
        ("UNKNOWN", ""),
        ("SOMETHING_NEW", ""),
        *((0, ""), (1, " "), (2, " "), (3, "\n"), (4, "-\n"), (5, "\n")),
    ],
)
def test_breaks(kind, between):
    words = word("one", BOX, {"type": kind}), word("two", BOX, NEW_LINE)
    page = page_of(answer(paragraph(*words)))
    assert page.text == f"one{between}two"
    told = page_of(answer(paragraph(*words), text=f"one{between}two"))
    assert (told.text, told.notes) == (page.text, ())
    assert "\n".join(line.text for line in page.lines) == page.text


def test_a_break_may_come_before():
    after = {"type": "SPACE", "isPrefix": True}
    page = page_of(answer(paragraph(word("on", BOX), word("e", BOX, after))))
    assert page.text == "on e"


def test_paragraphs_and_words_may_have_breaks_too():
    one = paragraph({**word("one", BOX), "property": {"detectedBreak": {"type": 1}}})
    one["property"] = {"detectedBreak": {"type": "LINE_BREAK"}}
    two = paragraph(word("two", BOX))
    two["property"] = {"detectedBreak": {"type": "SPACE", "isPrefix": True}}
    page = page_of(answer(one, two))
    assert page.text == "one \n two"
    assert [line.text for line in page.lines] == ["one", "two"]


def test_the_text_keeps_the_break_at_its_end():
    """Older answers end in one, newer ones do not."""
    whole = paragraph(word("one", BOX, NEW_LINE))
    assert page_of(answer(whole, text="one\n")).text == "one\n"
    assert page_of(answer(whole, text="one")).text == "one"


def test_another_text_than_the_words_is_kept_with_a_note():
    page = page_of(answer(paragraph(word("one", BOX, NEW_LINE)), text="uno"))
    assert page.text == "uno"
    assert [line.text for line in page.lines] == ["one"]
    assert page.notes == (
        "The words of the file do not make up its text; the text was kept.",
    )


def test_a_word_may_break_within():
    whole = word("understand", BOX, NEW_LINE)
    whole["symbols"][4]["property"] = {"detectedBreak": {"type": "HYPHEN"}}
    page = page_of(answer(paragraph(whole)))
    assert page.text == "under-\nstand"
    assert [(line.text, len(line.words)) for line in page.lines] == [
        ("under-", 1),
        ("stand", 0),
    ]


def test_hebrew_is_in_logical_order():
    words = word("שלום", box(60, 0, 90, 10), {"type": "SPACE"}), word("לך", BOX)
    page = page_of(answer(paragraph(*words)))
    assert page.text == "שלום לך"
    assert [x.text for x in page.lines[0].words] == ["שלום", "לך"]
