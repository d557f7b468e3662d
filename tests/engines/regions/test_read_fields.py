"""read_fields: the regions of a template on a page, by registration."""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image

from engines import (
    Anchor,
    Box,
    FieldReading,
    Line,
    Page,
    Reference,
    Region,
    Registration,
    Template,
    Word,
    make_reference,
    read_fields,
)
from engines.registration.types import IDENTITY
from tests.engines.regions.sheets import SIZE, Sheet, fractions, wider

LAID = Registration("features", 1.0, IDENTITY)
LOST = Registration("", 0.0, IDENTITY, "The page looks like no print of this layout.")


@cache
def bill() -> tuple[Image.Image, Reference, Template]:
    """A page, prepared as a layout's reference, and a template drawn on it."""
    sheet = Sheet()
    sheet.write(100, 100, "Northern Timber Company", size=44)
    sheet.write(100, 300, "Invoice number")
    number = sheet.write(500, 300, "INV-2048")
    sheet.write(100, 360, "Invoice date")
    date = sheet.write(500, 360, "03/04/2021")
    sheet.write(100, 420, "Payable until")
    due = sheet.write(500, 420, "27/04/2021")
    label = sheet.write(700, 1200, "Total")
    total = sheet.write(900, 1200, "1 234,50")
    regions = (
        Region("Number", "code", fractions(wider(number))),
        Region("Date", "date", fractions(wider(date))),
        Region("Due", "date", fractions(wider(due))),
        Region("Total", "amount", fractions(wider(total))),
    )
    words = Word("Total", label)
    page = Page(*SIZE, (Line("Total", label.polygon, (words,)),))
    return sheet.image, make_reference(sheet.image, page), Template(regions)


def read(
    registration: Registration = LAID, image: Image.Image | None = None
) -> list[FieldReading]:
    page, reference, template = bill()
    return read_fields(
        image or page, template, reference, registration, regions=template.regions
    )


def test_it_works() -> None:
    assert [(x.name, x.value, x.cause) for x in read()] == [
        ("Number", "INV-2048", ""),
        ("Date", "2021-04-03", ""),  # 27/04 shows that the day comes first
        ("Due", "2021-04-27", ""),
        ("Total", "1234.50", ""),
    ]


def test_it_follows_the_registration() -> None:
    image = bill()[0]
    larger = Image.new("RGB", (1700, 2400), "white")
    larger.paste(image.resize((1488, 2105), Image.Resampling.LANCZOS), (150, 200))
    moved = (1.2, 0.0, 150.0, 0.0, 1.2, 200.0, 0.0, 0.0, 1.0)
    found = read(Registration("features", 1.0, moved), larger)
    assert [x.value for x in found] == [
        "INV-2048",
        "2021-04-03",
        "2021-04-27",
        "1234.50",
    ]


def test_a_page_that_is_not_laid_is_not_read() -> None:
    width, height = SIZE
    for found, region in zip(read(LOST), bill()[2].regions, strict=True):
        box = region.box
        naive = Box(
            box.left * width, box.top * height, box.right * width, box.bottom * height
        )
        assert (found.raw, found.value, found.confidence) == ("", "", 0.0)
        assert (found.cause, found.reason) == ("unregistered", LOST.reason)
        assert found.polygon == naive.polygon
        assert found.crop is not None
        assert found.processed is None


def test_a_region_whose_label_is_gone_is_not_read() -> None:
    page, reference, template = bill()
    anchor = Anchor("Total", fractions(Box(700, 1200, 780, 1240)))
    total = template.regions[-1]
    tied = Region(total.name, total.kind, total.box, anchor=anchor)
    without = page.copy()
    without.paste("white", (600, 1100, 1240, 1400))
    (found,) = read_fields(
        without,
        template,
        reference,
        LAID,
        regions=(tied,),
        read_words=lambda: Page(*SIZE),
    )
    assert (found.value, found.confidence, found.cause) == ("", 0.0, "unregistered")
    assert "Total" in found.reason


def test_doubt_about_the_page_is_doubt_about_its_fields() -> None:
    sure, unsure = read(), read(Registration("anchors", 0.3, IDENTITY))
    assert all(
        less.confidence < more.confidence
        for less, more in zip(unsure, sure, strict=True)
    )


def test_progress_is_told() -> None:
    page, reference, template = bill()
    told: list[tuple[int, int]] = []
    read_fields(
        page,
        template,
        reference,
        LAID,
        regions=template.regions[:2],
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("registration", [LAID, LOST])
def test_no_region_no_answer(registration: Registration) -> None:
    page, reference, template = bill()
    assert read_fields(page, template, reference, registration, regions=()) == []


def test_two_hundred_overlapping_regions_are_answered() -> None:
    page, reference, _ = bill()
    regions = tuple(
        Region(f"Field {number}", "text", Box(0.1, 0.6, 0.3 + number / 1000, 0.65))
        for number in range(200)
    )
    found = read_fields(page, Template(regions), reference, LAID, regions=regions)
    assert [(x.name, x.value, x.cause) for x in found] == [
        (region.name, "", "") for region in regions
    ]
