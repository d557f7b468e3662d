"""GET /api/v1/documents/{id}/pages/{n}/image/"""

from __future__ import annotations

import pytest

from documents.services.pages import prepare_document
from tests.api.conftest import error

URL = "/api/v1/documents/{}/pages/{}/image/"


def test_it_works(api, alice, document):
    prepare_document(document)
    api.force_authenticate(alice)
    response = api.get(URL.format(document.pk, 1))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, max-age=86400"
    preview = document.pages.get().preview
    with preview.open() as file:
        assert b"".join(response.streaming_content) == file.read()


def test_it_says_so_while_there_is_no_picture_yet(api, alice, document):
    api.force_authenticate(alice)
    response = api.get(URL.format(document.pk, 1))
    assert response.status_code == 202
    assert response["Retry-After"] == "1"
    assert response.json() == {"state": "preparing"}


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x"])
def test_a_page_that_is_not_there(api, alice, document, number):
    api.force_authenticate(alice)
    response = api.get(URL.format(document.pk, number))
    assert response.status_code == 404


def test_it_hides_other_peoples_pages(api, charlie, document):
    prepare_document(document)
    api.force_authenticate(charlie)
    response = api.get(URL.format(document.pk, 1))
    assert response.status_code == 404
    assert response.json() == error("Not found.", "not_found")
