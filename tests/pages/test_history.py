"""GET /history/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Batch, Document
from documents.views import history
from tests.made import made_document, made_job
from tests.pages.saying import says

URL = "/history/"


def titles(client: Client, query: str = "") -> list[str]:
    return says(client.get(f"{URL}{query}"), "title")


def test_it_works(as_alice: Client, alice: User) -> None:
    document = made_document(alice, age=timedelta(days=1))
    made_job(document, engine="embedded", error="It has no text layer.", states="f")
    made_job(document)
    response = as_alice.get(URL)
    assert says(response, "head") == ["History 1 document Receipts Trash"]
    assert says(response, "document") == [
        "Choose scan.png scan.png 1 page · 8.2 KB "
        "2 readings Tesseract done 1.2 s now Text inside the PDF failed now "
        "Tesseract done 1.2 s yesterday"
    ]


def test_the_first_visit_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == [
        "Nothing read yet All that is read in this workspace is listed here, "
        "with its text to search. Read something"
    ]


def test_nothing_matches(as_alice: Client, alice: User) -> None:
    made_document(alice)
    assert says(as_alice.get(f"{URL}?q=nowhere"), "empty") == [
        "Nothing matches Look for fewer words, or another state or time. Show all"
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=blue", ["blue.png"]),
        ("?q=needle", ["red.png"]),
        ("?state=failed", ["blue.png"]),
        ("?engine=embedded", ["red.png"]),
        ("?engine=embedded&state=failed", []),
        ("?since={today}", ["blue.png"]),
        ("?until={yesterday}", ["red.png"]),
        ("?since=nonsense&state=lost", ["blue.png", "red.png"]),
    ],
)
def test_filters(as_alice: Client, alice: User, query: str, found: list[str]) -> None:
    red = made_document(alice, name="red.png", age=timedelta(days=1))
    made_job(red, engine="embedded", words=(("a needle in hay", 0.9),))
    made_job(made_document(alice, name="blue.png"), "f")
    today = timezone.localdate()
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    assert titles(as_alice, query.format(**days)) == found


def test_a_batch(as_alice: Client, alice: User) -> None:
    batch = Batch.objects.create(workspace=alice.personal_workspace, name="March")
    for name in ("one.png", "two.png"):
        document = made_document(alice, name=name)
        document.batch = batch
        document.save()
    made_document(alice, name="alone.png")
    response = as_alice.get(f"{URL}?batch={batch.pk}")
    assert says(response, "title") == ["two.png", "one.png"]
    assert says(response, "head") == [
        "Batch March 2 documents match · show all Receipts Show the receipts "
        "Receipts as Excel Receipts as CSV Trash"
    ]


def test_it_pages_by_key(as_alice: Client, alice: User, monkeypatch) -> None:
    monkeypatch.setattr(history, "ROWS", 2)
    moment = timezone.now()
    names = [f"{number}.png" for number in range(5)]
    for name in names:
        made_document(alice, name=name)
    Document.objects.update(created=moment)  # at the same moment: the id decides
    seen, query = [], ""
    while True:
        response = as_alice.get(f"{URL}?{query}")
        seen += says(response, "title")
        query = response.context["following"]
        if not query:
            break
    assert sorted(seen) == names
    assert len(seen) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_queries(
    as_alice: Client, alice: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        document = made_document(alice, name=f"{number}.png", pages=2)
        made_job(document)
        made_job(document)
    as_alice.get(URL)
    with django_assert_num_queries(13):
        as_alice.get(URL)


def test_other_peoples_documents_are_not_there(as_charlie: Client, alice: User) -> None:
    made_document(alice)
    assert titles(as_charlie) == []
    assert titles(as_charlie, "?q=scan") == []


def test_a_viewer_may_look(as_vera: Client, alice: User) -> None:
    made_document(alice)
    response = as_vera.get(URL)
    assert says(response, "title") == ["scan.png"]
    assert says(response, "small") == ["Download"]


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.get(URL).url == "/accounts/login/?next=/history/"
