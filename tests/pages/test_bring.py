"""POST /documents/<pk>/bring/"""

from __future__ import annotations

import copy

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from documents.models import Document, Job
from tests.engines.vision.made import TOTAL, written
from tests.made import made_document


@pytest.fixture
def document(alice: User) -> Document:
    """A page of 400 by 300 pixels."""
    return made_document(alice)


def on_a_page_of(width: int, height: int) -> dict:
    answer = copy.deepcopy(TOTAL)
    answer["fullTextAnnotation"]["pages"][0] |= {"width": width, "height": height}
    return answer


def bring(client: Client, document: Document, value: object) -> HttpResponse:
    content = value if isinstance(value, bytes) else written(value)
    file = SimpleUploadedFile("till.json", content)
    return client.post(f"/documents/{document.pk}/bring/", {"result": file})


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_it_works(as_alice: Client, alice: User, document: Document) -> None:
    response = bring(as_alice, document, on_a_page_of(200, 150))
    job = Job.objects.get()
    assert (response.status_code, response.url) == (
        302,
        f"/documents/{document.pk}/?job={job.pk}",
    )
    assert (job.document, job.engine, job.created_by) == (
        document,
        "google-vision",
        alice,
    )
    page = as_alice.get(response.url)
    assert "Total 12.50" in page.content.decode()
    assert f'formaction="/documents/{document.pk}/bring/"' in page.content.decode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "The file is empty. Choose another one."),
        (b"\x89PNG", "The file is no JSON, or damaged. Export it again."),
        ({"a": 1}, "This is no answer of Google Vision, or a damaged one."),
        (
            on_a_page_of(150, 400),
            "The picture has another shape than the one that Google Vision read. "
            "Choose that one.",
        ),
        ([TOTAL, TOTAL], "The file is about other pages than the document has."),
    ],
)
def test_other_files_are_refused(
    as_alice: Client, document: Document, value: object, reason: str
) -> None:
    response = bring(as_alice, document, value)
    assert (response.status_code, response.url) == (302, f"/documents/{document.pk}/")
    assert told(response) == [reason]
    assert Job.objects.count() == 0


def test_without_a_file(as_alice: Client, document: Document) -> None:
    response = as_alice.post(f"/documents/{document.pk}/bring/")
    assert told(response) == ["Choose a file first."]


def test_a_document_that_is_still_prepared(as_alice: Client, alice: User) -> None:
    response = bring(as_alice, made_document(alice, prepared=False), TOTAL)
    assert told(response) == ["The document is still being prepared. Ask again soon."]


def test_a_viewer_may_not(as_vera: Client, document: Document) -> None:
    assert bring(as_vera, document, TOTAL).status_code == 403
    assert Job.objects.count() == 0


def test_other_peoples_documents_are_not_there(
    as_charlie: Client, document: Document
) -> None:
    assert bring(as_charlie, document, TOTAL).status_code == 404
    assert Job.objects.count() == 0


def test_without_a_user_it_asks_for_one(client: Client, document: Document) -> None:
    response = bring(client, document, TOTAL)
    assert response.url.startswith("/accounts/login/")
