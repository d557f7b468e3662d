"""GET /api/v1/receipts/, /receipts/export/; GET and PATCH /documents/{id}/receipt/"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from documents.models import Batch, Receipt
from tests.made import made_document

URL = "/api/v1/receipts/"
PLACE = [[1, 2], [30, 2], [30, 12], [1, 12]]
DOUBT = {
    "raw": "RM 14.10",
    "page": 1,
    "polygon": PLACE,
    "confidence": 0.7,
    "reason": "Nothing else on the page proves this total.",
}


def made(user: User, merchant: str = "Blue Bottle", **values: object) -> Receipt:
    document = made_document(user, name=f"{merchant}.png")
    usual = {
        "date": dt.date(2018, 3, 25),
        "total": Decimal("14.10"),
        "currency": "EUR",
        "category": "dining",
        "findings": {"total": DOUBT},
    }
    return Receipt.objects.create(
        document=document,
        workspace=document.workspace,
        merchant=merchant,
        **{**usual, **values},
    )


def when(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def as_told(receipt: Receipt) -> dict[str, object]:
    return {
        "document": str(receipt.document_id),
        "workspace": str(receipt.workspace_id),
        "batch": receipt.document.batch_id and str(receipt.document.batch_id),
        "job": None,
        "merchant": receipt.merchant,
        "date": "2018-03-25",
        "total": "14.1",
        "currency": "EUR",
        "tax": None,
        "category": receipt.category,
        "findings": {"total": DOUBT},
        "edited": [],
        "created": when(receipt.created),
        "updated": when(receipt.updated),
    }


def place_of(receipt: Receipt) -> str:
    return f"/api/v1/documents/{receipt.document_id}/receipt/"


def test_it_works(api, alice):
    taxi = made(alice, "City Taxi", category="travel")
    bottle = made(alice)
    api.force_authenticate(alice)
    assert api.get(URL).json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [as_told(bottle), as_told(taxi)],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    for number in range(rows):
        made(alice, f"Shop {number}")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert len(api.get(URL).json()["results"]) == rows


def test_filters(api, alice):
    made(alice)
    taxi = made(alice, "Taxi", category="travel", date=dt.date(2018, 4, 1))
    Receipt.objects.filter(pk=taxi.pk).update(currency="USD")
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(taxi.document)
    api.force_authenticate(alice)

    def found(query: str) -> list[str]:
        return [one["merchant"] for one in api.get(f"{URL}?{query}").json()["results"]]

    assert found("q=taxi") == ["Taxi"]
    assert found("category=dining") == ["Blue Bottle"]
    assert found("currency=USD") == ["Taxi"]
    assert found(f"batch={batch.pk}") == ["Taxi"]
    assert found(f"document={taxi.document_id}") == ["Taxi"]
    assert found(f"workspace={taxi.workspace_id}") == ["Blue Bottle", "Taxi"]
    assert found("since=2018-03-26") == ["Taxi"]
    assert found("until=2018-03-25") == ["Blue Bottle"]
    assert found(f"updated_after={when(taxi.updated)}") == []
    assert found("ordering=-date") == ["Taxi", "Blue Bottle"]
    assert api.get(f"{URL}?since=x").status_code == 400


def test_the_table(api, alice):
    made(alice, "=Taxi", category="travel")
    made(alice)
    api.force_authenticate(alice)
    response = api.get(f"{URL}export/?category=travel")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    _head, row = response.content.decode("utf-8-sig").splitlines()
    assert row.startswith("travel,2018-03-25,'=Taxi,14.10,EUR,,")
    assert api.get(f"{URL}export/?as=xlsx").content[:2] == b"PK"
    workspace = alice.personal_workspace.pk
    some = api.get(f"{URL}export/?workspace={workspace}").content.decode()
    assert len(some.splitlines()) == 3
    refused = api.get(f"{URL}export/?as=pdf")
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "as")


def test_one(api, alice):
    receipt = made(alice)
    api.force_authenticate(alice)
    assert api.get(place_of(receipt)).json() == as_told(receipt)
    plain = made_document(alice)
    assert api.get(f"/api/v1/documents/{plain.pk}/receipt/").status_code == 404


def test_values_are_put_right(api, alice):
    receipt = made(alice)
    api.force_authenticate(alice)
    wish = {"total": "15.125", "date": None, "category": "travel"}
    response = api.patch(place_of(receipt), wish, format="json")
    assert response.status_code == 200
    told = response.json()
    assert (told["total"], told["date"], told["category"]) == (
        *("15.125", None, "travel"),
    )
    assert told["edited"] == ["date", "total", "category"]
    assert told["findings"]["total"] == {**DOUBT, "confidence": 1.0, "reason": ""}


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"total": "much"}, "total"),
        ({"currency": "€"}, "currency"),
        ({"category": "submarines"}, "category"),
        ({"colour": "red"}, "colour"),
        ({"date": "2018-02-30"}, "date"),
    ],
)
def test_what_makes_no_sense(api, alice, wish, attr):
    receipt = made(alice)
    api.force_authenticate(alice)
    response = api.patch(place_of(receipt), wish, format="json")
    assert response.status_code == 400
    assert [error["attr"] for error in response.json()["errors"]] == [attr]
    receipt.refresh_from_db()
    assert receipt.edited == []


def test_a_viewer_changes_nothing(api, alice, vera):
    receipt = made(alice)
    api.force_authenticate(vera)
    assert api.get(place_of(receipt)).status_code == 200
    assert api.patch(place_of(receipt), {"total": 1}, format="json").status_code == 403


def test_it_hides_other_peoples(api, alice, charlie):
    receipt = made(alice)
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    assert len(api.get(f"{URL}export/").content.decode().splitlines()) == 1
    assert api.get(place_of(receipt)).status_code == 404
    assert api.patch(place_of(receipt), {"total": 1}, format="json").status_code == 404
