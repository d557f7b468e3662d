"""What a language model says of a receipt: salvaged, held to the text, merged."""

from __future__ import annotations

import pytest

from engines import ReceiptReading, merge_receipts, receipt_from_answer
from tests.engines.receipts.printed import printed, read, values

PAGE = printed("Blue Bottle Coffee\nDate 25/03/2018\nTotal | RM 14.10")
PLAIN = (
    '{"merchant": "Blue Bottle Coffee", "date": "2018-03-25", "total": 14.10, '
    '"currency": "MYR", "tax": null, "category": "dining"}'
)
FOUND = {
    "merchant": "Blue Bottle Coffee",
    "date": "2018-03-25",
    "total": "14.10",
    "currency": "MYR",
    "category": "dining",
}
ALONE = "Only a language model says so: no text on the page supports it."


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"```json\n{PLAIN}\n```",
        f"Sure! Here is the receipt:\n{PLAIN}\nAnything else?",
        PLAIN.removesuffix("}"),
        PLAIN.replace(", ", ",\n") + ",",
        PLAIN.replace("14.10", '"RM 14.10"').replace("2018-03-25", "25 March 2018"),
        PLAIN.replace('"total": 14.10', '"total": {"amount": "14.10"}'),
        PLAIN.replace('"', "'"),
    ],
)
def test_it_works(text: str) -> None:
    reading = receipt_from_answer(text, [PAGE])
    assert values(reading) == FOUND
    assert reading.total.polygon is not None
    assert reading.total.reason == ""


@pytest.mark.parametrize(
    "text",
    ["", "The total is 5.", "{}", '{"total": 5}', "[1, 2]", "{" * 5000, '{"a": "b"}'],
)
def test_no_answer(text: str) -> None:
    assert receipt_from_answer(text, [PAGE]) == ReceiptReading()


def test_what_the_text_does_not_say_is_in_doubt() -> None:
    said = PLAIN.replace("14.10", "99.90").replace("2018-03-25", "2019-03-25")
    reading = receipt_from_answer(said, [PAGE])
    assert (reading.total.value, reading.total.reason) == ("99.90", ALONE)
    assert (reading.date.value, reading.date.reason) == ("2019-03-25", ALONE)
    assert reading.merchant.reason == ""


def test_without_a_text_all_is_in_doubt() -> None:
    reading = receipt_from_answer(PLAIN)
    assert values(reading) == FOUND
    reasons = [reading.merchant, reading.date, reading.total, reading.currency]
    assert [one.reason for one in reasons] == [ALONE] * 4


def test_a_category_that_is_not_on_the_list() -> None:
    said = PLAIN.replace("dining", "submarines")
    assert receipt_from_answer(said, [PAGE]).category.value == "other"


def test_rules_come_first_and_agreement_ends_doubts() -> None:
    rules = read("Blue Bottle Coffee\nTotal | RM 14.10")
    assert rules.total.reason == "Nothing else on the page proves this total."
    both = merge_receipts(rules, receipt_from_answer(PLAIN))
    assert values(both) == FOUND
    assert (both.total.reason, both.total.confidence) == ("", 0.95)
    assert both.date.reason == ALONE


def test_what_differs_is_in_doubt() -> None:
    rules = read("Blue Bottle Coffee\nCoffee | 4.10\nCake | 10.00\nTotal | RM 14.10")
    said = receipt_from_answer(PLAIN.replace("14.10", "11.40"))
    total = merge_receipts(rules, said).total
    assert (total.value, total.confidence) == ("14.10", 0.6)
    assert total.reason == "The language model says “11.40”."
