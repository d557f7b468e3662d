"""Dates: by magnitude, by name, by the order that is usual, and where nobody knows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines import Habits, Value, date_order_of
from engines.roi import DateOrder
from tests.engines.values.region import read, typed

BOTH = "“03/04/2021” may be 2021-04-03 or 2021-03-04."
AGAINST = "“{}” is no date in the order that is usual here."
FOREIGN = "“{}” seems to be a Hijri or Persian date. It is not converted."


@pytest.mark.parametrize(
    "raw",
    [
        *("2021-12-27", "2021/12/27", "12/27/2021", "27/12/2021", "27.12.2021"),
        *("27-12-2021", "27/12/21", "27 / 12 / 2021", "20211227", "27122021"),
        *("2021年12月27日", "2021-27-12", "٢٠٢١/١٢/٢٧", "٢٧-١٢-٢٠٢١", "۲۷/۱۲/۲۰۲۱"),
        *("27 December 2021", "Dec 27, 2021", "27-DEC-21", "27DEC2021", "27 Dec '21"),
        *("27th of December, 2021", "Mon, 27 Dec 2021", "2021 Dec 27"),
        *("27 décembre 2021", "Lundi 27 déc. 2021", "27 DECEMBRE 2021"),
        *("27. Dezember 2021", "27. Dez. 2021", "den 27.12.2021"),
        *(
            "٢٧ ديسمبر ٢٠٢١م",
            "27 كانون الأول 2021",
            "٢٧ كانون الاول ٢٠٢١",
            "27 دجنبر 2021",
        ),
        *(
            "Date: 27/12/2021",
            "التاريخ: ٢٠٢١/١٢/٢٧",
            "| 27/12/2021.",
            "\u200f27/12/2021",
        ),
        *("27/12/2021 10:30", "2021-12-27T10:30:00Z", "27/12/2021 at 10:30 PM"),
    ],
)
def test_it_works(raw: str) -> None:
    assert read("date", raw) == Value("2021-12-27")


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("3 Janvier 2015", "2015-01-03"),
        ("1er mai 2015", "2015-05-01"),
        ("3 août 2020", "2020-08-03"),
        ("3. März 2020", "2020-03-03"),
        ("٣ آذار ٢٠٢٠", "2020-03-03"),
        ("٣ تشرين الثاني ٢٠٢٠", "2020-11-03"),
        ("٣ أغسطس ٢٠٢٠", "2020-08-03"),
        ("05/05/2021", "2021-05-05"),
        ("03.04.2021", "2021-04-03"),  # with points the day is first everywhere
        ("2021-04-03", "2021-04-03"),
        ("29.2.2020", "2020-02-29"),
        ("31.12.68", "2068-12-31"),
        ("31.12.69", "1969-12-31"),
    ],
)
def test_names_points_and_short_years(raw: str, iso: str) -> None:
    assert read("date", raw) == Value(iso)


@pytest.mark.parametrize(
    ("raw", "text", "doubt"),
    [
        ("03/04/2021", "2021-04-03", BOTH),
        ("21-12-27", "2027-12-21", "“21-12-27” may be 2027-12-21 or 2021-12-27."),
        (
            "27 Decernber 2021",
            "2021-12-27",
            "“decernber” was taken for a month's name.",
        ),
        (
            "2O21-12-27",
            "2021-12-27",
            "There are letters among the digits of “2O21-12-27”.",
        ),
        ("27/12/2021 net", "2021-12-27", "There is more than a date here: “net”."),
    ],
)
def test_what_may_be_something_else_is_doubted(raw: str, text: str, doubt: str) -> None:
    assert read("date", raw) == Value(text, doubt=doubt)


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("31/02/2021", "“31/02/2021” is no date."),
        ("December 2021", "“December 2021” is no date."),
        ("27 2021", "“27 2021” is no date."),
        ("12.12", "“12.12” is no date."),
        ("27+12+2021", "“27+12+2021” is no date."),
        ("27/12/202", "“27/12/202” is no date."),
        ("nothing", "“nothing” is no date."),
        ("2201-01-01", "The year of “2201-01-01” cannot be right."),
        (
            "27/12/2021 - 28/12/2021",
            "“27/12/2021 - 28/12/2021” is more than one date.",
        ),
        *((raw, FOREIGN.format(raw)) for raw in ("1443/05/23", "٢٣/٠٥/١٤٤٣هـ")),
        *((raw, FOREIGN.format(raw)) for raw in ("23 رمضان 1443", "1400-10-06")),
    ],
)
def test_what_is_no_date_has_no_text(raw: str, doubt: str) -> None:
    assert read("date", raw) == Value(doubt=doubt)


@pytest.mark.parametrize(
    ("order", "raw", "value"),
    [
        ("dmy", "03/04/2021", Value("2021-04-03")),
        ("mdy", "03/04/2021", Value("2021-03-04")),
        ("dmy", "03/04/21", Value("2021-04-03")),
        ("mdy", "03-04-05", Value("2005-03-04")),
        ("ymd", "03-04-05", Value("2003-04-05")),
        ("ydm", "2015-04-05", Value("2015-05-04")),
        ("ydm", "2015-13-04", Value("2015-04-13")),
        ("dmy", "2015-04-05", Value("2015-04-05")),
        ("mdy", "2015-04-05", Value("2015-04-05")),
        ("dmy", "12/27/2021", Value("2021-12-27", doubt=AGAINST.format("12/27/2021"))),
        ("mdy", "27/12/2021", Value("2021-12-27", doubt=AGAINST.format("27/12/2021"))),
        ("ydm", "2015-01-13", Value("2015-01-13", doubt=AGAINST.format("2015-01-13"))),
        (
            "mdy",
            "٢٠٢١-٠٥-٠٤",
            # painted from right to left it may be 04-05-2021 turned round
            Value("2021-05-04", doubt="“٢٠٢١-٠٥-٠٤” may be 2021-05-04 or 2021-04-05."),
        ),
    ],
)
def test_the_order_of_the_layout_decides(
    order: DateOrder, raw: str, value: Value
) -> None:
    assert read("date", raw, Habits(date_order=order)) == value


def test_the_languages_decide_where_all_have_one_habit() -> None:
    french, both = Habits(languages=("fra", "ara")), Habits(languages=("ara", "eng"))
    assert read("date", "03/04/2021", french) == Value("2021-04-03")
    assert read("date", "03/04/2021", both) == Value("2021-04-03", doubt=BOTH)


def test_typed_iso_dates_pass_whatever_the_order() -> None:
    for order in ("", "dmy", "mdy", "ydm"):
        found = typed("date", "2015-04-05", Habits(date_order=order))
        assert found == Value("2015-04-05")
    assert typed("date", "27/12/2021") == Value("2021-12-27")
    assert typed("date", "2021-02-30") == Value(doubt="“2021-02-30” is no date.")


@pytest.mark.parametrize(
    ("lines", "languages", "order"),
    [
        (["Date: 27/12/2021", "Due 03/04/2021"], ["eng"], "dmy"),
        (["12/27/2021"], ["fra"], "mdy"),
        (["2015-13-01", "2015-04-05"], ["eng"], "ydm"),
        (["2015-12-27"], ["eng"], "ymd"),
        (["2015-12-27", "27/12/2015"], ["eng"], "dmy"),
        (["27/12/21"], ["eng"], "dmy"),
        (["12/27/2021", "27/12/2021"], ["fra"], ""),
        (["03/04/2021", "1.13.15", "555-13-11"], ["eng"], ""),
        (["03/04/2021"], ["fra", "deu"], "dmy"),
        (["03/04/2021"], ["jpn"], "ymd"),
        ([], ["ara", "eng"], ""),
        ([], [], ""),
    ],
)
def test_a_page_shows_its_order(
    lines: list[str], languages: list[str], order: str
) -> None:
    assert date_order_of(lines, languages) == order


PRINTED: dict[str, DateOrder] = {
    "%d/%m/%Y": "dmy",
    "%m/%d/%Y": "mdy",
    "%Y-%m-%d": "ymd",
    "%Y-%d-%m": "ydm",
    "%d.%m.%y": "dmy",
    "%d %B %Y": "",
    "%B %d, %Y": "",
    "%d-%b-%Y": "",
    "%Y%m%d": "",
}


@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.sampled_from(sorted(PRINTED)),
    st.booleans(),
)
def test_a_date_printed_in_any_style_is_read_back(
    day: date, style: str, arabic: bool
) -> None:
    printed = day.strftime(style)
    if arabic and style != "%Y-%m-%d":
        printed = printed.translate({0x30 + i: chr(0x660 + i) for i in range(10)})
    found = read("date", printed, Habits(date_order=PRINTED[style]))
    assert found == Value(day.isoformat())


@given(st.text(max_size=60))
def test_no_print_breaks_the_reading(raw: str) -> None:
    found = read("date", raw)
    assert found.text or found.doubt or found == Value()
