"""Pages while the storage of files cannot be reached"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import Document
from tests.fakes import scan
from tests.made import made_document
from tests.pages.saying import says
from tests.processes.site import free_port
from tests.s3_server import BUCKET, KEY, SECRET

AWAY = "The file store cannot be reached. Try again in a minute."


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


@pytest.fixture
def away(settings: Any) -> None:
    """Files are kept where nobody answers."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "documents.storage.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": BUCKET,
                "endpoint_url": f"http://127.0.0.1:{free_port()}",
                "region_name": "us-east-1",
                "access_key": KEY,
                "secret_key": SECRET,
            },
        },
    }


@pytest.mark.parametrize("what", ["original/", "pages/1/image/", "pages/1/thumbnail/"])
def test_a_file_is_asked_for(
    as_alice: Client, document: Document, away: None, what: str
) -> None:
    response = as_alice.get(f"/documents/{document.pk}/{what}")
    assert response.status_code == 503
    assert says(response, "empty") == [
        f"This file cannot be reached now {AWAY} Back to the start"
    ]


def test_a_file_is_brought(as_alice: Client, alice: User, away: None) -> None:
    file = SimpleUploadedFile("scan.tiff", scan(1, 7))
    data = {"file": file, "engine": "tesseract", "languages": ["eng"]}
    response = as_alice.post("/", data, headers={"Accept": "application/json"})
    assert (response.status_code, json.loads(response.content)["error"]) == (503, AWAY)
    assert Document.objects.count() == 0
