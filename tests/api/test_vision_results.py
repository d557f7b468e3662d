"""POST /api/v1/vision-results/"""

from __future__ import annotations

import copy
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document, Job, Reading
from engines import page_from_json
from tests.api.conftest import error, put
from tests.engines.vision.fuzz import damaged
from tests.engines.vision.made import TOTAL, written

URL = "/api/v1/vision-results/"
BAD = {"error": {"code": 3, "message": "Bad image data."}}


@pytest.fixture
def scan(workspace, picture):
    """Makes documents of one page that is known to be upright."""

    def make(width: int, height: int) -> Document:
        document = put(workspace, picture(width, height))
        document.pages.update(turn=0)
        return document

    return make


def file(value: object) -> SimpleUploadedFile:
    content = value if isinstance(value, bytes) else written(value)
    return SimpleUploadedFile("till.json", content, "application/json")


def post(api, value: object, **more: object):
    return api.post(URL, {"file": file(value), **more}, format="multipart")


def box_of_total(api, response) -> dict[str, float]:
    result = api.get(response["Location"] + "result/").json()
    return result["pages"][0]["lines"][0]["words"][0]["box"]


def test_it_works(api, alice, scan):
    """The picture is twice as large as the one that Google was sent."""
    document = scan(400, 200)
    api.force_authenticate(alice)
    response = post(api, TOTAL, document=document.pk)
    assert response.status_code == 201
    job = Job.objects.get()
    assert response["Location"] == f"/api/v1/jobs/{job.pk}/"
    assert response.json() == api.get(response["Location"]).json()
    assert (job.state, job.engine) == ("succeeded", "google-vision")
    assert job.document == document
    result = api.get(f"/api/v1/jobs/{job.pk}/result/").json()
    [page] = result["pages"]
    assert (page["width"], page["height"], page["text"]) == (400, 200, "Total 12.50")
    assert box_of_total(api, response) == {
        "left": 20,
        "top": 40,
        "right": 120,
        "bottom": 80,
    }


def test_without_its_image_blank_pages_are_made(api, alice):
    api.force_authenticate(alice)
    response = post(api, {"responses": [TOTAL, BAD, TOTAL]})
    assert response.status_code == 201
    document = Document.objects.get()
    assert (document.name, document.media_type) == ("till.pdf", "application/pdf")
    assert [(x.width, x.height) for x in document.pages.all()] == [(200, 100)] * 3
    assert response.json()["error"] == "Page 2: Google Vision failed: Bad image data."
    assert box_of_total(api, response)["right"] == 60


def test_each_import_is_a_reading_of_its_own(api, alice):
    """A cache of what others read would answer what our engines are asked."""
    api.force_authenticate(alice)
    assert post(api, TOTAL).status_code == 201
    assert post(api, TOTAL).status_code == 201
    assert Document.objects.count() == 1
    assert Job.objects.filter(cached=False).count() == 2
    assert Reading.objects.count() == 2


def test_another_file_makes_another_document(api, alice):
    api.force_authenticate(alice)
    other = copy.deepcopy(TOTAL)
    other["fullTextAnnotation"]["pages"][0]["blocks"] = []
    assert post(api, TOTAL).status_code == 201
    assert post(api, other).status_code == 201
    assert Document.objects.count() == 2


def test_pages_of_a_bucket_are_laid_on_as_many(api, alice, scan):
    api.force_authenticate(alice)
    page = {**TOTAL, "context": {"pageNumber": 21}}
    document = scan(200, 100)
    assert post(api, {"responses": [page]}, document=document.pk).status_code == 201
    assert Job.objects.get().page_reads.get().number == 1


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "The file is empty. Choose another one."),
        (b"no JSON", "The file is no JSON, or damaged. Export it again."),
        ({"a": 1}, "This is no answer of Google Vision, or a damaged one."),
        (BAD, "Google Vision failed: Bad image data."),
    ],
)
def test_other_files_are_refused(api, alice, value, reason):
    api.force_authenticate(alice)
    response = post(api, value)
    assert response.status_code == 400
    assert [one["detail"] for one in response.json()["errors"]] == [reason]
    assert Document.objects.count() == Job.objects.count() == 0


def test_another_picture_is_refused(api, alice, scan):
    document = scan(100, 300)
    api.force_authenticate(alice)
    response = post(api, TOTAL, document=document.pk)
    assert response.status_code == 400
    reason = (
        "The picture has another shape than the one that Google Vision read. "
        "Choose that one."
    )
    assert response.json() == error(reason, "file_error")
    assert Job.objects.count() == Reading.objects.count() == 0


def test_other_pages_are_refused(api, alice, scan):
    document = scan(200, 100)
    api.force_authenticate(alice)
    response = post(api, [TOTAL, TOTAL], document=document.pk)
    reason = "The file is about other pages than the document has."
    assert response.json() == error(reason, "file_error")


def test_a_document_that_is_still_prepared(api, alice, document):
    """Which way is up is not known yet, and so neither is where a word stands."""
    api.force_authenticate(alice)
    response = post(api, TOTAL, document=document.pk)
    assert response.status_code == 409
    reason = "The document is still being prepared. Ask again soon."
    assert response.json() == error(reason, "result_not_ready")


def test_a_file_that_is_too_large(api, alice, monkeypatch):
    monkeypatch.setattr("documents.services.imports.LARGEST_MB", 0)
    api.force_authenticate(alice)
    assert post(api, TOTAL).status_code == 413


def test_it_hides_other_peoples_documents(api, charlie, document):
    api.force_authenticate(charlie)
    assert post(api, TOTAL, document=document.pk).status_code == 404
    assert Job.objects.count() == 0


def test_damaged_files_are_read_or_refused(api, alice, scan):
    document = scan(200, 100)
    api.force_authenticate(alice)
    chance = random.Random(3)
    told = set()
    for _ in range(120):
        wish = damaged(written({"responses": [TOTAL]}), chance)
        response = post(api, wish, document=document.pk)
        told.add(response.status_code)
        if response.status_code == 201:
            result = response["Location"] + "result/"
            assert api.get(result).status_code == 200
    assert told == {201, 400}


def test_pages_come_back_as_they_were(api, alice):
    """What the export writes, the import reads."""
    api.force_authenticate(alice)
    first = post(api, TOTAL)
    written_again = api.get(first["Location"] + "result/?as=vision")
    second = post(api, written_again.content)
    texts = [page_from_json(x.result) for x in Reading.objects.order_by("pk")]
    assert second.status_code == 201
    assert texts[0] == texts[1]
