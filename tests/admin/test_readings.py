"""The admin's readings: /admin/documents/reading/"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document, Reading
from tests.admin.conftest import make_document, make_reading, rows_of

URL = "/admin/documents/reading/"


def reading_of(document: Document) -> Reading:
    return make_reading(document.pages.first())


def test_it_works(desk: Client, document: Document) -> None:
    reading = reading_of(document)
    assert rows_of(desk.get(URL)) == [
        [str(reading), "6", "95.3%", "0.84", "alice"],
    ]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, document: Document, django_assert_num_queries
) -> None:
    reading_of(document)
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    reading_of(make_document(alice, "two.png"))
    reading_of(make_document(alice, "three.png"))
    with django_assert_num_queries(5):
        desk.get(URL)


def test_its_page_shows_text_and_json(desk: Client, document: Document) -> None:
    page = desk.get(f"{URL}{reading_of(document).pk}/change/").content.decode()
    assert '<pre class="read" dir="auto">مجموع 12.50</pre>' in page
    assert "&quot;text&quot;: &quot;مجموع 12.50&quot;" in page
    assert "95.3%" in page


def test_an_engine_without_confidence(desk: Client, document: Document) -> None:
    Reading.objects.filter(pk=reading_of(document).pk).update(confidence=None)
    assert rows_of(desk.get(URL))[0][2:] == ["0.84", "alice"]


def test_it_is_never_changed(desk: Client, document: Document) -> None:
    url = f"{URL}{reading_of(document).pk}"
    assert desk.post(f"{url}/change/", {"text": "other"}).status_code == 403
    assert desk.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    assert Reading.objects.get().text == "مجموع 12.50"


def test_a_stranger_finds_nothing(
    client: Client, charlie: User, document: Document
) -> None:
    client.force_login(charlie)
    assert client.get(f"{URL}{reading_of(document).pk}/change/").status_code == 404
