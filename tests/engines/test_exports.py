"""export_result: pages as files."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from engines import (
    EXPORTS,
    Box,
    Line,
    OcrError,
    Page,
    Result,
    Wishes,
    export_result,
    page_to_json,
)


def page(*items: tuple[str, float, float], right: float = 0.0) -> Page:
    """Lines of 20 px, 10 px a letter, at (left, top); left below 0: from the right."""
    lines = tuple(Line(text, box_of(text, *at).polygon) for text, *at in items)
    return Page(600, 400, lines, "\n".join(line.text for line in lines))


def box_of(text: str, left: float, top: float) -> Box:
    start = left if left >= 0 else 600 + left - 10 * len(text)
    return Box(start, top, start + 10 * len(text), top + 20)


RECEIPT = page(
    ("Bread", 20, 10),
    ("7.80", -30, 12),
    ("Honey", 20, 40),
    ("115.40", -30, 38),
    ("Total", 20, 120),
    ("123.20", -30, 120),
)


def test_every_format_has_a_row() -> None:
    assert {name: (x.media_type, x.ending) for name, x in EXPORTS.items()} == {
        "txt": ("text/plain; charset=utf-8", ".txt"),
        "json": ("application/json", ".json"),
        "vision": ("application/json", ".json"),
        "md": ("text/markdown; charset=utf-8", ".md"),
        "html": ("text/html; charset=utf-8", ".html"),
        "csv": ("text/csv; charset=utf-8", ".csv"),
        "tsv": ("text/tab-separated-values; charset=utf-8", ".tsv"),
        "hocr": ("application/xhtml+xml", ".hocr"),
        "alto": ("application/xml", ".xml"),
        "xlsx": (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
        ),
        "pdf": ("application/pdf", ".pdf"),
        "png": ("image/png", ".png"),
    }


def test_txt() -> None:
    pages = {2: page(("two", 0, 0)), 1: page(("one", 0, 0))}
    assert export_result("txt", Result(pages)) == b"one\n\ftwo\n"


def test_txt_keeps_columns() -> None:
    assert export_result("txt", Result({1: RECEIPT}), Wishes(layout=True)).decode() == (
        "Bread                                              7.80\n"
        "Honey                                            115.40\n"
        "\n"
        "Total                                            123.20\n"
    )


def test_txt_makes_room_for_narrow_print() -> None:
    words = "a column of rather narrow print that is long"
    narrow = Line(words, Box(0, 0, 200, 20).polygon)
    beside = Line("beside", Box(210, 0, 270, 20).polygon)
    below = Line("below", Box(210, 30, 260, 50).polygon)
    found = Page(600, 400, (narrow, beside, below), "")
    text = export_result("txt", Result({1: found}), Wishes(layout=True)).decode()
    assert text == f"{words} beside\n{' ' * 42}below\n"


def test_txt_of_arabic_runs_from_the_right() -> None:
    """So that a viewer that knows right from left shows each cell in its place."""
    found = page(
        ("الوصف", -30, 10),
        ("المبلغ", 200, 10),
        ("خبز", -30, 40),
        ("١٥٫٧٥", 210, 40),
        ("Net", -30, 70),
        ("12.50", 210, 70),
    )
    text = export_result("txt", Result({1: found}), Wishes(layout=True)).decode()
    assert text == (
        f"الوصف{' ' * 26}المبلغ\n"
        f"خبز{' ' * 28}\u200f١٥٫٧٥\u200f\n"
        f"\u200fNet\u200f{' ' * 28}\u200f12.50\u200f\n"
    )


def test_txt_keeps_arabic_cells_where_they_stand() -> None:
    """Two of them beside each other would change places among Latin lines."""
    found = page(("Item and description", 20, 10), ("خبز", 300, 10), ("عسل", 400, 10))
    text = export_result("txt", Result({1: found}), Wishes(layout=True)).decode()
    assert text == (
        "Item and description        \u200eخبز\u200e       \u200eعسل\u200e\n"
    )


@pytest.mark.parametrize("lines", [(), (Line("said without a place"),)])
def test_txt_without_places_is_the_plain_text(lines: Sequence[Line]) -> None:
    found = Page(9, 9, tuple(lines), "the text")
    assert (
        export_result("txt", Result({1: found}), Wishes(layout=True)) == b"the text\n"
    )


def test_json() -> None:
    found = Page(9, 9, (), "é ١٢٣", "ppocr")
    written = export_result("json", Result({7: found}))
    assert json.loads(written) == {"pages": [{"number": 7, **page_to_json(found)}]}
    assert "é ١٢٣".encode() in written


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(OcrError, match=r"no format “doc”\. Choose one of: txt, json"):
        export_result("doc", Result({}))
