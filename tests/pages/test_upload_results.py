"""POST / : results of Google Vision from the first page"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import Batch, Document, Job
from tests.engines.vision.made import TOTAL, written
from tests.pages.test_upload import page_of, picture, send

NO_PICTURE = (
    "This file cannot be read: it is no picture or PDF. "
    "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF."
)


def result(value: object, name: str = "till.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, written(value), "application/json")


def test_what_google_vision_read_is_kept_on_blank_pages(
    as_alice: Client, alice: User
) -> None:
    response = send(as_alice, result({"responses": [TOTAL]}))
    job = Job.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "name": "till.pdf",
            "url": page_of(job),
            "known": False,
            "error": "",
            "status": 201,
        },
    )
    assert (job.engine, job.state, job.created_by) == (
        "google-vision",
        "succeeded",
        alice,
    )
    assert job.page_reads.get().reading.text == "Total 12.50"
    assert job.document.source == Document.Source.WEB


def test_results_are_told_by_their_content(as_alice: Client) -> None:
    assert send(as_alice, result([TOTAL], "scan.png")).status_code == 201
    assert send(as_alice, picture("scan.json")).status_code == 201
    assert [job.engine for job in Job.objects.order_by("created")] == [
        *("google-vision", "tesseract")
    ]


def test_results_of_a_drop_are_in_its_batch(as_alice: Client) -> None:
    drop = str(uuid4())
    send(as_alice, result(TOTAL), batch=drop)
    send(as_alice, picture(), batch=drop)
    assert Batch.objects.get().documents.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"a": 1}', "This is no answer of Google Vision, or a damaged one."),
        (b'{"a": ', "The file is no JSON, or damaged. Export it again."),
        (
            written({"error": {"code": 3, "message": "Bad image data."}}),
            "Google Vision failed: Bad image data.",
        ),
        (b"{\\rtf1 words}", NO_PICTURE),
    ],
)
def test_other_json_is_refused(as_alice: Client, content: bytes, sentence: str) -> None:
    response = send(as_alice, SimpleUploadedFile("till.json", content))
    assert (response.status_code, response.json()["error"]) == (400, sentence)
    assert Document.objects.count() == Job.objects.count() == 0


def test_a_result_that_is_too_large(as_alice: Client, monkeypatch) -> None:
    monkeypatch.setattr("documents.services.imports.LARGEST_MB", 0)
    assert send(as_alice, result(TOTAL)).json()["error"] == (
        "The file is larger than 0 MB, the most that a result may have."
    )
    assert Document.objects.count() == 0
