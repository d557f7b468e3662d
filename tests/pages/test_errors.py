"""Our own 400, 403, 404 and 500"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from documents.views.errors import server_error
from tests.pages.saying import says


def test_not_found(as_alice: Client) -> None:
    response = as_alice.get("/nowhere/")
    assert response.status_code == 404
    assert says(response, "empty") == [
        "There is nothing here The address is wrong, the thing was deleted, "
        "or it belongs to a workspace you are not in. Back to the start"
    ]


def test_not_found_without_a_user(client: Client, db: None) -> None:
    response = client.get("/nowhere/")
    assert (response.status_code, len(says(response, "empty"))) == (404, 1)


def test_a_request_that_is_cut_off(alice: User, settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    client = Client(enforce_csrf_checks=True)  # it reads the form before the view does
    client.force_login(alice)
    client.get("/")  # for its cookie
    file = SimpleUploadedFile("huge.png", b"x" * 3 * 2**20)
    response = client.post("/", {"file": file})
    assert response.status_code == 400
    assert says(response, "empty") == [
        "This request was too large, or damaged on its way "
        "Files of up to 1 MB can be uploaded. Go back and try again. Back to the start"
    ]


def test_a_broken_server_needs_no_database(rf: RequestFactory) -> None:
    """The fixture db is not asked for: any query would raise."""
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert says(response, "empty") == [
        "Something broke on our side Nothing you uploaded is lost. Try again in a "
        "minute; if it stays, tell whoever runs this site: the log says what "
        "happened. Back to the start"
    ]


def test_a_page_whose_view_breaks(as_alice: Client, monkeypatch) -> None:
    as_alice.raise_request_exception = False

    def broken(*_: object) -> None:
        raise connection.OperationalError("the disk is on fire")

    monkeypatch.setattr("documents.views.home.current_workspace", broken)
    response = as_alice.get("/")
    assert response.status_code == 500
    assert len(says(response, "empty")) == 1


@pytest.mark.parametrize("path", ["/", "/history/", "/trash/", "/nowhere/"])
def test_no_page_holds_script_or_style(as_alice: Client, path: str) -> None:
    page = as_alice.get(path).content.decode()
    for forbidden in ("<script>", "<style", " style=", " onclick", " hx-on"):
        assert forbidden not in page
