"""Which amount is the total, and how sure that is."""

from __future__ import annotations

import pytest

from tests.engines.receipts.printed import read

HEAD = "Shop Ltd\nDate 05/06/2023\n"
TOTALS = [
    ("Total | 5.00", "5.00"),
    ("TOTAL: 5.00", "5.00"),
    ("Total\n5.00", "5.00"),
    ("Sub-totai | 4.00\nGrand Totai | 5.00", "5.00"),
    ("Subtotal | 4.00\nTax | 1.00\nTotal | 5.00", "5.00"),
    ("Total (excl. VAT) | 4.00\nVAT 25% | 1.00\nTotal (incl. VAT) | 5.00", "5.00"),
    ("Total Qty: | 7 | 51.42\nTotal | 54.50", "54.50"),
    ("Total | 8.48\nRounding | 0.02\nTotal Amt Peysble | 8.50", "8.50"),
    ("Total | 10.00\nTotal savings | 90.00", "10.00"),
    ("Total | 10.00\nTotal discount | -90.00", "10.00"),
    ("Total | 10.00\nCash | 50.00\nChange | 40.00", "10.00"),
    ("Total | 100.00\nPaid | 100.00\nBalance due | 0.00", "100.00"),
    ("Total | RM8.60\nTotal GST | RM0.48", "8.60"),
    ("Total | 1O.5O", "10.50"),
    ("Total | S5.00", "55.00"),
    ("Total | 1,007.50", "1007.50"),
    ("Jumlah Kecil | 9.00\nJumlah Besar | 10.00", "10.00"),
    ("Total | -20.00", "-20.00"),
    ("Subtotal | Tax | Total\n4.00 | 1.00 | 5.00", "5.00"),
    ("Total 0% supplies: | 39.01\nTotal Payable | 39.01", "39.01"),
    ("合計 | ¥1,200", "1200"),
    ("المجموع ١٢٫٥٠", "12.50"),
    ("Nothing | here", ""),
]


@pytest.mark.parametrize(("text", "total"), TOTALS)
def test_it_works(text: str, total: str) -> None:
    assert read(HEAD + text).total.value == total


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Total | 5.00", "Nothing else on the page proves this total."),
        ("Pen | 2.00\nInk | 3.00\nTotal | 5.00", ""),
        ("Total | 5.00\nCash | 10.00\nChange | 5.00", ""),
        (
            "Grand total | 5.00\nGrand total | 6.00",
            "There is more than one total: 6.00 and 5.00.",
        ),
        ("Subtotal | 5.00", "No total is named: this is the sum before it."),
        (
            "Cash | 10.00\nChange | 5.00",
            "No total is named: this is what was paid.",
        ),
        ("Total | 1O.5O", "There are letters among the digits of “1O.5O”."),
    ],
)
def test_what_nothing_proves_is_in_doubt(text: str, reason: str) -> None:
    total = read(HEAD + text).total
    assert (total.reason, total.confidence >= 0.95) == (reason, not reason)
