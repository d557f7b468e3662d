"""Numbers in regions: Arabic-Indic ones, and who is asked about poor ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engines import Box, FieldReading, Kind, Region, Template, read_place
from tests.engines.regions.sheets import Sheet, drawn_around

ENGLISH = Template()
ARABIC = Template(languages=("ara", "eng"))
AMOUNTS = {"٥٦٠٠٠": "56000", "١": "1", "٢٥٠٠": "2500", "٩٩٫٥٠": "99.50"}


def read(sheet: Sheet, box: Box, kind: Kind, template: Template) -> FieldReading:
    region = Region("Field", kind, Box(0, 0, 1, 1))
    return read_place(sheet.image, template, region, drawn_around(box))


@pytest.mark.parametrize("text", AMOUNTS)
def test_arabic_digits_are_read(text: str) -> None:
    sheet = Sheet()
    found = read(sheet, sheet.write_arabic(300, 400, text), "amount", ARABIC)
    assert (found.raw, found.value) == (text, AMOUNTS[text])
    # A stroke alone may be much else: it may go to review.
    assert not found.cause or text == "١"


@pytest.mark.parametrize("text", AMOUNTS)
def test_without_their_reader_they_are_never_sure(
    text: str, enlist: Callable[[str, str], None]
) -> None:
    enlist("digits", "Missing")
    sheet = Sheet()
    assert read(sheet, sheet.write_arabic(300, 400, text), "amount", ARABIC).cause


@pytest.mark.parametrize("kind", ["amount", "text"])
def test_their_reader_is_asked_about_poor_numbers_alone(
    kind: Kind, enlist: Callable[[str, str], None]
) -> None:
    enlist("ppocr", "Guessing")  # 999, unsurely
    enlist("digits", "Erring")
    sheet = Sheet()
    found = read(sheet, sheet.write(300, 400, "999"), kind, ENGLISH)
    assert found.value == "999"
    surest = {"amount": 0.96, "text": 0.6}[kind]
    assert found.details["weakest"] == surest


def test_readers_that_differ_are_never_sure(enlist: Callable[[str, str], None]) -> None:
    enlist("ppocr", "Guessing")  # 999, unsurely
    enlist("digits", "Counting")
    sheet = Sheet()
    found = read(sheet, sheet.write(300, 400, "999"), "amount", ENGLISH)
    assert (found.value, found.cause, found.confidence) == ("52.5", "disagree", 0.5)
    assert found.alternatives == ("999",)
