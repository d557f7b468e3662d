"""Amounts, as people of many countries print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engines import Habits, Value, decimal_of
from tests.engines.values.region import read, typed

PLAIN = [
    ("1,234.56", "1234.56"),
    ("1.234,56", "1234.56"),
    ("1 234,56", "1234.56"),
    ("1\u00a0234,56", "1234.56"),
    ("1\u202f234,56", "1234.56"),
    ("1\u2009234,56", "1234.56"),
    ("1'234.56", "1234.56"),
    ("1’234.56", "1234.56"),
    ("1 234 567,89", "1234567.89"),
    ("1,23,456.00", "123456.00"),
    ("1,234,567", "1234567"),
    ("145172.00", "145172.00"),
    ("1234.567", "1234.567"),
    ("0.500", "0.500"),
    ("12,5", "12.5"),
    ("0012.50", "12.50"),
    ("12 ,50", "12.50"),
    ("(12.00)", "-12.00"),
    ("[12.00]", "-12.00"),
    ("12.00-", "-12.00"),
    ("12.00 -", "-12.00"),
    ("-12", "-12"),
    ("− 12", "-12"),
    ("+12", "12"),
    ("-0.00", "0.00"),
    ("12.-", "12"),
    ("12,--", "12"),
    ("1.234,-", "1234"),
    ("1,20,000/-", "120000"),
    ("20%", "20"),
    ("٥٦٠٠٠", "56000"),
    ("١٢٬٣٤٥٫٦٧", "12345.67"),
    ("١٢،٣٤٥٫٦٧", "12345.67"),
    ("١٢٬٣٤٥", "12345"),
    ("١٢٫٥٠", "12.50"),
    ("۱۲۳٫۴۵", "123.45"),
    ("１２．５０", "12.50"),
    ("\u200f12.50\u200e", "12.50"),
    ("12\x00.50", "12.50"),
    ("12.50.", "12.50"),
    ("| 12.50 |", "12.50"),
    (": 12.50", "12.50"),
    ("Total: 12.50", "12.50"),
    ("Total TTC 12.50", "12.50"),
    ("الإجمالي ١٢٫٥٠", "12.50"),
]
MONEY = [
    ("3 463,20 €", "3463.20", "EUR"),
    ("€ 12.00", "12.00", "EUR"),
    ("€-12.00", "-12.00", "EUR"),
    ("EUR (12.00)", "-12.00", "EUR"),
    ("12.00 - €", "-12.00", "EUR"),
    ("12,50 Euro", "12.50", "EUR"),
    ("Total (EUR): 12.50", "12.50", "EUR"),
    ("£5", "5", "GBP"),
    ("US$ 5.00", "5.00", "USD"),
    ("CHF 1'200.00", "1200.00", "CHF"),
    ("RM 1,234.50", "1234.50", "MYR"),
    ("RM12.50", "12.50", "MYR"),
    ("TOTAL (RM) : 12.50", "12.50", "MYR"),
    ("AED٥٦٠٠٠", "56000", "AED"),
    ("١٢٬٣٤٥٫٦٧ د.إ", "12345.67", "AED"),
    ("١٢٬٣٤٥٫٦٧ إ.د", "12345.67", "AED"),
    ("100.00 د . إ .", "100.00", "AED"),
    ("١٢٫٥٠ ر.س", "12.50", "SAR"),
    ("ج.م ١٢٫٥٠", "12.50", "EGP"),
    ("١٢٫٥٠ درهم إماراتي", "12.50", "AED"),
    # Money of several countries: what is printed stays.
    ("$1,234.50", "1234.50", "$"),
    ("¥ 500", "500", "¥"),
    ("500,00 kr.", "500.00", "kr"),
    ("Rs. 500.00", "500.00", "Rs"),
    ("١٢٫٥٠ درهم", "12.50", "درهم"),
]
DOUBTFUL = [
    ("1.234", "1234", "“1.234” may be 1234 or 1.234."),
    ("1,234", "1234", "“1,234” may be 1234 or 1.234."),
    ("١٫٢٣٤", "1234", "“1٫234” may be 1234 or 1.234."),
    ("12 50", "1250", "The digits of “12 50” are not parted as usual."),
    ("1.234.56", "1234.56", "The digits of “1.234.56” are not parted as usual."),
    ("1.234,567", "1234.567", "The digits of “1.234,567” are not parted as usual."),
    (
        "1234,567.00",
        "1234567.00",
        "The digits of “1234,567.00” are not parted as usual.",
    ),
    ("1,234567", "1.234567", "The digits of “1,234567” are not parted as usual."),
    ("1O0.00", "100.00", "There are letters among the digits of “1O0.00”."),
    ("l2.S0", "12.50", "There are letters among the digits of “l2.S0”."),
    ("1|2.00", "112.00", "There are letters among the digits of “1|2.00”."),
    ("B 12.00", "812.00", "There are letters among the digits of “B 12.00”."),
    (".50", "0.50", "“.50” begins with its decimal mark."),
    ("5 thousand", "5", "There is more than an amount here: “thousand”."),
    ("12.00 CR", "12.00", "There is more than an amount here: “CR”."),
    (
        "(12.00",
        "12.00",
        "A bracket of “(12.00” is missing: it may be less than nothing.",
    ),
    ("$ 12 USD", "12", "There is more than one currency: $, USD."),
    ("12.50 ARM", "12.50", "There is more than an amount here: “ARM”."),
    ("RM 12 SGD", "12", "There is more than one currency: MYR, SGD."),
]
NONE = ["Total", "SOS", "O.OO", "...", "--", "12..50", "5% 2800", "12 EUR 14", "2×3"]


@pytest.mark.parametrize(("raw", "text"), PLAIN)
def test_it_works(raw: str, text: str) -> None:
    assert read("amount", raw) == Value(text)


@pytest.mark.parametrize(("raw", "text", "currency"), MONEY)
def test_the_currency_is_kept_apart(raw: str, text: str, currency: str) -> None:
    assert read("amount", raw) == Value(text, currency)


@pytest.mark.parametrize(("raw", "text", "doubt"), DOUBTFUL)
def test_what_may_be_something_else_is_doubted(raw: str, text: str, doubt: str) -> None:
    assert read("amount", raw) == Value(text, doubt=doubt)


@pytest.mark.parametrize("raw", NONE)
def test_what_is_no_amount_has_no_text(raw: str) -> None:
    assert read("amount", raw) == Value(doubt=f"“{raw}” is no amount.")


def test_nothing_printed_is_nothing_doubted() -> None:
    assert read("amount", " \n\u200f\x00") == Value()


def test_a_long_text_is_no_amount_and_quoted_in_part() -> None:
    said = f"“{'1' * 60}…” is too long for a value of this kind."
    assert read("amount", "1" * 10_000) == Value(doubt=said)


def test_the_decimal_mark_of_the_layout_decides() -> None:
    point, comma = Habits(decimal="."), Habits(decimal=",")
    assert read("amount", "1.234", point) == Value("1.234")
    assert read("amount", "1,234", point) == Value("1234")
    assert read("amount", "1.234", comma) == Value("1234")
    assert read("amount", "1,234", comma) == Value("1.234")
    assert read("amount", "1.234,567", comma) == Value("1234.567")


def test_print_against_the_decimal_mark_of_the_layout_is_doubted() -> None:
    point, comma = Habits(decimal="."), Habits(decimal=",")
    said = "Decimals follow “.” here, not as in “12,50”."
    assert read("amount", "12,50", point) == Value("12.50", doubt=said)
    said = "Decimals follow “,” here, not as in “1,234.50”."
    assert read("amount", "1,234.50", comma) == Value("1234.50", doubt=said)
    said = "The digits of “1.234.567” are not parted as usual."
    assert read("amount", "1.234.567", point) == Value("1234567", doubt=said)


def test_an_arabic_decimal_mark_is_not_against_a_point() -> None:
    assert read("amount", "١٢٫٥٠", Habits(decimal=".")) == Value("12.50")


def test_dinars_have_three_decimals() -> None:
    assert read("amount", "KWD 1,234.500") == Value("1234.500", "KWD")
    said = "“1.234” may be 1.234 or 1234."
    assert read("amount", "KWD 1.234") == Value("1.234", "KWD", said)


def test_typed_numbers_pass_as_they_are_kept() -> None:
    assert typed("amount", "145172.00") == Value("145172.00")
    assert typed("amount", "-5") == Value("-5")
    assert typed("amount", "12.500", Habits(decimal=".")) == Value("12.500")
    assert typed("amount", "12.00", Habits(decimal=",")) == Value("12.00")
    assert typed("amount", "1,234.50 €") == Value("1234.50", "EUR")
    assert typed("amount", "١٢٫٥") == Value("12.5")


def test_a_typed_thousand_with_a_point_is_asked_about() -> None:
    said = "“1.234” may be 1234 or 1.234."
    assert typed("amount", "1.234") == Value("1234", doubt=said)
    assert typed("amount", "1.234", Habits(decimal=",")) == Value("1234", doubt=said)
    assert typed("amount", "1,234", Habits(decimal=",")) == Value("1.234")


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["Net 1,234.50 EUR", "27.12.2021", "Total 10.30"], "."),
        (["3 463,20 €"], ","),
        (["١٢٫٥٠"], ","),
        (["1,234.50", "12,50"], ""),
        (["27.12.2021 12:30", "04.12.34.56.78", "1.234", ""], ""),
    ],
)
def test_a_page_shows_its_decimal_mark(lines: list[str], mark: str) -> None:
    assert decimal_of(lines) == mark


def in_style(number: Decimal, group: str, mark: str, digits: str) -> str:
    western = f"{abs(number):,.2f}".replace(",", "g").replace(".", "m")
    table = {ord("0") + i: digit for i, digit in enumerate(digits)}
    return western.translate({**table, ord("g"): group, ord("m"): mark})


AMOUNTS = st.decimals(-99_999_999, 99_999_999, places=2, allow_nan=False)
STYLES = [(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("٬", "٫")]
SIGNS = ["-{}", "({})", "{}-", "- {}", "€ -{}", "({} EUR)", "| {} -"]


@given(
    number=AMOUNTS,
    style=st.sampled_from(STYLES),
    sign=st.sampled_from(SIGNS),
    digits=st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
)
@example(Decimal("-1234567.80"), ("٬", "٫"), "({})", "٠١٢٣٤٥٦٧٨٩")
def test_an_amount_printed_in_any_style_is_read_back(
    number: Decimal, style: tuple[str, str], sign: str, digits: str
) -> None:
    printed = in_style(number, *style, digits)
    found = read("amount", sign.format(printed) if number < 0 else printed)
    assert (found.text, found.doubt) == (f"{number + 0:.2f}", "")


@given(st.text(max_size=60))
def test_no_print_breaks_the_reading_of_numbers(raw: str) -> None:
    for kind in ("amount", "integer", "digits"):
        found = read(kind, raw)
        assert found.text or found.doubt or found == Value()
        assert found.text.isascii()
