"""The admin's documents: /admin/documents/document/"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document, Job
from documents.services.documents import trash_documents
from tests.admin.conftest import act, make_document, make_job, messages_of, rows_of

URL = "/admin/documents/document/"


def test_it_works(desk: Client, document: Document) -> None:
    assert rows_of(desk.get(URL)) == [
        ["receipt.png", "alice", "2", "image/png", "14 bytes", "web page"],
    ]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, document: Document, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    make_document(alice, "two.png")
    make_document(alice, "three.png")
    with django_assert_num_queries(5):
        desk.get(URL)


def test_its_page_asks_the_same_for_two_pages_and_twelve(
    desk: Client, alice: User, document: Document, django_assert_num_queries
) -> None:
    many = make_document(alice, pages=12)
    desk.get(f"{URL}{document.pk}/change/")
    with django_assert_num_queries(5):
        desk.get(f"{URL}{document.pk}/change/")
    with django_assert_num_queries(5):
        desk.get(f"{URL}{many.pk}/change/")


def test_search_and_filters(desk: Client, alice: User, document: Document) -> None:
    letter = make_document(alice, "letter.pdf")
    trash_documents(Document.objects.filter(pk=letter.pk))
    for query, found in {
        "q=receipt": 1,
        "q=no such name": 0,
        f"q={document.pk}": 1,
        f"q={document.sha256[:20]}": 1,
        "source__exact=web": 2,
        "trash=in": 1,
        "trash=out": 1,
        "workspace=alic": 2,
        "workspace=charlie": 0,
    }.items():
        assert len(rows_of(desk.get(f"{URL}?{query}"))) == found, query


def test_its_page_cannot_be_edited(desk: Client, document: Document) -> None:
    url = f"{URL}{document.pk}/change/"
    page = desk.get(url).content.decode()
    assert '<td class="field-width">' in page  # its pages are listed
    assert 'name="name"' not in page
    assert desk.post(url, {"name": "other"}).status_code == 403
    assert desk.post(f"{URL}{document.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{URL}add/").status_code == 403


def test_the_original_is_a_download(desk: Client, document: Document) -> None:
    response = desk.get(f"{URL}{document.pk}/original/")
    assert b"".join(response.streaming_content) == b"original bytes"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="receipt.png"'
    )


def test_an_original_that_is_gone(desk: Client, document: Document) -> None:
    document.file.storage.delete(document.file.name)
    assert desk.get(f"{URL}{document.pk}/original/").status_code == 404


def test_the_original_is_not_for_strangers(
    client: Client, charlie: User, document: Document
) -> None:
    client.force_login(charlie)
    assert client.get(f"{URL}{document.pk}/original/").status_code == 404


def test_trash_asks_first(desk: Client, document: Document) -> None:
    page = act(desk, URL, "trash", document)
    assert "receipt.png" in page.content.decode()
    document.refresh_from_db()
    assert document.trashed is None


def test_trash_and_restore(desk: Client, document: Document) -> None:
    job = make_job(document, "queued", "queued")
    response = act(desk, URL, "trash", document, confirmed=True)
    assert messages_of(response) == ["1 document is in the trash now."]
    document.refresh_from_db()
    assert document.trashed is not None
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    response = act(desk, URL, "restore", document, confirmed=True)
    assert messages_of(response) == ["1 document was restored."]
    document.refresh_from_db()
    assert document.trashed is None


def test_who_may_only_look_is_offered_no_action(
    looker: Client, document: Document
) -> None:
    assert rows_of(looker.get(URL))[0][0] == "receipt.png"
    act(looker, URL, "trash", document, confirmed=True)
    document.refresh_from_db()
    assert document.trashed is None
