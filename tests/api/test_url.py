"""POST /api/v1/documents/ and /api/v1/read/ with {"url"}"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document, Job, Membership
from documents.models.people import Role
from documents.services.waiting import WAITING
from tests.api.conftest import error, put
from tests.hosts import Host, leads_to, open_host, picture, says

DOCUMENTS = "/api/v1/documents/"
READ = "/api/v1/read/"
FORBIDDEN = (
    "“127.0.0.1” is in a network from which nothing is fetched. Upload the file "
    "instead, or ask the site's operator to allow that network."
)


@pytest.fixture(autouse=True)
def own_temporary_files(settings, tmp_path) -> Iterator[None]:
    """Whatever a fetch writes is gone after it, and so is its place in the queue."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = folder
    yield
    assert [*folder.iterdir()] == []
    places = [WAITING.acquire(blocking=False) for _place in range(8)]
    WAITING.release(places.count(True))
    assert places == [True] * 8


@pytest.fixture
def host(settings) -> Iterator[Host]:
    """A host with a picture, on loopback, which is allowed."""
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_host() as host:
        host.answers["/march/receipt.png"] = says(picture())
        yield host


def url(host: Host, path: str = "/march/receipt.png") -> str:
    return f"http://127.0.0.1:{host.port}{path}"


def test_it_works(api, alice, workspace, host):
    api.force_authenticate(alice)
    body = {"url": url(host), "external_id": "till-7"}
    response = api.post(DOCUMENTS, body)
    assert response.status_code == 201
    document = Document.objects.get()
    assert response["Location"] == f"{DOCUMENTS}{document.pk}/"
    assert response.json() == api.get(response["Location"]).json()
    assert Path(document.file.path).read_bytes() == picture()
    assert (document.name, document.source) == ("receipt.png", "url")
    assert (document.workspace, document.created_by) == (workspace, alice)
    assert (document.external_id, document.media_type) == ("till-7", "image/png")


def test_a_file_that_is_known_is_answered_with_its_document(
    api, alice, workspace, host
):
    api.force_authenticate(alice)
    first = api.post(DOCUMENTS, {"url": url(host)})
    host.answers["/other.png"] = says(picture())
    response = api.post(DOCUMENTS, {"url": url(host, "/other.png")})
    assert (response.status_code, response.json()) == (200, first.json())


def test_a_redirect_is_followed(api, alice, host):
    host.answers["/short"] = leads_to("/march/receipt.png")
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/short")})
    assert (response.status_code, response.json()["name"]) == (201, "receipt.png")


def test_names_are_cleaned(api, alice, host):
    name = 'attachment; filename="../../etc/\u202egnp.scan\x85.png"'
    host.answers["/get"] = says(picture(), content_disposition=name)
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/get")})
    assert (response.status_code, response.json()["name"]) == (201, "gnp.scan.png")


def test_names_that_are_none(api, alice, host):
    host.answers["/%2E%2E"] = says(picture())
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/%2E%2E")})
    assert (response.status_code, response.json()["name"]) == (201, "document")


def test_a_private_address_is_refused(api, alice):
    api.force_authenticate(alice)
    with open_host() as inner:
        response = api.post(DOCUMENTS, {"url": url(inner)})
        assert inner.connections == 0
    assert response.status_code == 400
    assert response.json() == error(FORBIDDEN, "forbidden_address")
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        (
            "file:///etc/passwd",
            error(
                "This is no address of a file: it begins with http:// or https://.",
                "bad_url",
            ),
        ),
        (
            "http://alice:secret@127.0.0.1/",
            error(
                "The address carries a user name or a password. Leave them out.",
                "bad_url",
            ),
        ),
        ("", error("This field may not be blank.", "blank", "url")),
        (None, error("This field may not be null.", "null", "url")),
        (
            "http://127.0.0.1/" + "a" * 2048,
            error(
                "Ensure this field has no more than 2048 characters.",
                "max_length",
                "url",
            ),
        ),
    ],
)
def test_it_rejects_what_is_no_address(api, alice, address, answer):
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": address})
    assert (response.status_code, response.json()) == (400, answer)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "empty_file"),
        (b"<html>Log in first</html>", 415, "unsupported_file"),
        (b"\x89PNG\r\n\x1a\n cut", 400, "broken_file"),
        (b"x" * (2**20 + 1), 413, "too_large"),
    ],
)
def test_a_bad_file_leaves_nothing_behind(
    api, alice, settings, host, body, status, code
):
    """What it is, is told by its content; the host's own word counts for nothing."""
    settings.MAX_UPLOAD_MB = 1
    host.answers["/bad.png"] = says(body, content_type="image/png")
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/bad.png")})
    assert response.status_code == status
    assert [one["code"] for one in response.json()["errors"]] == [code]
    assert Document.objects.count() == 0
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def test_a_host_that_has_no_such_file(api, alice, host):
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/nothing")})
    assert response.status_code == 400
    reason = "“127.0.0.1” answers with 404 instead of a file."
    assert response.json() == error(reason, "not_fetched")


def test_a_slow_host_ends_in_time(api, alice, settings, host):
    settings.FETCH_SECONDS = 1
    host.answers["/slow"] = lambda connection: connection.recv(1)
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host, "/slow")})
    assert response.status_code == 400
    reason = "Fetching took longer than 1 seconds. Upload the file instead."
    assert response.json() == error(reason, "not_fetched")


def test_when_too_many_wait_nothing_is_fetched(api, alice, host):
    taken = [WAITING.acquire(blocking=False) for _place in range(8)]
    try:
        api.force_authenticate(alice)
        response = api.post(DOCUMENTS, {"url": url(host)})
    finally:
        WAITING.release(len(taken))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json() == {
        "type": "server_error",
        "errors": [
            {
                "code": "too_many_wait",
                "detail": "Too many requests wait already. Try again in a moment.",
                "attr": None,
            }
        ],
    }
    assert host.connections == 0


def test_who_may_not_add_fetches_nothing(api, charlie, workspace, host):
    body = {"url": url(host), "workspace": workspace.pk}
    api.force_authenticate(charlie)
    assert api.post(DOCUMENTS, body).status_code == 404
    Membership.objects.create(workspace=workspace, user=charlie, role=Role.VIEWER)
    assert api.post(DOCUMENTS, body).status_code == 403
    assert api.post(READ, body).status_code == 403
    assert host.connections == 0


def test_a_repeated_call_fetches_once(api, alice, host):
    api.force_authenticate(alice)
    for _time in range(2):
        response = api.post(
            DOCUMENTS, {"url": url(host)}, headers={"Idempotency-Key": "k"}
        )
        assert response.status_code == 201
    assert host.connections == 1


def test_unknown_fields_are_refused(api, alice, host):
    api.force_authenticate(alice)
    response = api.post(DOCUMENTS, {"url": url(host), "file": "receipt.png"})
    assert response.status_code == 400
    reason = "There is no such field here."
    assert response.json() == error(reason, "unknown", "file")
    assert host.connections == 0


def test_reading_answers_the_text(api, alice, workspace, host, read_through):
    file = SimpleUploadedFile("scan.png", picture(), "image/png")
    read_through(put(workspace, file))
    api.force_authenticate(alice)
    response = api.post(f"{READ}?as=txt", {"url": url(host), "engine": "fine"})
    assert (response.status_code, response.content) == (200, b"Total 12.50\n")
    assert host.connections == 1


def test_reading_what_takes_longer_is_answered_with_the_job(api, alice, host, fine):
    api.force_authenticate(alice)
    wish = {"url": url(host), "engine": "fine", "languages": ["eng", "ara"]}
    response = api.post(f"{READ}?wait=0", wish)
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (
        202,
        f"/api/v1/jobs/{job.pk}/",
    )
    assert (job.languages, job.document.source) == (["eng", "ara"], "url")


@pytest.mark.parametrize(
    "wish", [{"engine": "none"}, {"template": "0" * 32}, {"languages": []}]
)
def test_a_wish_that_is_refused_fetches_nothing(api, alice, host, wish):
    api.force_authenticate(alice)
    response = api.post(READ, {"url": url(host), **wish})
    assert response.status_code in {400, 404}
    assert host.connections == 0


def test_reading_from_a_private_address(api, alice):
    api.force_authenticate(alice)
    response = api.post(READ, {"url": "http://127.0.0.1:9/scan.png"})
    assert response.status_code == 400
    assert response.json() == error(FORBIDDEN, "forbidden_address")
    assert Job.objects.count() == 0
