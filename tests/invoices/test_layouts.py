"""tests.invoices.layouts: the labelled folder, and templates drawn as people do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from engines import Box, Kind, Line, Page, Word
from tests.invoices.drawn import SIZE, folder
from tests.invoices.layouts import (
    Invoice,
    Truth,
    date_order,
    drawn_box,
    guess_label,
    languages,
    load_invoices,
    make_layout,
)
from tests.invoices.readings import read_page


def line(text: str, box: Box) -> Line:
    """A line whose words are equally wide."""
    parts = text.split()
    step = box.width / len(parts)
    words = tuple(
        Word(
            part,
            Box(
                box.left + i * step, box.top, box.left + (i + 1) * step - 2, box.bottom
            ),
        )
        for i, part in enumerate(parts)
    )
    return Line(text, box.polygon, words)


def dated(date_format: str) -> Invoice:
    box = Box(0, 0, 10, 10)
    truths = (Truth("DATE", "date", box, box, "2021-12-27", date_format),)
    return Invoice(Path("page.png"), "1", truths)


def test_it_works(tmp_path: Path) -> None:
    """A template on a drawn bill: fixed fields where the truth has them, and a floating
    one that is tied to the label on its left."""
    invoice = load_invoices(folder(tmp_path))["1"][0]
    image = invoice.open()
    layout = make_layout(invoice, image, read_page(image))
    number, date, total = layout.template.regions
    box = invoice.truths[0].box
    assert box is not None
    assert number.box.left * SIZE[0] == pytest.approx(box.left)
    assert number.anchor is None
    assert (date.name, date.kind, layout.template.date_order) == ("DATE", "date", "dmy")
    assert total.anchor is not None
    assert total.anchor.text == "Total due"
    assert total.anchor.box.right < total.box.left
    tight = invoice.truths[2].tight
    assert total.box.width * SIZE[0] >= 6 * tight.height
    assert (layout.reference.width, layout.reference.height) == SIZE


def test_the_folder_is_sorted_into_layouts(tmp_path: Path) -> None:
    layouts = load_invoices(folder(tmp_path))
    told = {
        name: [
            (
                invoice.path.name,
                [(x.name, x.kind, x.floats, x.expected) for x in invoice.truths],
            )
            for invoice in invoices
        ]
        for name, invoices in layouts.items()
    }
    assert told == {
        "1": [
            (
                "first.png",
                [
                    ("NUMBER", "text", False, "AB-1201"),
                    ("DATE", "date", False, "2021-12-27"),
                    ("TOTAL", "amount", True, "1250.0"),
                ],
            ),
            (
                "second.png",
                [
                    ("NUMBER", "text", False, "CD-3402"),
                    ("DATE", "date", False, "2022-01-03"),
                    ("TOTAL", "amount", True, "80.5"),
                ],
            ),
        ],
        "2": [
            ("fourth.png", [("SENDER", "text", False, "Harbour Books")]),
            ("third.png", [("SENDER", "text", False, "Corner Bakery")]),
        ],
    }


@pytest.mark.parametrize(
    ("kind", "expected", "value", "right"),
    [
        ("amount", "75974.0", "75974.00", True),
        ("amount", "75974.0", "75974.01", False),
        ("amount", "75974.0", "", False),
        ("amount", "75974.0", "seven", False),
        ("text", "Marc Demo", "Marc  Demo", True),
        ("text", "Marc Demo", "marc demo", False),
        ("text", "Marc Demo", "", False),
        ("date", "2015-02-02", "2015-02-02", True),
        ("date", "2015-02-02", "02/02/2015", False),
    ],
)
def test_a_value_is_held_against_the_truth(
    kind: Kind, expected: str, value: str, right: bool
) -> None:
    box = Box(0, 0, 1, 1)
    assert Truth("X", kind, box, box, expected).meets(value) is right


def test_a_label_on_the_left_is_preferred_to_one_above() -> None:
    left = line("Total TTC", Box(10, 10, 90, 30))
    over = line("Price", Box(200, 0, 260, 8))
    value = line("12,00", Box(200, 10, 260, 30))
    found = guess_label(Box(200, 10, 260, 30), Page(400, 100, (over, left, value)))
    assert found is not None
    assert found.text == "Total TTC"


def test_a_label_above_is_taken_where_nothing_is_on_the_left() -> None:
    over = line("Price", Box(200, 0, 260, 8))
    found = guess_label(Box(200, 10, 260, 30), Page(400, 100, (over,)))
    assert found is not None
    assert found.text == "Price"


def test_a_number_is_no_label() -> None:
    left = line("17 4,00", Box(10, 10, 90, 30))
    assert guess_label(Box(200, 10, 260, 30), Page(400, 100, (left,))) is None


def test_the_words_before_a_value_on_its_own_line_are_its_label() -> None:
    whole = line("TOTAL: 12,00", Box(100, 10, 260, 30))
    found = guess_label(Box(180, 10, 260, 30), Page(400, 100, (whole,)))
    assert found is not None
    assert (found.text, found.box.right) == ("TOTAL:", 178)


def test_nobody_draws_across_a_rule_or_other_print() -> None:
    image = Image.new("RGB", (600, 200), "white")
    ImageDraw.Draw(image).line((330, 0, 330, 200), "black", 3)
    tight = Box(240, 50, 300, 80)
    page = Page(
        600, 200, (Line("Total", None, (Word("Total", Box(100, 50, 180, 80)),)),)
    )
    invoice = Invoice(Path("x"), "1", (Truth("T", "amount", None, tight, "1"),))
    box = drawn_box(invoice.truths[0], invoice, image, page)
    assert (box.left, box.right) == (181, 328)


@pytest.mark.parametrize(
    ("printed", "order"),
    [("%d/%m/%Y", "dmy"), ("%Y-%m-%d", "ymd"), ("%Y-%d-%m", "ydm"), ("fr", "")],
)
def test_the_order_of_dates_is_the_layouts(printed: str, order: str) -> None:
    assert date_order(dated(printed)) == order


def test_a_months_name_says_the_language() -> None:
    assert languages(dated("fr")) == ("fra", "eng")
    assert languages(dated("%d/%m/%Y")) == ("eng",)
