"""page_to_json and page_from_json: the shape of a page in every result."""

from __future__ import annotations

import json

import pytest

from engines import Box, Line, Page, Word, page_from_json, page_to_json

PAGE = Page(
    width=200,
    height=100,
    lines=(
        Line(
            "Total 5.00",
            Box(10, 20.5, 90, 40).polygon,
            (
                Word("Total", Box(10, 20.5, 50, 40), 0.9),
                Word("5.00", Box(60, 20.5, 90, 40)),
            ),
            0.95,
        ),
        Line("said by a model without places"),
    ),
    text="Total 5.00\nsaid by a model without places",
    engine="ppocr",
    notes=("A note.",),
)
PLAIN = {
    "width": 200,
    "height": 100,
    "engine": "ppocr",
    "notes": ["A note."],
    "text": "Total 5.00\nsaid by a model without places",
    "lines": [
        {
            "text": "Total 5.00",
            "confidence": 0.95,
            "polygon": [[10, 20.5], [90, 20.5], [90, 40], [10, 40]],
            "words": [
                {
                    "text": "Total",
                    "confidence": 0.9,
                    "box": {"left": 10, "top": 20.5, "right": 50, "bottom": 40},
                },
                {
                    "text": "5.00",
                    "confidence": None,
                    "box": {"left": 60, "top": 20.5, "right": 90, "bottom": 40},
                },
            ],
        },
        {
            "text": "said by a model without places",
            "confidence": None,
            "polygon": None,
            "words": [],
        },
    ],
}


def test_it_works() -> None:
    assert page_to_json(PAGE) == PLAIN


def test_it_comes_back() -> None:
    assert page_from_json(json.loads(json.dumps(PLAIN))) == PAGE


def test_it_refuses_what_is_no_page() -> None:
    with pytest.raises(KeyError):
        page_from_json({"text": ""})
    with pytest.raises(ValueError, match="at least one pixel"):
        page_from_json({**PLAIN, "width": 0})
