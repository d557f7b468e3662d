"""Codes and their checks, text, patterns, and lists of what is right."""

from __future__ import annotations

import pytest

from engines import CHECKS, TemplateError, Value, check_pattern
from tests.engines.values.region import read, typed

RIGHT = [
    ("iban", "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
    ("eu_vat", "DE 136,695 976".replace(",", ""), "DE136695976"),
    ("eu_vat", "BE697449992", "BE0697449992"),
    ("luhn", "7992 7398 713", "79927398713"),
    ("ean", "73513537", "73513537"),
    ("ca_bn", "12302 6635 RC 0001", "123026635RC0001"),
    ("eg_tax", "١٠٠-٥٣١-٣٨٥", "100531385"),
]
WRONG = [
    ("iban", "GB82WEST12345698765431", "IBAN"),
    ("eu_vat", "DE136695977", "EU VAT number"),
    ("eu_vat", "US136695976", "EU VAT number"),
    ("luhn", "79927398714", "number with a Luhn check digit"),
    ("ean", "73513538", "EAN"),
    ("ca_bn", "123026636", "Canadian business number"),
    ("eg_tax", "12345", "Egyptian tax number"),
]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("inv/01/2015/074320", "INV/01/2015/074320"),
        ("  ab 12 |", "AB12"),
        (": FA02 /2015.", "FA02/2015"),
        ("INV-٠٠١", "INV-001"),
    ],
)
def test_it_works(raw: str, text: str) -> None:
    assert read("code", raw) == Value(text)


def test_noise_is_no_code() -> None:
    assert read("code", ".. |") == Value(doubt="“.. |” is no code.")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Deco \t Addict\n| ", "Deco Addict"),
        (": Wood Corner", "Wood Corner"),
        ("Cafe\u0301", "Café"),
        ("\u202bشركة\u202c", "شركة"),
        ("a\x00b", "ab"),
        ("٢٠٢١", "٢٠٢١"),
    ],
)
def test_text_is_folded_and_else_left_alone(raw: str, text: str) -> None:
    assert read("text", raw) == Value(text)


def test_a_long_text_is_kept_whole() -> None:
    assert read("text", "ab " * 5_000) == Value(("ab " * 5_000).strip())


@pytest.mark.parametrize(("check", "raw", "text"), RIGHT)
def test_a_code_that_passes_its_check(check: str, raw: str, text: str) -> None:
    assert read("code", raw, check=check) == Value(text)


@pytest.mark.parametrize(("check", "raw", "name"), WRONG)
def test_a_code_that_fails_its_check(check: str, raw: str, name: str) -> None:
    doubt = f"“{raw}” is no valid {name}."
    assert read("code", raw, check=check) == Value(raw, doubt=doubt)


def test_every_check_is_tried_here() -> None:
    assert {check for check, *_ in RIGHT} == {check for check, *_ in WRONG}
    assert tuple(dict.fromkeys(check for check, *_ in RIGHT)) == CHECKS


def test_a_letter_misread_is_mended_with_a_doubt() -> None:
    misread = "GB82WEST1234569B765432"
    doubt = f"“{misread}” is no valid IBAN, but with one letter changed."
    found = read("code", misread, check="iban")
    assert found == Value("GB82WEST12345698765432", doubt=doubt)


def test_text_with_a_check_is_written_as_printed() -> None:
    printed = "GB82 WEST 1234 5698 7654 32"
    assert read("text", printed, check="iban") == Value(printed)


def test_a_pattern_holds_for_the_value_or_for_the_print() -> None:
    assert read("code", "inv 12", pattern=r"INV\d+") == Value("INV12")
    assert read("code", "inv 12", pattern=r"inv \d+") == Value("INV12")
    assert read("amount", "12,50", pattern=r"\d+\.\d\d") == Value("12.50")


def test_a_pattern_must_match_from_end_to_end() -> None:
    doubt = "“INV12X” does not have the form that is asked for."
    found = read("code", "INV12X", pattern=r"INV\d+")
    assert found == Value("INV12X", doubt=doubt)


def test_a_pattern_that_would_backtrack_for_ever_answers() -> None:
    doubt = f"“{'A' * 60}…” does not have the form that is asked for."
    found = read("code", "a" * 180 + "!", pattern="(a+)+$")
    assert found == Value("A" * 180 + "!", doubt=doubt)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "missing ): ("),
        ("*", "no argument for repetition operator: *"),
        (r"(?=a)", "invalid perl operator: (?="),
        (r"(a)\1", r"invalid escape sequence: \1"),
        ("a{2000}", "invalid repetition size: {2000}"),
    ],
)
def test_a_pattern_that_is_none_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(TemplateError) as refused:
        check_pattern(pattern)
    said = f"The pattern “{pattern}” cannot be understood: {reason}."
    assert str(refused.value) == said


def test_half_a_character_is_no_pattern() -> None:
    with pytest.raises(TemplateError, match=r"^The pattern is no text\.$"):
        check_pattern("\ud800")


def test_a_pattern_has_a_length() -> None:
    check_pattern("a" * 500)
    with pytest.raises(TemplateError, match=r"^A pattern has 500 characters at most"):
        check_pattern("a" * 501)


SUPPLIERS = frozenset(("Deco Addict", "Wood Corner", "Azure Interior"))


def test_a_choice_is_spelled_as_on_the_list() -> None:
    assert read("text", "DECOADDICT", choices=SUPPLIERS) == Value("Deco Addict")
    assert typed("text", "wood corner", choices=SUPPLIERS) == Value("Wood Corner")
    assert read("code", "٠١٢", choices=frozenset(("012",))) == Value("012")


def test_what_is_not_on_the_list_is_doubted_with_the_nearest() -> None:
    doubt = "“Deco Addlct” is not on the list. Most like it: “Deco Addict”."
    found = read("text", "Deco Addlct", choices=SUPPLIERS)
    assert found == Value("Deco Addlct", doubt=doubt)
    doubt = "“Xyz” is not on the list."
    assert read("text", "Xyz", choices=SUPPLIERS) == Value("Xyz", doubt=doubt)


def test_what_no_layout_should_ask_for_is_told() -> None:
    found = read("code", "A1", check="isbn")
    assert found == Value("A1", doubt="There is no check “isbn”.")
    found = read("code", "A1", pattern="(")
    doubt = "The pattern “(” cannot be understood: missing ): (."
    assert found == Value("A1", doubt=doubt)


def test_a_doubt_about_the_meaning_does_not_hide_a_broken_pattern() -> None:
    doubt = "“1234” does not have the form that is asked for."
    assert read("amount", "1.234", pattern="x") == Value("1234", doubt=doubt)
