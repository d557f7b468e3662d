"""A description as a file: its caption is no print, the things in it stand nowhere."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engines import EXPORTS, Box, Line, Page, Result, Wishes, export_result

CAPTION = "A red car beside two trees."
THINGS = (
    Line("a red car", Box(10, 20, 60, 50).polygon),
    Line("two *trees*", Box(70, 5, 80, 45).polygon),
    Line("two *trees*", Box(84, 5, 94, 45).polygon),
)
PAGE = Page(100, 60, THINGS, CAPTION, "kosmos-2", is_description=True)


def told(as_: str, page: Page = PAGE, **wishes: bool) -> str:
    return export_result(as_, Result({1: page}), Wishes(**wishes)).decode()


@pytest.mark.parametrize("layout", [False, True])
def test_text(layout: bool) -> None:
    assert told("txt", layout=layout).strip() == CAPTION


def test_json() -> None:
    [page] = json.loads(told("json"))["pages"]
    assert (page["description"], page["text"]) == (True, CAPTION)
    assert page["lines"][0] == {
        "text": "a red car",
        "confidence": None,
        "polygon": [[10, 20], [60, 20], [60, 50], [10, 50]],
        "words": [],
    }


def test_markdown() -> None:
    assert told("md") == f"{CAPTION}\n\n- a red car\n- two \\*trees\\*\n"
    assert told("md", replace(PAGE, lines=())) == f"{CAPTION}\n"


def test_a_table_has_the_things_and_their_places() -> None:
    rows = [row for row in told("csv").splitlines() if row]
    assert len(rows) == 1 + len(THINGS)
    assert "a red car" in rows[1]


@pytest.mark.parametrize("as_", ["html", "hocr", "alto", "vision"])
def test_formats_of_print_have_no_things(as_: str) -> None:
    said = told(as_)
    assert all(word in said for word in CAPTION.rstrip(".").split())
    assert "*trees*" not in said


@pytest.mark.parametrize(
    "as_", [name for name in EXPORTS if name not in ("pdf", "png")]
)
def test_every_format_can_be_made(as_: str) -> None:
    assert export_result(as_, Result({1: PAGE}), Wishes())
