"""Which date is the sale's, and in which order it is written."""

from __future__ import annotations

import pytest

from engines import Habits
from tests.engines.receipts.printed import read

DATES = [
    ("Date: 25/12/2018 8:13:39 PM", "2018-12-25"),
    ("Date: 05-02-18", "2018-02-05"),
    ("Date: 05 02-18", "2018-02-05"),
    ("DATE 25 Mar 2018 9:27PM", "2018-03-25"),
    ("04:54 pm, 27 MARCH, 2018", "2018-03-27"),
    ("March 27, 2018", "2018-03-27"),
    ("05MAR2018", "2018-03-05"),
    ("2018-03-23", "2018-03-23"),
    ("Tarikh : 27.03.2018", "2018-03-27"),
    ("le 3 février 2022", "2022-02-03"),
    ("27. März 2021", "2021-03-27"),
    ("15 مارس 2024", "2024-03-15"),
    ("التاريخ ٢٠٢٤-٠٣-١٥", "2024-03-15"),
    ("2024年3月15日", "2024-03-15"),
    ("Date: 20180323", "2018-03-23"),
    ("Date: 2O/O3/2018", "2018-03-20"),
    ("Due date: 20/04/2018\nInvoice date: 20/03/2018", "2018-03-20"),
    ("Expiry 31/10/2030\n18-01-2018 15:44:46", "2018-01-18"),
    ("TEL: 03-2093 7358", ""),
    ("GST 000-12-345", ""),
    ("7.90 * 3 | 23.70", ""),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_it_works(text: str, date: str) -> None:
    assert read(f"Shop Ltd\n{text}\nTotal | 5.00").date.value == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ACME SDN BHD\n02/03/2018\nTotal | 5.00", "2018-03-02"),
        ("ACME LLC, NY 10001\n02/03/2018\nTotal | $5.00", "2018-02-03"),
        ("ACME SDN BHD\n02/03/2018\nValid to 12/25/2018\nTotal | 5.00", "2018-02-03"),
    ],
)
def test_the_country_or_the_page_says_the_order(text: str, date: str) -> None:
    assert read(text).date.value == date


def test_habits_say_the_order() -> None:
    text = "Shop\nDate 02/03/2018\nTotal | 5.00"
    assert read(text, habits=Habits(date_order="mdy")).date.value == "2018-02-03"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Date 02/03/2018", "“02/03/2018” may be 2018-03-02 or 2018-02-03."),
        (
            "Date 25/03/2018\nDate 26/03/2018",
            "There is more than one date: 2018-03-25 and 2018-03-26.",
        ),
        ("Date 25/03/2018", ""),
    ],
)
def test_doubts(text: str, reason: str) -> None:
    assert read(f"Shop\n{text}\nTotal | 5.00").date.reason == reason
