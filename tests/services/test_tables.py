"""documents.services.tables: records as Excel, CSV and JSON"""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from openpyxl import Workbook, load_workbook

from documents.models import Record
from documents.services.tables import (
    UnknownColumn,
    UnknownFormat,
    columns_of,
    save_export,
    table,
    take,
    take_saved,
    totals_of,
)
from tests.made import made_document
from tests.made_roi import made_record, made_template

SITE = "https://ocr.example.org"
APPROVED, EXPORTED = Record.State.APPROVED, Record.State.EXPORTED
WHOLE = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("00017", 0.97, ""),
    "date": ("2021-12-27", 0.99, ""),
    "net": ("10.0000", 0.99, ""),
    "tax": ("2.00", 0.9, ""),
    "total": ("12.00", 0.62, "doubtful"),
}


def made(alice: User, fields=WHOLE, **more) -> Record:
    name = more.pop("name", "scan.png")
    document = more.pop("document", None) or made_document(alice, name=name)
    return made_record(alice, fields, document=document, currency="EUR", **more)


def workbook(alice: User, **more) -> Workbook:
    content = table(
        Record.objects.all(),
        "xlsx",
        workspace=alice.personal_workspace,
        site=SITE,
        **more,
    ).content
    return load_workbook(BytesIO(content))


def grid(book: Workbook, sheet: str = "Records") -> list[list[object]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_it_works(alice: User) -> None:
    record = made(alice)
    book = workbook(alice)
    link = f"{SITE}/records/{record.pk}/"
    assert grid(book) == [
        [
            *("supplier", "number", "date", "due", "net", "tax", "total", "currency"),
            *("document", "layout", "state", "link"),
        ],
        [
            *("Corner Shop", "00017", dt.datetime(2021, 12, 27), None, 10, 2, 12),
            *("EUR", "scan.png", "Corner Shop", "to review", link),
        ],
    ]
    assert grid(book, "Totals") == [
        ["currency", "records", "net", "tax", "total"],
        ["EUR", 1, 10, 2, 12],
    ]


def test_cells_are_typed_and_doubt_has_a_colour(alice: User) -> None:
    made(alice)
    sheet = workbook(alice)["Records"]
    number, date, net, tax, total, link = (sheet[f"{x}2"] for x in "BCEFGL")
    assert (number.data_type, number.number_format) == ("s", "@")
    assert (date.is_date, date.number_format) == (True, "yyyy-mm-dd")
    assert [x.number_format for x in (net, total)] == ["#,##0.0000", "#,##0.00"]
    colours = [x.fill.start_color.rgb if x.fill.fill_type else "" for x in (tax, total)]
    assert colours == ["FFFFF3CD", "FFF8D7DA"]
    assert net.fill.fill_type is None
    assert link.hyperlink.target == link.value
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:L2")


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-x", "@SUM(A1)", "\tx"])
def test_print_never_becomes_a_formula(alice: User, text: str) -> None:
    made(alice, {"supplier": (text, 0.99, "")})
    cell = workbook(alice)["Records"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    lines = as_text(alice, "csv", columns=["supplier"]).splitlines()
    assert lines[1].strip('"') == f"'{text}"


def test_what_a_sheet_cannot_hold_is_left_out(alice: User) -> None:
    made(alice, {"supplier": ("a\x00b\x0bc", 0.99, "")})
    assert workbook(alice)["Records"]["A2"].value == "abc"


def as_text(alice: User, as_: str, **more) -> str:
    workspace = alice.personal_workspace
    exported = table(Record.objects.all(), as_, workspace=workspace, site=SITE, **more)
    return exported.content.decode("utf-8-sig")


def test_csv(alice: User) -> None:
    made(alice)
    columns = ["total", "date", "number", "reasons"]
    assert as_text(alice, "csv", columns=columns).splitlines() == [
        "total,date,number,to be looked at",
        "12.00,2021-12-27,00017,total: The reader was not sure.",
    ]


def test_negative_amounts_stay_numbers(alice: User) -> None:
    made(alice, {"total": ("-12.00", 0.99, "")})
    assert as_text(alice, "csv", columns=["total"]).splitlines()[1] == "-12.00"


def test_json(alice: User) -> None:
    record = made(alice, pages=(1, 1))
    answer = json.loads(as_text(alice, "json", columns=["date", "net", "link"]))
    assert answer == {
        "columns": [
            {"name": "date", "label": "date", "kind": "date"},
            {"name": "net", "label": "net", "kind": "amount"},
            {"name": "link", "label": "link", "kind": "own"},
        ],
        "rows": [
            {
                "date": "2021-12-27",
                "net": "10.0000",
                "link": f"{SITE}/records/{record.pk}/",
            }
        ],
        "totals": [
            {
                "currency": "EUR",
                "records": 1,
                "net": "10.00",
                "tax": "2.00",
                "total": "12.00",
            }
        ],
    }


def test_two_layouts_make_one_table(alice: User) -> None:
    made(alice, name="a.png")
    other = made_template(
        alice, name="Mill", regions=["supplier", "total", "purchase order"]
    )
    made_record(
        other,
        {"supplier": ("Mill", 0.99, ""), "purchase order": ("P-1", 0.99, "")},
        document=made_document(alice, name="b.png"),
    )
    columns = ["supplier", "purchase order", "template"]
    assert as_text(alice, "csv", columns=columns).splitlines()[1:] == [
        "Mill,P-1,Mill",  # without a date it comes first
        "Corner Shop,,Corner Shop",
    ]
    names = [column.name for column in columns_of(alice.personal_workspace)]
    assert names[-1] == "purchase order"


def test_totals_are_kept_apart_by_currency(alice: User) -> None:
    for name, currency, total in (("a", "EUR", "1.10"), ("b", "USD", "2.20")):
        record = made(alice, {"total": (total, 0.99, "")}, name=name)
        Record.objects.filter(pk=record.pk).update(currency=currency)
    made(alice, {"total": ("1.10", 0.99, "")}, name="c")
    found = totals_of(Record.objects.all())
    assert [(x["currency"], x["records"], float(x["total"])) for x in found] == [
        ("EUR", 2, 2.2),
        ("USD", 1, 2.2),
    ]


def test_sums_are_as_exact_as_what_they_add(alice: User) -> None:
    for number, total in enumerate(("0.10", "0.20", "69625.355", "1")):
        made(alice, {"total": (total, 0.99, "")}, name=str(number))
    assert [str(x["total"]) for x in totals_of(Record.objects.all())] == ["69626.6550"]
    Record.objects.filter(document__name="2").delete()
    assert [str(x["total"]) for x in totals_of(Record.objects.all())] == ["1.30"]


def test_a_sum_may_be_absurd(alice: User) -> None:
    made(alice, {"supplier": ("Mill", 0.99, ""), "net": ("9" * 40, 0.99, "")})
    assert float(totals_of(Record.objects.all())[0]["net"]) == pytest.approx(1e40)


def test_unknown_names_are_refused(alice: User) -> None:
    with pytest.raises(UnknownFormat, match="There is no format “doc”"):
        as_text(alice, "doc")
    with pytest.raises(UnknownColumn, match="There is no column “colour”"):
        as_text(alice, "csv", columns=["colour"])


def test_what_is_taken_is_remembered(alice: User) -> None:
    ready = made(alice, state=APPROVED, changed_since_export=True, name="a")
    doubtful = made(alice, name="b")
    take(Record.objects.all(), "csv", workspace=alice.personal_workspace)
    ready.refresh_from_db()
    doubtful.refresh_from_db()
    assert (ready.state, ready.changed_since_export) == (EXPORTED, False)
    assert ready.exported is not None
    assert (doubtful.state, doubtful.exported) == (Record.State.TO_REVIEW, None)


def test_a_saved_table_takes_each_record_once(alice: User) -> None:
    first = made(alice, state=APPROVED, name="a")
    saved = save_export(
        alice.personal_workspace,
        user=alice,
        name="June",
        columns=["document"],
        filters={"since": "2021-01-01"},
    )
    taken, count = take_saved(saved, "csv", user=alice)
    assert (taken.content.decode("utf-8-sig").split(), count) == (
        ["document", "a"],
        1,
    )
    assert take_saved(saved, "csv", user=alice)[1] == 0
    made(alice, name="b")
    Record.objects.filter(pk=first.pk).update(changed_since_export=True)
    assert take_saved(saved, "csv", user=alice)[1] == 2
    saved.refresh_from_db()
    assert (saved.taken is not None, saved.records.count()) == (True, 2)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(alice: User, rows: int, django_assert_num_queries) -> None:
    for number in range(rows):
        made(alice, name=str(number))
    as_text(alice, "csv")  # makes the shared fields
    with django_assert_num_queries(8):
        as_text(alice, "csv")
