"""The admin's records, fields and saved tables: /admin/documents/record/ and others"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from documents.models import Field, Record, SavedExport
from documents.services.fields import claim, correct
from tests.admin.conftest import act, messages_of, rows_of
from tests.made_roi import made_record

FIELDS = "/admin/documents/field/"
RECORDS = "/admin/documents/record/"
EXPORTS = "/admin/documents/savedexport/"
SURE = {"supplier": ("Corner Shop", 0.99, "")}
DOUBTFUL = SURE | {"total": ("12.00", 0.62, "doubtful")}


@pytest.fixture
def record(alice: User) -> Record:
    return made_record(alice, DOUBTFUL, number="A-17", currency="EUR")


@pytest.fixture
def total(record: Record) -> Field:
    return record.fields.get(name="total")


def state(row: Field | Record) -> str:
    row.refresh_from_db()
    return row.state


def test_doubtful_fields_are_listed_first(desk: Client, record: Record) -> None:
    doubtful = [
        *("total", "12.00 ", "amount", "62%", "to review"),
        *("The reader was not sure.", "Corner Shop A-17", "alice"),
    ]
    sure = [
        *("supplier", "Corner Shop ", "text", "99%", "automatic"),
        *("Corner Shop A-17", "alice"),
    ]
    assert rows_of(desk.get(FIELDS)) == [doubtful]
    assert rows_of(desk.get(f"{FIELDS}?state=auto")) == [sure]
    assert len(rows_of(desk.get(f"{FIELDS}?state=all"))) == 2
    assert rows_of(desk.get(f"{FIELDS}?cause=missing")) == []
    assert rows_of(desk.get(f"{FIELDS}?cause=doubtful")) == [doubtful]


def test_records(desk: Client, record: Record) -> None:
    assert rows_of(desk.get(RECORDS)) == [
        [
            *("Corner Shop A-17", "12.0000", "EUR", "to review"),
            *("1", "Corner Shop v1", "alice"),
        ]
    ]


@pytest.mark.parametrize(("url", "queries"), [(FIELDS, 5), (RECORDS, 5), (EXPORTS, 5)])
def test_they_ask_the_same_for_one_row_and_three(
    desk: Client, alice: User, url: str, queries: int, django_assert_num_queries
) -> None:
    def make() -> None:
        made_record(alice, DOUBTFUL)
        number = SavedExport.objects.count()
        SavedExport.objects.create(
            workspace=alice.personal_workspace, name=str(number), created_by=alice
        )

    make()
    desk.get(url)
    with django_assert_num_queries(queries):
        assert len(rows_of(desk.get(url))) == 1
    make()
    make()
    with django_assert_num_queries(queries):
        assert len(rows_of(desk.get(url))) == 3


def test_a_field_tells_who_changed_it(desk: Client, alice: User, total: Field) -> None:
    correct(total, "13.00", user=alice, reason="a stain")
    page = desk.get(f"{FIELDS}{total.pk}/change/").content.decode()
    for words in ("12.00", "13.00", "a stain", "corrected", "alice"):
        assert words in page


def test_a_record_shows_its_fields(desk: Client, record: Record) -> None:
    page = desk.get(f"{RECORDS}{record.pk}/change/").content.decode()
    for words in ("Corner Shop", "supplier", "total", "The reader was not sure."):
        assert words in page


@pytest.mark.parametrize(
    ("action", "after", "said"),
    [
        ("confirm", "confirmed", "1 value was confirmed."),
        ("reject", "rejected", "1 value was rejected."),
    ],
)
def test_a_field_is_decided(
    desk: Client, staff: User, total: Field, action: str, after: str, said: str
) -> None:
    act(desk, FIELDS, action, total)
    assert state(total) == "needs_review"  # it asks first
    response = act(desk, FIELDS, action, total, confirmed=True)
    assert messages_of(response) == [said]
    assert state(total) == after
    assert total.changes.get().by == staff


def test_what_a_reviewer_is_at_is_left_alone(
    desk: Client, alice: User, total: Field
) -> None:
    claim(Field.objects.all(), user=alice)
    response = act(desk, FIELDS, "confirm", total, confirmed=True)
    assert messages_of(response) == [
        "0 values were confirmed. "
        "1 was left alone: someone is at it, or it still waits."
    ]
    assert state(total) == "needs_review"


def test_records_are_approved_and_reopened(
    desk: Client, staff: User, alice: User, record: Record
) -> None:
    sure = made_record(alice, SURE)
    response = act(desk, RECORDS, "approve", record, sure, confirmed=True)
    assert messages_of(response) == [
        "1 record was approved. 1 was left alone: someone is at it, or it still waits."
    ]
    assert (state(record), state(sure)) == ("to_review", "approved")
    assert sure.approved_by == staff
    response = act(desk, RECORDS, "reopen", record, sure, confirmed=True)
    assert messages_of(response) == ["1 record was reopened."]
    assert state(sure) == "to_review"


def test_who_may_only_look_decides_nothing(
    looker: Client, record: Record, total: Field
) -> None:
    looker.get(FIELDS)
    act(looker, FIELDS, "confirm", total, confirmed=True)
    act(looker, RECORDS, "approve", record, confirmed=True)
    assert (state(total), state(record)) == ("needs_review", "to_review")


def test_reviewing_is_a_right_of_its_own(
    looker: Client, charlie: User, total: Field
) -> None:
    charlie.user_permissions.add(Permission.objects.get(codename="change_field"))
    act(looker, FIELDS, "confirm", total, confirmed=True)
    assert state(total) == "confirmed"


def test_nothing_is_edited(desk: Client, record: Record, total: Field) -> None:
    for url in (f"{FIELDS}{total.pk}/change/", f"{RECORDS}{record.pk}/change/"):
        assert desk.post(url, {"value": "mine"}).status_code == 403
    for url in (FIELDS, RECORDS, EXPORTS):
        assert desk.get(f"{url}add/").status_code == 403


def test_a_stranger_finds_nothing(client: Client, alice: User, total: Field) -> None:
    client.force_login(alice)  # it is hers, but she is no staff
    for url in (FIELDS, RECORDS, EXPORTS, f"{FIELDS}{total.pk}/change/"):
        assert client.get(url).status_code == 404
