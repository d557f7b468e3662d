"""Receipts of many countries, read as a whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines import Finding, Page, ReceiptReading, read_receipt, receipt_from_answer
from tests.engines.receipts.printed import printed, read, spoken, values

MALAY = """
    KEDAI KOPI MAJU SDN BHD
    (512345-X)
    NO 5, JALAN BESAR, 50000 KUALA LUMPUR
    GST ID : 000123456789
    INVOICE NO : 18299 | DATE: 02/03/2018
    KOPI O | 2 X 2.20 | 4.40
    NASI LEMAK | 1 X 5.90 | 5.90
    SUB TOTAL | RM10.30
    ROUNDING ADJ | -0.02
    TOTAL INCL GST @6% | RM 10.28
    CASH | RM 20.00
    CHANGE | RM 9.72
    GST SUMMARY | AMOUNT(RM) | TAX(RM)
    SR @ 6% | 9.70 | 0.58
"""
CANADIAN = """
    The Corner Diner
    587 King St W
    Toronto, ON
    Server: Ann | 2025-07-04 4:51 p.m.
    1 Draft | $10.00
    1 Burger | $25.00
    Subtotal | $35.00
    HST 13% | $4.55
    Total | $39.55
    Suggested Tip:
    18%: (Tip $7.12 Total $46.67)
    25%: (Tip $9.89 Total $49.44)
"""
GERMAN = """
    Bäckerei Schmidt GmbH
    Hauptstraße 5, 10115 Berlin
    Rechnung vom 27. März 2021
    Brötchen | 3,60
    Torte | 1.020,00
    Zwischensumme | 1.023,60
    MwSt 7% | 71,65
    Gesamtbetrag | 1.095,25 €
    EC-Karte | 1.095,25 €
"""
FRENCH = """
    Pharmacie du Port SARL
    12 rue de la Paix
    Le 3 février 2022 10:14
    Sirop | 12,00
    Sous-total HT | 1 200,00
    TVA 20% | 240,00
    Net à payer | 1 440,00 €
"""
ARABIC = """
    مطعم النخيل
    الرياض
    التاريخ: ٢٠٢٤/٠٣/١٥
    المجموع الفرعي | ١٠٠٫٠٠
    ضريبة القيمة المضافة 15% | ١٥٫٠٠
    الإجمالي | ١١٥٫٠٠ ر.س
    نقدا | ٢٠٠٫٠٠
    الباقي | ٨٥٫٠٠
"""
AMERICAN = """
    City Taxi LLC
    New York, NY 10001
    07/04/2023 11:20 PM
    Fare | $20.00
    Tax | $1.60
    Total Due | $21.60
    VISA | $21.60
"""
KUWAITI = """
    Gulf Clinic Co
    Kuwait
    Date 05-06-2023
    Visit | 12.500
    Medicine | 3.250
    Total | KD 15.750
"""
WHOLES = [
    (
        MALAY,
        {
            "merchant": "KEDAI KOPI MAJU SDN BHD",
            "date": "2018-03-02",
            "total": "10.28",
            "currency": "MYR",
            "tax": "0.58",
            "category": "dining",
        },
    ),
    (
        CANADIAN,
        {
            "merchant": "The Corner Diner",
            "date": "2025-07-04",
            "total": "39.55",
            "currency": "CAD",
            "tax": "4.55",
            "category": "dining",
        },
    ),
    (
        GERMAN,
        {
            "merchant": "Bäckerei Schmidt GmbH",
            "date": "2021-03-27",
            "total": "1095.25",
            "currency": "EUR",
            "tax": "71.65",
            "category": "dining",
        },
    ),
    (
        FRENCH,
        {
            "merchant": "Pharmacie du Port SARL",
            "date": "2022-02-03",
            "total": "1440.00",
            "currency": "EUR",
            "tax": "240.00",
            "category": "health",
        },
    ),
    (
        ARABIC,
        {
            "merchant": "مطعم النخيل",
            "date": "2024-03-15",
            "total": "115.00",
            "currency": "SAR",
            "tax": "15.00",
            "category": "dining",
        },
    ),
    (
        AMERICAN,
        {
            "merchant": "City Taxi LLC",
            "date": "2023-07-04",
            "total": "21.60",
            "currency": "USD",
            "tax": "1.60",
            "category": "travel",
        },
    ),
    (
        KUWAITI,
        {
            "merchant": "Gulf Clinic Co",
            "date": "2023-06-05",
            "total": "15.750",
            "currency": "KWD",
            "category": "health",
        },
    ),
]


@pytest.mark.parametrize(("text", "found"), WHOLES)
def test_it_works(text: str, found: dict[str, str]) -> None:
    assert values(read(text)) == found


@pytest.mark.parametrize(("text", "found"), WHOLES)
def test_lines_without_places(text: str, found: dict[str, str]) -> None:
    assert values(read_receipt([spoken(text)])) == found


@pytest.mark.parametrize(("text", "_found"), WHOLES)
def test_what_sums_prove_is_sure(text: str, _found: dict[str, str]) -> None:
    total = read(text).total
    assert (total.reason, total.confidence >= 0.97) == ("", True)


def test_values_know_their_places() -> None:
    total = read(MALAY).total
    assert total == Finding(
        value="10.28",
        raw="RM 10.28",
        page=1,
        polygon=((310, 280), (382, 280), (382, 300), (310, 300)),
        confidence=0.99,
        reason="",
    )


def test_two_pages_are_one_receipt() -> None:
    first = printed("Shop Ltd\nDate 05/06/2023\nPens | 3.00\nPaper | 4.00")
    second = printed("Subtotal | 7.00\nVAT 20% | 1.40\nTotal | £8.40")
    reading = read_receipt([first, second])
    assert (reading.total.value, reading.total.page) == ("8.40", 2)
    assert (reading.date.value, reading.date.page) == ("2023-06-05", 1)


@pytest.mark.parametrize(
    "page",
    [
        Page(10, 10),
        printed("Chapter 7\nIt was a dark night, and the total darkness of 1984"),
        printed("R&D QUALITY REPORT\n09/03/92\nBrand: PHOENIX | 12.5 | 13.5"),
    ],
)
def test_no_receipt(page: Page) -> None:
    assert not read_receipt([page]).is_receipt


def test_a_description_says_nothing() -> None:
    page = Page(9, 9, text="Total 5.00 on 05/06/2023", is_description=True)
    assert read_receipt([page]) == ReceiptReading()


PIECES = [
    "Total",
    "5.00",
    "1,2",
    "(",
    "-",
    "RM",
    "%",
    "25/03/2018",
    "٣",
    "\n",
    "|",
    " ",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30))
def test_it_never_fails(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for page in (printed(text), spoken(text)):
        reading = read_receipt([page])
        again = receipt_from_answer(text, [page])
        for found in (reading.total, again.total):
            assert found.value == "" or Decimal(found.value).is_finite()
