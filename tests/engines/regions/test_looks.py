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


def test_digits_go_to_their_own_reader(enlist: Callable[[str, str], None]) -> None:
    enlist("digits", "Counting")
    found = read("117.10", "amount", ARABIC)
    assert (found.raw, found.value, found.cause) == ("٥٢٫٥", "52.5", "")
    assert read("Corner", "text", ARABIC).raw == "Corner"
    assert read("117.10", "amount", ENGLISH).raw == "117.10"


def test_a_row_of_digits_goes_there_whatever_the_language(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("digits", "Telling")
    told = "٠ kind:digits scripts:['western']"
    assert read("117", "digits", ENGLISH).raw == told
    assert read("117", "digits", ARABIC).raw == "٠ kind:digits"


def test_western_print_goes_to_who_is_surer(enlist: Callable[[str, str], None]) -> None:
    enlist("digits", "Guessing")
    found = read("248.50", "amount", ARABIC)
    assert (found.raw, found.cause, found.alternatives) == ("248.50", "", ())


def test_what_may_be_arabic_is_not_sure_by_a_guess(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("digits", "Guessing")
    found = read("117.10", "amount", ARABIC)  # 2, 4 and 8 alone are like no ٢ or ٨
    assert (found.value, found.cause, found.confidence) == ("117.10", "doubtful", 0.5)


def test_readers_that_differ_on_western_print_are_told(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("digits", "Erring")
    found = read("117.10", "amount", ARABIC)
    assert (found.value, found.cause) == ("117.10", "disagree")
    assert found.alternatives == ("999",)


def test_without_a_reader_of_digits_none_is_sure(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("digits", "Missing")
    found = read("117.10", "amount", ARABIC)
    assert (found.value, found.cause, found.confidence) == ("117.10", "doubtful", 0.5)
