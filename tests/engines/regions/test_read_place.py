"""read_place: one region at a box that a person drew, by the real engines."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engines import (
    THRESHOLDS,
    Box,
    FieldReading,
    Kind,
    Polygon,
    Region,
    Template,
    read_place,
)
from tests.engines.regions.sheets import Sheet, drawn_around, wider

ANYWHERE = Box(0, 0, 1, 1)
ENGLISH = Template()
ARABIC = Template(languages=("ara", "eng"))


def region(kind: Kind = "text", **wishes: Any) -> Region:
    return Region("Field", kind, ANYWHERE, **wishes)


def read(
    text: str, kind: Kind = "text", template: Template = ENGLISH, **wishes: object
) -> FieldReading:
    """What is read of *text*, printed alone."""
    sheet = Sheet()
    box = sheet.write(300, 400, text)
    return read_place(sheet.image, template, region(kind, **wishes), drawn_around(box))


def test_it_works() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "EUR 1 234,50")
    found = read_place(sheet.image, ENGLISH, region("amount"), drawn_around(box))
    assert (found.name, found.kind, found.page) == ("Field", "amount", 1)
    assert (found.value, found.currency) == ("1234.50", "EUR")
    assert (found.cause, found.reason, found.alternatives) == ("", "", ())
    assert THRESHOLDS["amount"] <= found.confidence < 1
    assert found.polygon == drawn_around(box)
    assert found.crop is not None
    assert found.processed is not None
    assert found.details["weakest"] > 0.9


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "Corner Bakery", "Corner Bakery"),
        ("integer", "20", "20"),
        ("amount", "(1,234.56)", "-1234.56"),
        ("date", "27/12/2021", "2021-12-27"),
        ("date", "12 March 2022", "2022-03-12"),
        ("code", "FA02/2015/020059", "FA02/2015/020059"),
        ("digits", "004711", "004711"),
    ],
)
def test_each_kind_is_read(kind: Kind, text: str, value: str) -> None:
    found = read(text, kind)
    assert (found.value, found.cause) == (value, "")


def test_a_blank_place_is_empty_and_sure() -> None:
    found = read_place(
        Sheet().image, ENGLISH, region("amount"), Box(9, 9, 300, 60).polygon
    )
    assert (found.raw, found.value, found.cause) == ("", "", "")
    assert found.confidence >= THRESHOLDS["amount"]


def test_a_blank_place_that_must_hold_something_is_missing() -> None:
    place = Box(9, 9, 300, 60).polygon
    found = read_place(Sheet().image, ENGLISH, region(required=True), place)
    assert (found.value, found.confidence, found.cause) == ("", 0.0, "missing")
    assert found.reason


def test_an_empty_box_with_its_frame_is_blank() -> None:
    sheet, frame = Sheet(), Box(300, 400, 600, 460)
    sheet.frame(frame)
    found = read_place(sheet.image, ENGLISH, region(), wider(frame, 3, 3).polygon)
    assert (found.value, found.cause) == ("", "")


def test_a_frame_around_the_print_is_not_read() -> None:
    sheet = Sheet()
    frame = wider(sheet.write(300, 400, "1117.10"), 12, 10)
    sheet.frame(frame)
    found = read_place(
        sheet.image, ENGLISH, region("amount"), wider(frame, 2, 2).polygon
    )
    assert (found.raw, found.cause) == ("1117.10", "")
    assert found.processed is not None
    # White to the edges: the frame is gone from what was read.
    assert np.asarray(found.processed.convert("L"))[:, 0].min() > 200


def test_a_rule_under_the_print_is_not_read() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "Harbour Books")
    sheet.draw.line((200, box.bottom + 3, 800, box.bottom + 3), "black", 3)
    found = read_place(sheet.image, ENGLISH, region(), wider(box, 30, 12).polygon)
    assert (found.value, found.cause) == ("Harbour Books", "")


def test_neighbours_are_left_out_and_letters_that_the_edge_cuts_are_kept() -> None:
    sheet = Sheet()
    sheet.write(300, 352, "Line above the value")
    box = sheet.write(300, 400, "INV-2048")
    sheet.write(300, 448, "Line below the value")
    sheet.write(560, 400, "Right")
    cut = Box(box.left + 4, box.top + 4, box.right - 4, box.bottom - 2)
    found = read_place(sheet.image, ENGLISH, region("code"), cut.polygon)
    assert found.value == "INV-2048"


def test_lines_of_a_text_are_joined() -> None:
    sheet = Sheet()
    first = sheet.write(300, 400, "Northern Timber")
    last = sheet.write(300, 450, "14 Harbour Street")
    place = wider(Box(first.left, first.top, last.right, last.bottom)).polygon
    found = read_place(sheet.image, ENGLISH, region(), place)
    assert found.raw == "Northern Timber\n14 Harbour Street"
    assert found.value == "Northern Timber 14 Harbour Street"


def test_of_two_lines_the_one_with_the_value_is_taken() -> None:
    sheet = Sheet()
    first = sheet.write(300, 400, "Invoice date")
    last = sheet.write(300, 450, "27/12/2021")
    place = wider(Box(first.left, first.top, first.right, last.bottom)).polygon
    found = read_place(sheet.image, ENGLISH, region("date"), place)
    assert (found.value, found.raw) == ("2021-12-27", "Invoice date 27/12/2021")


def test_two_values_in_one_region_are_for_a_person() -> None:
    sheet = Sheet()
    first = sheet.write(300, 400, "117.10")
    last = sheet.write(300, 450, "238.20")
    place = wider(Box(first.left, first.top, first.right, last.bottom)).polygon
    found = read_place(sheet.image, ENGLISH, region("amount"), place)
    assert (found.value, found.cause) == ("117.10", "ambiguous")
    assert found.alternatives == ("238.20",)
    assert found.confidence < THRESHOLDS["amount"]


def test_white_print_on_a_dark_head_is_read() -> None:
    sheet = Sheet()
    sheet.draw.rectangle((200, 350, 900, 500), "navy")
    box = sheet.write(300, 400, "Deco Addict", ink="white")
    found = read_place(sheet.image, ENGLISH, region(), drawn_around(box))
    assert (found.value, found.cause) == ("Deco Addict", "")


def test_small_print_is_enlarged() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "12/27/2021", size=13)
    found = read_place(sheet.image, ENGLISH, region("date"), wider(box, 4, 4).polygon)
    assert (found.value, found.cause) == ("2021-12-27", "")
    assert found.crop is not None
    assert found.crop.width > 2 * box.width


def test_a_leaning_box_is_made_level() -> None:
    sheet = Sheet()
    box = wider(sheet.write(300, 400, "FA02/2015/020059"))
    turned = sheet.image.rotate(-8, Image.Resampling.BICUBIC, fillcolor="white")
    cx, cy = (side / 2 for side in sheet.image.size)
    across, down = cos(radians(8)), sin(radians(8))
    a, b, c, d = (
        (
            cx + across * (x - cx) - down * (y - cy),
            cy + down * (x - cx) + across * (y - cy),
        )
        for x, y in box.polygon
    )
    found = read_place(turned, ENGLISH, region("code"), (a, b, c, d))
    assert (found.value, found.cause) == ("FA02/2015/020059", "")


@pytest.mark.parametrize(
    ("wishes", "text"),
    [
        ({"pattern": r"FA\d+"}, "XY12"),
        ({"choices": frozenset({"4711", "4712"})}, "9999"),
        ({"check": "luhn"}, "1234"),
    ],
    ids=["pattern", "choices", "check"],
)
def test_what_breaks_its_form_is_invalid(wishes: dict[str, object], text: str) -> None:
    found = read(text, "code", **wishes)
    assert (found.value, found.cause) == (text, "invalid")
    assert found.reason
    assert found.confidence < THRESHOLDS["code"]


def test_what_is_no_value_of_its_kind_is_invalid() -> None:
    found = read("Thank you", "amount")
    assert (found.value, found.cause, found.confidence) == ("", "invalid", 0.0)


@pytest.mark.parametrize("text", [".FA01/2015", "BC06735."])
def test_a_stray_point_at_an_end_is_a_doubt(text: str) -> None:
    found = read(text)
    assert (found.value, found.cause) == (text, "doubtful")
    assert "stray" in found.reason


def test_a_date_of_two_meanings_is_ambiguous() -> None:
    found = read("03/04/2021", "date")
    assert found.cause == "ambiguous"
    assert found.confidence < THRESHOLDS["date"]


def test_the_order_of_the_template_decides() -> None:
    found = read("03/04/2021", "date", Template(date_order="mdy"))
    assert (found.value, found.cause) == ("2021-03-04", "")


def test_print_that_cannot_be_read_goes_to_review() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "1 234.50", size=30)
    crushed = sheet.image.resize((155, 219)).resize(sheet.image.size)
    found = read_place(crushed, ENGLISH, region("amount"), drawn_around(box))
    assert found.cause in ("unreadable", "invalid", "disagree", "doubtful")


def test_western_digits_are_read_where_arabic_ones_may_stand() -> None:
    found = read("12/27/2021", "date", ARABIC)
    assert (found.value, found.cause) == ("2021-12-27", "")


def test_arabic_text_is_read() -> None:
    sheet = Sheet()
    box = sheet.write_arabic(300, 400, "شركة النور للتجارة", size=40)
    found = read_place(sheet.image, ARABIC, region(), drawn_around(box))
    assert found.value == "شركة النور للتجارة"


def test_a_region_off_the_page_is_not_read() -> None:
    place = Box(2000, 400, 2300, 460).polygon
    found = read_place(Sheet().image, ENGLISH, region(), place)
    assert (found.value, found.confidence, found.cause) == ("", 0.0, "unregistered")


def test_a_region_half_off_the_page_is_doubtful() -> None:
    sheet = Sheet()
    box = sheet.write(1120, 400, "117.1")
    place = Box(box.left - 8, box.top - 8, 1300, box.bottom + 8).polygon
    found = read_place(sheet.image, ENGLISH, region("amount"), place)
    assert (found.value, found.cause) == ("117.1", "doubtful")
    assert "outside" in found.reason


@pytest.mark.parametrize(
    "place",
    [
        Box(300, 400, 301, 401).polygon,
        Box(300, 400, 300, 400).polygon,
        ((0.0, 0.0), (50.0, 0.0), (10.0, 5.0), (0.0, 50.0)),
        ((0.0, 0.0), (0.0, 50.0), (50.0, 50.0), (50.0, 0.0)),
        ((float("nan"), 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0)),
    ],
    ids=["tiny", "empty", "hollow", "mirrored", "nowhere"],
)
def test_a_place_without_room_is_not_read(
    place: Polygon,
) -> None:
    found = read_place(Sheet().image, ENGLISH, region(), place)
    assert (found.value, found.confidence, found.cause) == ("", 0.0, "unregistered")
    assert found.crop is None
