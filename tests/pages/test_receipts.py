"""/receipts/, its downloads and categories; the card of a document"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Batch, Membership, Receipt
from documents.models.people import Role
from tests.made import made_document
from tests.pages.saying import says

URL = "/receipts/"
DOUBT = {
    "total": {
        "raw": "RM 14.10",
        "page": 1,
        "polygon": [[1, 2], [30, 2], [30, 12], [1, 12]],
        "confidence": 0.7,
        "reason": "Nothing else on the page proves this total.",
    }
}


def made(user: User, merchant: str = "Blue Bottle", **values: object) -> Receipt:
    document = made_document(user, name=f"{merchant}.png")
    usual = {
        "date": dt.date(2018, 3, 25),
        "total": Decimal("1214.10"),
        "currency": "EUR",
        "category": "dining",
    }
    return Receipt.objects.create(
        document=document,
        workspace=document.workspace,
        merchant=merchant,
        **{**usual, **values},
    )


def test_it_works(as_alice: Client, alice: User) -> None:
    made(alice, "City Taxi", category="travel", tax=Decimal("1.5"))
    made(alice, findings=DOUBT)
    response = as_alice.get(URL)
    assert says(response, "record") == [
        "Blue Bottle 1,214.10 EUR dining 2018-03-25 1 to look at Blue Bottle.png",
        "City Taxi 1,214.10 EUR travel 2018-03-25 1.50 City Taxi.png",
    ]
    assert says(response, "sum-of") == [
        "dining 1 1,214.10 EUR",
        "travel 1 1,214.10 EUR 1.50 EUR",
    ]


def test_the_first_visit_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == [
        "No receipts yet Upload receipts or invoices: what they say is here once "
        "they are read, without any layout. Upload"
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=taxi", ["City Taxi"]),
        ("?q=bottle.png", ["Blue Bottle"]),
        ("?category=travel", ["City Taxi"]),
        ("?since=2018-03-26", ["City Taxi"]),
        ("?until=2018-03-25", ["Blue Bottle"]),
        ("?batch={batch}", ["City Taxi"]),
        ("?category=submarines&since=tomorrow", ["Blue Bottle", "City Taxi"]),
        ("?q=nowhere", []),
    ],
)
def test_filters(as_alice: Client, alice: User, query: str, found: list[str]) -> None:
    made(alice)
    taxi = made(alice, "City Taxi", category="travel", date=dt.date(2018, 4, 1))
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(taxi.document)
    response = as_alice.get(f"{URL}{query}".format(batch=batch.pk))
    assert says(response, "title") == found


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    as_alice: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        made(alice, f"Shop {number}")
    with django_assert_num_queries(17):
        as_alice.get(URL)


def test_a_long_list_comes_in_parts(as_alice: Client, alice: User) -> None:
    for number in range(51):
        made(alice, f"Shop {number:02}")
    first, second = as_alice.get(URL), as_alice.get(f"{URL}?part=2&category=dining")
    assert len(says(first, "record")) == 50
    assert says(second, "title") == ["Shop 50"]
    assert 'href="?category=dining&amp;part=1"' in second.content.decode()


def test_downloads(as_alice: Client, alice: User) -> None:
    made(alice)
    made(alice, "City Taxi", category="travel")
    response = as_alice.get(f"{URL}export/?as=csv&category=travel")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    _head, row = response.content.decode("utf-8-sig").splitlines()
    assert row.startswith(
        "travel,2018-03-25,City Taxi,1214.10,EUR,,,City Taxi.png,http"
    )
    assert as_alice.get(f"{URL}export/?as=xlsx").content[:2] == b"PK"
    assert as_alice.get(f"{URL}export/?as=pdf").status_code == 404


def test_the_card(as_alice: Client, alice: User) -> None:
    receipt = made(alice, findings=DOUBT)
    response = as_alice.get(f"/documents/{receipt.document_id}/")
    (card,) = says(response, "receipt")
    assert card.startswith(
        "Receipt Merchant Blue Bottle Date March 25, 2018 Total 1,214.10 Nothing "
        "else on the page proves this total. Currency EUR Tax – Category dining"
    )
    assert 'data-points="1.0,2.0 30.0,2.0 30.0,12.0 1.0,12.0"' in (
        response.content.decode()
    )


def test_a_document_that_is_no_receipt(as_alice: Client, alice: User) -> None:
    document = made_document(alice)
    assert says(as_alice.get(f"/documents/{document.pk}/"), "receipt") == [""]


def test_it_is_put_right(as_alice: Client, alice: User) -> None:
    receipt = made(alice, findings=DOUBT)
    address = f"/documents/{receipt.document_id}/receipt/"
    typed = {
        "merchant": "Red Bottle",
        "date": "2018-03-25",
        "total": "1214.10",
        "currency": "EUR",
        "tax": "",
        "category": "travel",
    }
    response = as_alice.post(address, typed)
    assert response.url == f"/documents/{receipt.document_id}/#receipt"
    receipt.refresh_from_db()
    assert (receipt.merchant, receipt.category) == ("Red Bottle", "travel")
    # The total was in doubt: who saves it has seen it.
    assert receipt.edited == ["merchant", "total", "category"]
    assert receipt.findings["total"]["reason"] == ""


def test_what_makes_no_sense_is_refused(as_alice: Client, alice: User) -> None:
    receipt = made(alice)
    address = f"/documents/{receipt.document_id}/receipt/"
    response = as_alice.post(address, {"total": "much"}, follow=True)
    assert says(response, "message") == ["Write the amount as a number: 1234.50."]
    receipt.refresh_from_db()
    assert receipt.edited == []


def test_own_categories(as_alice: Client, alice: User) -> None:
    typed = {"name": ["Lunch", "", "Tools"], "words": ["coffee, cake\ntea", "", ""]}
    response = as_alice.post(f"{URL}categories/", typed, follow=True)
    alice.personal_workspace.refresh_from_db()
    assert alice.personal_workspace.categories == [
        {"name": "Lunch", "words": ["coffee", "cake", "tea"]},
        {"name": "Tools", "words": []},
    ]
    assert 'value="Lunch"' in response.content.decode()
    twice = {"name": ["Lunch", "lunch"], "words": ["", ""]}
    response = as_alice.post(f"{URL}categories/", twice, follow=True)
    assert says(response, "message") == ["There are two categories “lunch”."]


def test_viewers_look_and_change_nothing(client: Client, alice: User) -> None:
    receipt = made(alice)
    vera = User.objects.create_user("vera", "vera@example.org", "only looking")
    place = alice.personal_workspace
    Membership.objects.create(workspace=place, user=vera, role=Role.VIEWER)
    vera.profile.workspace = place
    vera.profile.save()
    client.force_login(vera)
    assert says(client.get(URL), "title") == ["Blue Bottle"]
    address = f"/documents/{receipt.document_id}/"
    assert "Put right" not in client.get(address).content.decode()
    assert client.post(f"{address}receipt/", {"total": "1"}).status_code == 403
    assert client.post(f"{URL}categories/", {"name": "x"}).status_code == 403


def test_it_hides_other_peoples(client: Client, alice: User, charlie: User) -> None:
    receipt = made(alice)
    client.force_login(charlie)
    assert says(client.get(URL), "title") == []
    address = f"/documents/{receipt.document_id}/receipt/"
    assert client.post(address, {"total": "1"}).status_code == 404
    (head,) = client.get(f"{URL}export/?as=csv").content.decode().splitlines()
    assert "category" in head


def test_strangers_log_in_first(client: Client) -> None:
    for address in (URL, f"{URL}export/"):
        assert client.get(address).status_code == 302


def test_a_batch_has_its_receipts(as_alice: Client, alice: User) -> None:
    receipt = made(alice)
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(receipt.document, made(alice, "Other").document)
    for address in ("/", f"/history/?batch={batch.pk}"):
        shown = as_alice.get(address).content.decode()
        assert f"/receipts/export/?batch={batch.pk}&amp;as=xlsx" in shown
