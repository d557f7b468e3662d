"""Which engine reads a region, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

from engines import Box, FieldReading, Kind, Region, Template, read_place
from tests.engines.regions.sheets import Sheet, drawn_around

ENGLISH = Template()
ARABIC = Template(languages=("ara", "eng"))


def read(
    text: str, kind: Kind = "text", template: Template = ENGLISH, engine: str = ""
) -> FieldReading:
    """What is read of *text*, printed alone."""
    sheet = Sheet()
    place = drawn_around(sheet.write(300, 400, text))
    region = Region("Field", kind, Box(0, 0, 1, 1), engine=engine)
    return read_place(sheet.image, template, region, place)


def test_it_works() -> None:
    assert read("Corner Bakery", engine="tesseract").value == "Corner Bakery"


def test_an_engine_that_tells_no_confidence_is_as_sure_as_who_agrees(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("speaker", "Speaker")
    found = read("said", engine="speaker")
    assert (found.value, found.cause) == ("said", "")


def test_a_regions_own_engine_reads_it(enlist: Callable[[str, str], None]) -> None:
    enlist("speaker", "Speaker")
    found = read("Corner Bakery", engine="speaker")
    assert (found.value, found.cause) == ("said", "disagree")
    assert found.alternatives == ("Corner Bakery",)


def test_an_engine_that_fails_is_told(enlist: Callable[[str, str], None]) -> None:
    enlist("failing", "Failing")
    found = read("Corner Bakery", engine="failing")
    assert (found.value, found.cause) == ("", "unreadable")
    assert found.reason == "This page is too hard."


def test_an_engine_that_is_not_here_is_stood_in_for() -> None:
    assert read("Corner Bakery", engine="no-such-engine").value == "Corner Bakery"


def test_digits_go_to_their_own_reader_where_there_is_one(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("digits", "Speaker")
    found = read("117.10", "amount", ARABIC)
    assert found.raw == "said"
    assert read("Corner", "text", ENGLISH).raw == "Corner"
