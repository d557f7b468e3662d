"""documents/templatetags/lines.py: how lines are shown"""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from documents.templatetags import lines


@pytest.mark.parametrize(
    ("confidence", "words", "marked"),
    [
        (0.99, [("a", 0.99), ("<b>", 0.99), ("a", 0.99)], "a &lt;b&gt; a"),
        (0.99, [("a", 0.99), ("<b>", 0.5), ("a", 0.99)], "a <mark>&lt;b&gt;</mark> a"),
        (0.5, [("a", 0.5), ("<b>", 0.99), ("a", 0.99)], "<mark>a</mark> &lt;b&gt; a"),
        (0.5, [], "<mark>a &lt;b&gt; a</mark>"),
        (None, [], "a &lt;b&gt; a"),
    ],
)
def test_doubtful_words_are_marked(
    confidence: float | None, words: list[tuple[str, float]], marked: str
) -> None:
    line: dict[str, Any] = {
        "text": "a <b> a",
        "confidence": confidence,
        "words": [{"text": text, "confidence": value} for text, value in words],
    }
    assert lines.marked(line) == marked


def test_of_words_alike_the_doubtful_one_is_marked() -> None:
    words = [{"text": "a", "confidence": value} for value in (0.99, 0.5)]
    line = {"text": "a a", "confidence": 0.99, "words": words}
    assert lines.marked(line) == "a <mark>a</mark>"


def test_what_other_engines_read_is_told() -> None:
    others = [
        {"text": "Total", "engine": "tesseract"},
        {"text": "", "engine": "ppocr"},
        {"text": "Total", "engine": "arabic"},
    ]
    word = {"text": "T0tal", "confidence": 0.5, "alternatives": others}
    line = {"text": "T0tal 1", "confidence": 0.99, "words": [word]}
    line["words"].append({"text": "1", "confidence": 0.99})
    assert lines.marked(line) == (
        '<mark class="others" data-others="[[&quot;Total&quot;, &quot;Tesseract, '
        'Arabic&quot;], [&quot;&quot;, &quot;PP-OCR&quot;]]" '
        'title="Tesseract, Arabic: Total · PP-OCR: nothing here">T0tal</mark> 1'
    )
    word["confidence"] = 0.99
    assert lines.marked(line).startswith('<mark class="others sure" ')


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ({"text": ""}, True),
        ({"text": "a"}, False),
        ({"text": "", "corrected": True}, False),  # somebody emptied it
    ],
)
def test_a_line_that_was_found_alone_says_so(line: dict, is_told: bool) -> None:
    shown = render_to_string(
        "documents/_line.html", {"line": {"confidence": None, "words": []} | line}
    )
    assert ('data-empty="found, not read"></span>' in shown) == is_told


@pytest.mark.parametrize(
    ("confidence", "words", "is_doubtful"),
    [
        (0.99, [0.99, 0.99], False),
        (0.99, [0.99, 0.5], True),
        (0.5, [0.99, 0.99], True),
        (0.99, [0.5, 0.5], False),  # the line is surer than its words
        (None, [], False),
    ],
)
def test_a_line_is_doubtful_if_a_word_is(
    confidence: float | None, words: list[float], is_doubtful: bool
) -> None:
    line: dict[str, Any] = {
        "text": "a b",
        "confidence": confidence,
        "words": [
            {"text": text, "confidence": value}
            for text, value in zip("ab", words, strict=False)
        ],
    }
    assert lines.is_doubtful_line(line) is is_doubtful


def test_a_corrected_line_is_in_no_doubt() -> None:
    words = [{"text": "a", "confidence": 0.2}]
    line = {"text": "a", "confidence": 0.2, "words": words, "corrected": True}
    assert (lines.line_level(line), lines.marked(line)) == ("right", "a")
