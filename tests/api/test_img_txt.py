"""POST /img_txt"""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from documents.models import Document, Job
from documents.services import waiting
from documents.services.readings import read_next
from engines import blank_pdf, register
from engines.types import Page
from tests.api.conftest import error, with_key

pytestmark = pytest.mark.usefixtures("reading_meanwhile")
URL = "/img_txt"
STILL = {
    "type": "server_error",
    "errors": [
        {
            "code": "still_reading",
            "detail": "The picture is still being read. Send it again soon.",
            "attr": None,
        }
    ],
}


@pytest.fixture
def program(alice) -> APIClient:
    return with_key(alice, ["write"])


def send(client: APIClient, file: object, **more: object):
    return client.post(URL, {"image": file, **more}, format="multipart")


def named(response) -> str:
    return response["Content-Disposition"]


def test_it_works(program, alice, picture):
    response = send(program, picture(name="till 7.png"))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert named(response) == 'attachment; filename="till 7.txt"'
    assert response.content == b"Total 12.50\n"
    job = Job.objects.get()
    assert response["Location"] == f"/api/v1/jobs/{job.pk}/"
    assert (job.state, job.created_by) == ("succeeded", alice)
    assert job.workspace == alice.personal_workspace
    assert (job.document.name, job.document.source) == ("till 7.png", "api")


def test_columns_are_kept(program, picture):
    register("fine", "tests.api.test_img_txt.Columns")
    assert send(program, picture()).content == b"Tea       1.20\nApples   12.50\n"


class Columns:
    """Reads amounts that stand in one column, ragged on its left."""

    name = label = "fine"
    version = "columns"

    def read(self, image, options):
        from engines import Box, Line

        places = [("Tea", 0, 0), ("1.20", 100, 0), ("Apples", 0, 20), ("12.50", 90, 20)]
        lines = tuple(
            Line(text, Box(left, top, left + 10 * len(text), top + 10).polygon)
            for text, left, top in places
        )
        return Page(140, 30, lines, "Tea 1.20\nApples 12.50")


def test_names_of_all_scripts(program, picture):
    response = send(program, picture(name="فاتورة ١٢.png"))
    assert named(response) == (
        "attachment; filename*=utf-8''"
        "%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9%20%D9%A1%D9%A2.txt"
    )


def test_two_files_of_one_name_have_each_their_own_text(program):
    """The picture is what a text is known by, not its name."""
    register("fine", "tests.api.test_img_txt.Grey")
    for shade in (10, 20, 10):
        response = send(program, shaded(shade, "scan.png"))
        assert named(response) == 'attachment; filename="scan.txt"'
        assert response.content == f"grey {shade}\n".encode()
    assert Document.objects.count() == 2


class Grey:
    """Reads how bright a picture is."""

    name = label = "fine"
    version = "grey"

    def read(self, image, options):
        return Page(*image.size, text=f"grey {image.getpixel((0, 0))[0]}")


def shaded(shade: int, name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, shade, shade)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_what_was_read_before_is_answered_without_an_engine(program, picture):
    send(program, picture(name="one.png"))
    register("fine", "tests.fakes.Raising")
    again = send(program, picture(name="other.png"))
    assert again.status_code == 200
    assert again.content == b"Total 12.50\n"
    assert named(again) == 'attachment; filename="other.txt"'
    assert Document.objects.count() == 1
    assert [job.cached for job in Job.objects.order_by("created")] == [False, True]


def test_fields_it_does_not_know_are_left_alone(program, picture):
    assert send(program, picture(), submit="Convert").status_code == 200


@pytest.mark.parametrize(
    ("content", "status", "code", "reason"),
    [
        (b"", 400, "empty_file", "The file is empty. Choose another one."),
        (
            b"these are words",
            415,
            "unsupported_file",
            "This file cannot be read: it is no picture or PDF. "
            "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF.",
        ),
        (
            blank_pdf([Page(100, 100)], 200, "x"),
            415,
            "unsupported_file",
            "This is a file of the kind PDF. "
            "Send one of these: JPEG, PNG, WEBP, BMP, GIF, TIFF, HEIC.",
        ),
    ],
)
def test_nothing_is_left_of_other_files(program, content, status, code, reason):
    response = send(program, SimpleUploadedFile("scan.png", content))
    assert response.status_code == status
    assert response.json() == error(reason, code)
    assert Document.objects.count() == Job.objects.count() == 0


def test_a_file_that_is_too_large(program, picture, settings):
    settings.MAX_UPLOAD_MB = 0
    response = send(program, picture())
    assert response.status_code == 413
    assert Document.objects.count() == 0


NO_FILE = "The submitted data was not a file. Check the encoding type on the form."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"file": "x"}, "No file was submitted."),
        ({"image": "scan.png"}, NO_FILE),
    ],
)
def test_without_a_picture(program, body, reason):
    response = program.post(URL, body, format="multipart")
    assert response.status_code == 400
    [one] = response.json()["errors"]
    assert (one["attr"], one["detail"]) == ("image", reason)


def test_two_pictures_are_one_too_many(program, picture):
    response = send(program, [picture(), picture(50)])
    assert response.status_code == 400
    reason = "Send one file in each request."
    assert response.json() == error(reason, "invalid", "image")


def test_an_engine_that_is_not_there(program, picture):
    response = send(program, picture(), engine="crystal ball")
    assert response.status_code == 400
    [one] = response.json()["errors"]
    assert one["attr"] == "engine"
    assert one["detail"].startswith("There is no such engine. Choose one of: auto, ")
    assert Document.objects.count() == 0


def test_an_engine_that_cannot_run_here(program, picture):
    register("absent", "tests.api.test_img_txt.Absent")
    response = send(program, picture(), engine="absent")
    [one] = response.json()["errors"]
    assert one["detail"] == "Not installed: glasses. Put them on."
    assert Document.objects.count() == 0


class Absent:
    name = label = "absent"

    def availability(self):
        from engines import Availability

        return Availability(False, "Not installed: glasses.", "Put them on.")


def test_a_page_that_cannot_be_read(program, picture):
    register("fine", "tests.fakes.Refusing")
    response = send(program, picture())
    assert response.status_code == 409
    reason = "Page 1: The page is too dark to be read. Scan it again."
    assert response.json() == error(reason, "result_not_ready")


def test_what_takes_too_long(program, picture, settings, monkeypatch):
    """Who sends it again waits for the same reading."""
    settings.READ_WAIT_SECONDS = 0
    monkeypatch.setattr(waiting, "pause", lambda _seconds: None)
    first, second = send(program, picture()), send(program, picture())
    job = Job.objects.get()
    for response in (first, second):
        assert response.status_code == 504
        assert response.json() == STILL
        assert response["Location"] == f"/api/v1/jobs/{job.pk}/"
        assert response["Retry-After"] == "5"
    assert read_next()
    assert send(program, picture()).content == b"Total 12.50\n"


def test_when_too_many_wait(program, picture, nobody_may_wait):
    response = send(program, picture())
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert Document.objects.count() == 0


def test_strangers(db, picture):
    response = send(APIClient(), picture())
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert Document.objects.count() == 0


def test_a_key_that_may_only_read(as_reader, picture):
    response = send(as_reader, picture())
    reason = "This API key may not do that: it lacks the scope for it."
    assert response.status_code == 403
    assert response.json() == error(reason, "permission_denied")


def test_there_is_nothing_to_get_with_a_key(as_reader):
    assert as_reader.get(URL).status_code == 405


def test_a_form_of_another_site_sends_nothing(alice, picture):
    """A browser's cookie comes with whatever page sends it here."""
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(alice)
    assert send(browser, picture()).status_code == 403
    assert Document.objects.count() == 0
