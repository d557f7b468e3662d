"""/records/: the list, its downloads, its saved tables"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Batch, Record, SavedExport
from documents.views import records as view
from tests.made import made_document
from tests.made_roi import made_record
from tests.pages.saying import says

URL = "/records/"
DOWNLOAD = {"format": "csv", "columns": ["total", "supplier"]}


def made(user: User, supplier: str = "Corner Shop", **more) -> Record:
    fields = {
        "supplier": (supplier, 0.99, ""),
        "number": ("A-17", 0.99, ""),
        "date": ("2021-12-27", 0.99, ""),
        "total": ("1234.50", 0.6, "doubtful"),
    }
    document = made_document(user, name=f"{supplier}.png")
    return made_record(user, fields, document=document, currency="EUR", **more)


def suppliers(client: Client, query: str = "") -> list[str]:
    return says(client.get(f"{URL}{query}"), "title")


def test_it_works(as_alice: Client, alice: User) -> None:
    made(alice)
    response = as_alice.get(URL)
    assert says(response, "record") == [
        "Corner Shop A-17 2021-12-27 1,234.50 EUR Corner Shop 1 to review "
        "Corner Shop.png now"
    ]
    assert says(response, "total") == ["1 record · 1,234.50 EUR"]


def test_the_first_visit_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == [
        "No records yet Draw a layout on one invoice: every later scan of it becomes "
        "a row here, and in Excel. To the layouts"
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=mill", ["Mill"]),
        ("?q=A-17", ["Mill", "Corner Shop"]),
        ("?state=approved", ["Mill"]),
        ("?exported=no&state=to_review", ["Corner Shop"]),
        ("?exported=yes", []),
        ("?since=2021-12-28", []),
        ("?since=2021-12-27&until=2021-12-27", ["Mill", "Corner Shop"]),
        ("?batch={batch}", ["Mill"]),
        ("?changed=yes", ["Mill"]),
        ("?since=tomorrow&template=x", ["Mill", "Corner Shop"]),
    ],
)
def test_filters(as_alice: Client, alice: User, query: str, found: list[str]) -> None:
    made(alice)
    mill = made(alice, "Mill", state=Record.State.APPROVED, changed_since_export=True)
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(mill.document)
    assert suppliers(as_alice, query.format(batch=batch.pk)) == found


def test_nothing_matches(as_alice: Client, alice: User) -> None:
    made(alice)
    assert says(as_alice.get(f"{URL}?q=nowhere"), "empty") == [
        "Nothing matches Look for fewer words, or another state or time. Show all"
    ]


def test_it_comes_in_parts(as_alice: Client, alice: User, monkeypatch) -> None:
    monkeypatch.setattr(view, "ROWS", 2)
    for number in range(3):
        record = made(alice, f"{number}")
        created = timezone.now() - timedelta(hours=number)
        Record.objects.filter(pk=record.pk).update(created=created)
    first = as_alice.get(URL)
    assert says(first, "title") == ["0", "1"]
    assert suppliers(as_alice, f"?{first.context['following']}") == ["2"]
    assert suppliers(as_alice, "?after=nonsense") == ["0", "1"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    as_alice: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        made(alice, str(number))
    as_alice.get(URL)  # the first visit writes down the session
    with django_assert_num_queries(15):
        as_alice.get(URL)


def test_strangers_see_and_take_nothing(as_charlie: Client, alice: User) -> None:
    made(alice)
    assert suppliers(as_charlie) == []
    taken = as_charlie.post(f"{URL}export/", DOWNLOAD).content.decode("utf-8-sig")
    assert taken.splitlines() == ["total,supplier"]
    saved = SavedExport.objects.create(workspace=alice.personal_workspace, name="May")
    assert as_charlie.post(f"{URL}saved/{saved.pk}/").status_code == 404
    assert as_charlie.post(f"{URL}saved/{saved.pk}/delete/").status_code == 404


def test_a_table_in_the_order_that_was_chosen(as_alice: Client, alice: User) -> None:
    made(alice)
    response = as_alice.post(f"{URL}export/?q=corner", DOWNLOAD)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="records-')
    assert response.content.decode("utf-8-sig").splitlines() == [
        "total,supplier",
        "1234.50,Corner Shop",
    ]
    assert Record.objects.get().exported is None


def test_an_export_that_is_remembered(as_alice: Client, alice: User) -> None:
    made(alice, state=Record.State.APPROVED)
    wish = {"format": "xlsx", "columns": ["supplier", "link"], "remember": "on"}
    response = as_alice.post(f"{URL}export/", wish)
    record = Record.objects.get()
    sheet = load_workbook(BytesIO(response.content))["Records"]
    link = f"http://testserver/records/{record.pk}/"
    assert [cell.value for cell in sheet[2]] == ["Corner Shop", link]
    assert (record.state, record.exported is not None) == ("exported", True)


def test_a_table_is_saved_and_taken(as_alice: Client, alice: User) -> None:
    made(alice)
    made(alice, "Mill")
    wish = DOWNLOAD | {"name": "Corner shop's"}
    saying = as_alice.post(f"{URL}export/?q=corner", wish, follow=True)
    assert says(saying, "message") == ["Saved. Take it from the list of saved tables."]
    saved = SavedExport.objects.get()
    take = f"{URL}saved/{saved.pk}/"
    first = as_alice.post(take, {"format": "csv"})
    assert first.content.decode("utf-8-sig").splitlines()[1:] == ["1234.50,Corner Shop"]
    assert says(as_alice.post(take, follow=True), "message") == [
        "Nothing is new since it was taken last."
    ]
    as_alice.post(f"{take}delete/")
    assert not SavedExport.objects.exists()


def test_a_wrong_format_is_refused(as_alice: Client, alice: User) -> None:
    made(alice)
    saying = as_alice.post(f"{URL}export/", {"format": "doc"}, follow=True)
    assert says(saying, "message") == ["Choose a format and columns from the lists."]


def test_viewers_take_tables_but_mark_nothing(as_vera: Client, alice: User) -> None:
    made(alice, state=Record.State.APPROVED)
    assert as_vera.post(f"{URL}export/", DOWNLOAD).status_code == 200
    marked = as_vera.post(f"{URL}export/", DOWNLOAD | {"remember": "on"})
    assert marked.status_code == 403
    named = as_vera.post(f"{URL}export/", DOWNLOAD | {"name": "x"})
    assert named.status_code == 403
    assert Record.objects.get().exported is None
