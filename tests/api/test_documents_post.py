"""POST /api/v1/documents/"""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Batch, Document
from documents.services.workspaces import create_workspace
from tests.api.conftest import error

URL = "/api/v1/documents/"


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_it_works(api, alice, workspace, picture, settings):
    api.force_authenticate(alice)
    file = picture(40, 30, "receipt.png")
    sha256 = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    response = api.post(
        URL, {"file": file, "external_id": "till-7"}, format="multipart"
    )
    assert response.status_code == 201
    document = Document.objects.get()
    assert response["Location"] == f"{URL}{document.pk}/"
    assert response.json() == {
        "id": str(document.pk),
        "name": "receipt.png",
        "media_type": "image/png",
        "size": document.file.size,
        "sha256": sha256,
        "page_count": 1,
        "pages": [{"number": 1, "width": 40, "height": 30}],
        "text_job": None,
        "tags": [],
        "alt_text": "",
        "workspace": str(workspace.pk),
        "batch": None,
        "source": "api",
        "external_id": "till-7",
        "created": document.created.isoformat().replace("+00:00", "Z"),
        "updated": document.updated.isoformat().replace("+00:00", "Z"),
    }
    assert stored_files(settings) == [Path(document.file.path)]
    assert document.created_by == alice


def test_a_file_that_is_known_is_answered_with_its_document(
    api, alice, document, picture, settings
):
    api.force_authenticate(alice)
    response = api.post(URL, {"file": picture(name="again.png")}, format="multipart")
    assert response.status_code == 200
    assert response.json()["id"] == str(document.pk)
    assert response.json()["name"] == "scan.png"
    assert len(stored_files(settings)) == 1


def test_a_batch_says_where_it_goes(api, alice, picture):
    shared = create_workspace(alice, "Accounts")
    batch = Batch.objects.create(workspace=shared)
    api.force_authenticate(alice)
    response = api.post(URL, {"file": picture(), "batch": batch.pk}, format="multipart")
    assert response.status_code == 201
    assert response.json()["batch"] == str(batch.pk)
    assert response.json()["workspace"] == str(shared.pk)


def test_a_batch_of_another_workspace_is_refused(api, alice, workspace, picture):
    batch = Batch.objects.create(workspace=create_workspace(alice, "Accounts"))
    api.force_authenticate(alice)
    body = {"file": picture(), "batch": batch.pk, "workspace": workspace.pk}
    response = api.post(URL, body, format="multipart")
    assert response.status_code == 400
    reason = "This batch belongs to another workspace."
    assert response.json() == error(reason, "invalid", "batch")
    assert Document.objects.count() == 0


@pytest.mark.parametrize("field", ["workspace", "batch"])
def test_it_hides_other_peoples_places(api, charlie, workspace, picture, field):
    batch = Batch.objects.create(workspace=workspace)
    place = {"workspace": workspace.pk, "batch": batch.pk}[field]
    api.force_authenticate(charlie)
    response = api.post(URL, {"file": picture(), field: place}, format="multipart")
    assert response.status_code == 404
    assert response.json() == error("Not found.", "not_found")
    assert Document.objects.count() == 0


def test_a_viewer_cannot_upload(api, vera, workspace, picture):
    api.force_authenticate(vera)
    body = {"file": picture(), "workspace": workspace.pk}
    response = api.post(URL, body, format="multipart")
    assert response.status_code == 403
    reason = "You may look at this workspace, no more."
    assert response.json() == error(reason, "permission_denied")


@pytest.mark.parametrize(
    ("content", "status", "code", "reason"),
    [
        (b"", 400, "empty_file", "The file is empty. Choose another one."),
        (
            b"just words",
            415,
            "unsupported_file",
            "This file cannot be read: it is no picture or PDF. "
            "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF.",
        ),
        (
            b"\x89PNG\r\n\x1a\n cut",
            400,
            "broken_file",
            "The picture is damaged or cut short. Save or scan it again.",
        ),
    ],
)
def test_a_bad_file_leaves_nothing_behind(
    api, alice, settings, content, status, code, reason
):
    api.force_authenticate(alice)
    file = SimpleUploadedFile("scan.png", content)
    response = api.post(URL, {"file": file}, format="multipart")
    assert response.status_code == status
    assert response.json() == error(reason, code)
    assert Document.objects.count() == 0
    assert stored_files(settings) == []


def test_a_file_over_the_limit_is_refused(api, alice, settings):
    settings.MAX_UPLOAD_MB = 1
    api.force_authenticate(alice)
    file = SimpleUploadedFile("scan.png", b"x" * (2**20 + 1))
    response = api.post(URL, {"file": file}, format="multipart")
    assert response.status_code == 413
    assert response.json() == error(
        "The file is larger than 1 MB, the most that can be uploaded.", "too_large"
    )
    assert stored_files(settings) == []


def test_a_full_disk_is_said(api, alice, picture, settings):
    full = {"BACKEND": "tests.services.test_uploads.FullDisk"}
    settings.STORAGES = {**settings.STORAGES, "default": full}
    api.force_authenticate(alice)
    api.raise_request_exception = False
    response = api.post(URL, {"file": picture()}, format="multipart")
    assert response.status_code == 507
    assert response.json() == {
        "type": "server_error",
        "errors": [
            {
                "code": "disk_full",
                "detail": "The server's disk is full. "
                "Nothing was stored; tell its operator.",
                "attr": None,
            }
        ],
    }
    assert stored_files(settings) == []
    assert Document.objects.count() == 0


def test_a_request_of_twice_the_limit_is_not_even_read(api, alice, settings):
    settings.MAX_UPLOAD_MB = 1
    api.force_authenticate(alice)
    file = SimpleUploadedFile("scan.png", b"x" * 2 * 2**20)
    response = api.post(URL, {"file": file}, format="multipart")
    assert response.status_code == 413
    assert response.json() == error("The request is too large.", "too_large")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({}, error("No file was submitted.", "required", "file")),
        ({"batch": "?"}, None),
        ({"external_id": "x" * 201}, None),
    ],
)
def test_it_rejects_what_makes_no_sense(api, alice, body, answer):
    api.force_authenticate(alice)
    response = api.post(URL, body, format="multipart")
    assert response.status_code == 400
    assert answer is None or response.json() == answer


def test_unknown_fields_and_second_files_are_refused(api, alice, picture):
    api.force_authenticate(alice)
    body = {"file": picture(), "externalid": "till-7"}
    response = api.post(URL, body, format="multipart")
    assert response.status_code == 400
    reason = "There is no such field here."
    assert response.json() == error(reason, "unknown", "externalid")
    body = {"file": [picture(), picture(50)]}
    response = api.post(URL, body, format="multipart")
    assert response.status_code == 400
    reason = "Send one file in each request."
    assert response.json() == error(reason, "invalid", "file")
    assert Document.objects.count() == 0


@pytest.mark.parametrize("body", [{}, {"external_id": "till-7"}])
def test_json_without_a_url(api, alice, body):
    api.force_authenticate(alice)
    response = api.post(URL, body)
    assert response.status_code == 400
    assert response.json() == error("This field is required.", "required", "url")


def test_a_batch_that_is_not_there(api, alice, picture):
    api.force_authenticate(alice)
    response = api.post(URL, {"file": picture(), "batch": uuid4()}, format="multipart")
    assert response.status_code == 404
