"""engines.place_region"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engines import Anchor, Box, Page, Region, place_region, register_page
from engines.registration import Registration
from engines.registration.types import IDENTITY
from engines.types import Polygon
from tests.engines.registration.drawings import (
    SIZE,
    Drawing,
    carried,
    lying,
    seen,
    timber,
)


def unread() -> Page:
    raise AssertionError("The page was read although its looks were enough.")


def around(polygon: Polygon) -> Box:
    return Box.around(list(polygon))


def holds(polygon: Polygon, box: Box, grace: float = 1.0) -> bool:
    outer = around(polygon)
    return (
        outer.left <= box.left + grace
        and outer.top <= box.top + grace
        and outer.right >= box.right - grace
        and outer.bottom >= box.bottom - grace
    )


def test_it_works() -> None:
    drawn, page = timber(), timber("YY-8800", rows=5)
    registration = register_page(page.image, drawn.reference)
    place = place_region(
        page.image, drawn.reference, registration, drawn.region("number"), unread
    )
    assert place.how in ("registration", "snapped")
    assert place.score == registration.score
    assert holds(place.polygon, page.boxes["number"])
    assert around(place.polygon).height < 2 * page.boxes["number"].height


@pytest.mark.parametrize("label", ["Net amount", "Sales tax", "Total due"])
@pytest.mark.parametrize("rows", [1, 6, 13])
def test_a_region_slides_with_its_label(label: str, rows: int) -> None:
    drawn, page = timber(), timber("YY-8", rows=rows)
    registration = register_page(page.image, drawn.reference)
    region = drawn.region(f"{label}?", anchor=label, pad=8)
    place = place_region(page.image, drawn.reference, registration, region, unread)
    assert place.how == "anchor"
    assert 0.5 < place.score <= 1.0
    # "1644.50" is wider than the "411.50" that was drawn around: its row is meant.
    row, true = around(place.polygon), page.boxes[f"{label}?"]
    assert abs(row.centre[1] - true.centre[1]) < true.height / 3
    assert abs(row.left - true.left) < true.height


def test_a_label_is_followed_on_a_photographed_page() -> None:
    drawn, page = timber(), timber("YY-8", rows=7)
    plane = lying(turn=5, scale=0.9, lean=0.08, shift=150)
    image = seen(page.image, plane, (1400, 1880))
    registration = register_page(image, drawn.reference)
    region = drawn.region("Total due?", anchor="Total due", pad=8)
    place = place_region(image, drawn.reference, registration, region, unread)
    assert place.how == "anchor"
    x, y = carried(plane, page.boxes["Total due?"].centre)
    box = around(place.polygon)
    assert box.left < x < box.right
    assert abs(box.centre[1] - y) < box.height / 3


def lost(page: Drawing) -> tuple[str, float, str]:
    drawn = timber()
    registration = register_page(page.image, drawn.reference)
    region = drawn.region("Total due?", anchor="Total due")
    place = place_region(
        page.image, drawn.reference, registration, region, lambda: page.page
    )
    return place.how, place.score, place.reason


def test_a_label_that_is_not_there_is_lost() -> None:
    page = timber("YY-8", rows=6, totals=("Net amount", "Sales tax", "Balance"))
    reason = "The label “Total due” was not found on the page."
    assert lost(page) == ("lost", 0.0, reason)


def test_a_label_that_only_looks_alike_is_not_taken() -> None:
    page = timber("YY-8", rows=6, totals=("Net amount", "Sales tax", "Total cut"))
    assert lost(page)[:2] == ("lost", 0.0)


def test_a_label_in_other_letters_is_found_by_its_words() -> None:
    drawn, page = timber(), timber("YY-8", rows=6, totals=("Net amount", "Sales tax"))
    page.write(640, 1200, "TOTAL DUE", size=34)
    page.write(990, 1200, "77.00", "value", size=34)
    registration = register_page(page.image, drawn.reference)
    region = drawn.region("Total due?", anchor="Total due")
    place = place_region(
        page.image, drawn.reference, registration, region, lambda: page.page
    )
    assert place.how == "anchor"
    value = page.boxes["value"]
    assert abs(around(place.polygon).centre[1] - value.centre[1]) < value.height / 2


def test_of_two_equal_labels_each_region_takes_its_own() -> None:
    def twice(rows: int) -> Drawing:
        made = timber("YY-8", rows=rows, totals=())
        for number, y in (("first", 1200 + 20 * rows), ("second", 1320 + 20 * rows)):
            made.write(640, y, "Subtotal", number)
            made.write(990, y, f"{number} one", f"{number}?")
        return made

    drawn, page = twice(3), twice(7)
    registration = register_page(page.image, drawn.reference)
    for number in ("first", "second"):
        region = drawn.region(f"{number}?")
        tied = Anchor("Subtotal", drawn.share(drawn.boxes[number]))
        place = place_region(
            page.image,
            drawn.reference,
            registration,
            replace(region, anchor=tied),
            unread,
        )
        assert holds(place.polygon, page.boxes[f"{number}?"], grace=3)


def test_a_region_grows_to_the_letters_it_cuts() -> None:
    drawn = timber()
    box = drawn.boxes["number"]
    cut = Box(box.left + 9, box.top + 2, box.right - 8, box.bottom - 2)
    region = Region("number", "text", drawn.share(cut))
    registration = register_page(drawn.image, drawn.reference)
    place = place_region(drawn.image, drawn.reference, registration, region)
    assert place.how == "snapped"
    assert holds(place.polygon, box, grace=5)  # the font leaves air beside its letters
    assert around(place.polygon).width < box.width + 8


def test_a_region_does_not_swallow_its_neighbour() -> None:
    drawn = timber()
    number = (
        drawn.write(80, 1500, "Reference:", "label"),
        drawn.write(220, 1500, "AB-77", "value"),
    )
    label, value = number
    region = drawn.region("value", pad=2)
    registration = register_page(drawn.image, drawn.reference)
    place = place_region(drawn.image, drawn.reference, registration, region)
    assert holds(place.polygon, value)
    assert around(place.polygon).left > label.right


def test_an_empty_region_stays_as_it_is() -> None:
    drawn = timber()
    region = Region("nothing", "text", Box(0.4, 0.85, 0.6, 0.88))
    registration = register_page(drawn.image, drawn.reference)
    place = place_region(drawn.image, drawn.reference, registration, region)
    assert place.how == "registration"
    assert around(place.polygon).width == pytest.approx(0.2 * SIZE[0], abs=2)


@pytest.mark.parametrize(
    "box", [Box(0, 0, 1, 1), Box(0, 0, 0.01, 0.01), Box(0.99, 0.998, 1, 1)]
)
def test_regions_at_the_edge_have_a_place(box: Box) -> None:
    drawn = timber()
    registration = register_page(drawn.image, drawn.reference)
    region = Region("edge", "text", box)
    assert place_region(drawn.image, drawn.reference, registration, region).how in (
        "registration",
        "snapped",
    )


def test_nothing_has_a_place_on_a_page_that_is_not_registered() -> None:
    drawn = timber()
    nowhere = Registration("", 0.0, IDENTITY, "Nothing in common.")
    place = place_region(
        drawn.image, drawn.reference, nowhere, drawn.region("number"), unread
    )
    assert (place.how, place.score, place.reason) == (
        "lost",
        0.0,
        "The page lies on no layout.",
    )
