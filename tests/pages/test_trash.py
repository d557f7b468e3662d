"""GET /trash/, POST /trash/restore/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from documents.models import Document
from documents.services.documents import trash_documents
from tests.made import made_document
from tests.pages.saying import says

URL = "/trash/"
RESTORE = "/trash/restore/"


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def trashed(alice: User) -> Document:
    document = made_document(alice, name="gone.png")
    trash_documents(Document.objects.filter(pk=document.pk))
    return document


def test_it_works(as_alice: Client, alice: User, trashed: Document) -> None:
    made_document(alice, name="here.png")
    response = as_alice.get(URL)
    assert says(response, "document") == ["Choose gone.png gone.png8.2 KB now"]
    assert says(response, "head") == [
        "Trash What lies here for 30 days is removed for good. Back to the history"
    ]


def test_it_is_empty(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == ["The trash is empty"]


def test_restore(as_alice: Client, trashed: Document) -> None:
    response = as_alice.post(RESTORE, {"document": [trashed.pk]})
    assert (response.status_code, response.url) == (302, "/history/")
    assert told(response) == ["1 document is back."]
    trashed.refresh_from_db()
    assert trashed.trashed is None


def test_what_was_uploaded_anew_stays(
    as_alice: Client, alice: User, trashed: Document
) -> None:
    anew = made_document(alice)
    Document.objects.filter(pk=anew.pk).update(sha256=trashed.sha256)
    response = as_alice.post(RESTORE, {"document": [trashed.pk]})
    assert told(response) == [
        "What has been uploaded anew since then stays in the trash."
    ]
    trashed.refresh_from_db()
    assert trashed.trashed is not None


@pytest.mark.parametrize("count", [1, 3])
def test_queries(
    as_alice: Client, alice: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        made_document(alice, name=f"{number}.png")
    trash_documents(Document.objects.all())
    as_alice.get(URL)
    with django_assert_num_queries(10):
        as_alice.get(URL)


def test_a_stranger_finds_nothing(as_charlie: Client, trashed: Document) -> None:
    assert says(as_charlie.get(URL), "document") == []
    as_charlie.post(RESTORE, {"document": [trashed.pk]})
    trashed.refresh_from_db()
    assert trashed.trashed is not None


def test_a_viewer_may_look(as_vera: Client, trashed: Document) -> None:
    assert says(as_vera.get(URL), "title") == ["gone.png"]
    assert as_vera.post(RESTORE, {"document": [trashed.pk]}).status_code == 403


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.get(URL).url == "/accounts/login/?next=/trash/"
    assert client.post(RESTORE).url == "/accounts/login/?next=/trash/restore/"
