"""GET /documents/<id>/pages/<n>/image/ and /thumbnail/, GET …/original/"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client
from PIL import Image

from documents.models import Document
from tests.made import made_document


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice, name='a "quoted" <name>.html')


def url(document: Document, kind: str, number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/{kind}/"


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)


def test_the_picture_of_a_page(as_alice: Client, document: Document) -> None:
    response = as_alice.get(url(document, "image"))
    with document.pages.get().preview.open() as preview:
        assert content(response) == preview.read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=86400"
    again = as_alice.get(
        url(document, "image"), headers={"If-None-Match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_thumbnail_is_small(as_alice: Client, document: Document) -> None:
    response = as_alice.get(url(document, "thumbnail"))
    picture = Image.open(BytesIO(content(response)))
    assert (picture.format, picture.size) == ("JPEG", (240, 180))


def test_the_original_is_a_download(as_alice: Client, document: Document) -> None:
    response = as_alice.get(f"/documents/{document.pk}/original/")
    with document.file.open() as file:
        assert content(response) == file.read()
    assert response["Content-Disposition"] == (
        'attachment; filename="a \\"quoted\\" <name>.html"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_original_that_is_gone(as_alice: Client, document: Document) -> None:
    document.file.delete(save=False)
    Document.objects.filter(pk=document.pk).update(file="originals/gone.png")
    assert as_alice.get(f"/documents/{document.pk}/original/").status_code == 404


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
def test_what_is_not_there(as_alice: Client, alice: User, kind: str) -> None:
    document = made_document(alice, prepared=False)
    assert as_alice.get(url(document, kind)).status_code == 404
    assert as_alice.get(url(document, kind, 7)).status_code == 404


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
def test_a_stranger_finds_nothing(
    as_charlie: Client, client: Client, document: Document, kind: str
) -> None:
    assert as_charlie.get(url(document, kind)).status_code == 404
    assert client.get(url(document, kind)).status_code == 302
