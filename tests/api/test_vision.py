"""POST /v1/images:annotate"""

from __future__ import annotations

import io
import logging
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest
from django.test import Client
from django.views.debug import ExceptionReporter
from PIL import Image

from documents.api.vision import hide_key
from documents.models import Document, Job, Page
from documents.services import waiting
from documents.services.bcp47 import tesseract_codes
from documents.services.keys import create_key
from engines import read_vision, register

pytestmark = pytest.mark.usefixtures("reading_meanwhile")
URL = "/v1/images:annotate"
FEATURES = [{"type": "TEXT_DETECTION"}]


@pytest.fixture
def key(alice) -> str:
    return create_key(alice, name="a till")[1]


@pytest.fixture
def content(picture) -> str:
    return b64encode(picture().read()).decode()


def ask(requests: object, client: Client | None = None, url: str = URL, **headers: str):
    return (client or Client()).post(
        url, {"requests": requests}, "application/json", headers=headers
    )


def of(content: str, **more: object) -> dict[str, Any]:
    return {"image": {"content": content}, "features": FEATURES, **more}


def refused(code: int, message: str, status: str = "INVALID_ARGUMENT"):
    return {"error": {"code": code, "message": message, "status": status}}


def only_error(response) -> dict[str, Any]:
    """What is said of the one picture, in a request that is right as a whole."""
    assert response.status_code == 200
    [found] = response.json()["responses"]
    assert list(found) == ["error"]
    return found["error"]


def test_it_works(alice, key, content):
    response = ask([of(content)], Authorization=f"Bearer {key}")
    assert response.status_code == 200
    page = read_vision(response.content).pages[1]
    assert (page.width, page.height, page.text) == (40, 30, "Total 12.50")
    job = Job.objects.get()
    assert (job.state, job.languages, job.created_by) == ("succeeded", ["eng"], alice)
    assert job.workspace == alice.personal_workspace
    assert (job.document.name, job.document.source) == ("picture", "api")


def test_the_key_may_come_as_googles_clients_send_it(key, content):
    whole = ask([of(content)], Authorization=f"Bearer {key}").json()
    assert ask([of(content)], **{"x-goog-api-key": key}).json() == whole
    assert ask([of(content)], url=f"{URL}?alt=json&key={key}").json() == whole
    project = "/v1/projects/mine/locations/eu/images:annotate"
    assert ask([of(content)], url=f"{project}?key={key}").json() == whole


def test_places_are_those_of_the_picture_as_it_is_stored(key):
    """Google does not turn what a camera held upright: the words run upwards."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[274] = 6
    Image.new("RGB", (40, 30), "white").save(out, "PNG", exif=exif)
    photo = b64encode(out.getvalue()).decode()
    answer = ask([of(photo)], **{"x-goog-api-key": key}).json()["responses"][0]
    [page] = answer["fullTextAnnotation"]["pages"]
    assert (page["width"], page["height"]) == (40, 30)
    assert corners(answer["textAnnotations"][1])[:2] == [(2, 29), (2, 16)]


def test_places_of_a_page_that_was_set_upright(key, content):
    """After the first reading, somebody has turned the page."""
    ask([of(content)], **{"x-goog-api-key": key})
    Page.objects.update(turn=1)
    answer = ask([of(content)], **{"x-goog-api-key": key}).json()["responses"][0]
    [page] = answer["fullTextAnnotation"]["pages"]
    assert (page["width"], page["height"]) == (30, 40)
    assert corners(answer["textAnnotations"][1])[:2] == [(2, 39), (2, 26)]


def corners(annotation: dict[str, Any]) -> list[tuple[int, int]]:
    return [(one["x"], one["y"]) for one in annotation["boundingPoly"]["vertices"]]


def test_what_was_read_before_is_answered_without_an_engine(key, content):
    ask([of(content)], **{"x-goog-api-key": key})
    register("fine", "tests.fakes.Raising")
    again = ask([of(content), of(content)], **{"x-goog-api-key": key}).json()
    assert len(again["responses"]) == 2
    assert Document.objects.count() == 1
    assert Job.objects.filter(cached=True).count() == 2


def test_names_may_be_in_snake_case_and_enums_numbers(key, content):
    one = {
        "image": {"content": content, "source": None},
        "features": [{"type": 5, "max_results": 3}],
        "image_context": {"language_hints": ["ar", "fr-CA"]},
    }
    assert ask([one], **{"x-goog-api-key": key}).status_code == 200
    assert Job.objects.get().languages == ["ara", "fra"]


def test_base64_in_either_alphabet(key, picture):
    safe = urlsafe_b64encode(picture().read()).decode().rstrip("=")
    broken = safe[:20] + "\n" + safe[20:]
    response = ask([of(safe), of(broken)], **{"x-goog-api-key": key})
    assert all("error" not in one for one in response.json()["responses"])


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        ({"features": FEATURES}, "Send the image's content, or its imageUri."),
        (of("n*t base64"), "The image's content is no base64."),
        (of("A"), "The image's content is no base64."),
        (
            of("eA==", features=[{"type": "LABEL_DETECTION"}, {"type": 4}]),
            "Ask for TEXT_DETECTION or DOCUMENT_TEXT_DETECTION, "
            "not “LABEL_DETECTION, 4”.",
        ),
        (
            {"image": {"source": {"gcsImageUri": "gs://a/b"}}, "features": FEATURES},
            "Google's buckets cannot be read from. Send the content.",
        ),
        (
            of("eA=="),
            "This file cannot be read: it is no picture or PDF. "
            "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF.",
        ),
    ],
)
def test_what_is_wrong_with_one_picture_stops_no_other(key, content, one, sentence):
    response = ask([one, of(content)], **{"x-goog-api-key": key})
    assert response.status_code == 200
    first, second = response.json()["responses"]
    assert first == {"error": {"code": 3, "message": sentence}}
    assert second["fullTextAnnotation"]["text"] == "Total 12.50"
    assert Document.objects.count() == 1


def test_a_page_that_cannot_be_read(key, content):
    register("fine", "tests.fakes.Refusing")
    error = only_error(ask([of(content)], **{"x-goog-api-key": key}))
    sentence = "Page 1: The page is too dark to be read. Scan it again."
    assert error == {"code": 13, "message": sentence}


def test_what_takes_too_long_is_said_so(key, content, settings, monkeypatch):
    settings.READ_WAIT_SECONDS = 0
    monkeypatch.setattr(waiting, "pause", lambda _seconds: None)
    for _ in range(2):  # who sends it again waits for the same reading
        error = only_error(ask([of(content)], **{"x-goog-api-key": key}))
        assert error["code"] == 4
        assert Job.objects.get().state == "queued"


def test_when_too_many_wait_clients_come_again(key, content, nobody_may_wait):
    response = ask([of(content)], **{"x-goog-api-key": key})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    reason = "Too many requests wait already. Try again in a moment."
    assert response.json() == refused(503, reason, "UNAVAILABLE")
    assert Job.objects.count() == 0


@pytest.mark.parametrize("headers", [{}, {"x-goog-api-key": "ocr_none"}])
def test_strangers(db, content, headers):
    response = ask([of(content)], **headers)
    assert response.status_code == 401
    assert response.json()["error"]["status"] == "UNAUTHENTICATED"
    assert Document.objects.count() == 0


def test_a_session_is_no_key(alice, client, content):
    """A browser's cookie comes with whatever page sends it here."""
    client.force_login(alice)
    assert ask([of(content)], client).status_code == 401


def test_a_key_that_may_only_read(alice, content):
    key = create_key(alice, name="a reader", scopes=["read"])[1]
    response = ask([of(content)], **{"x-goog-api-key": key})
    reason = "This API key may not do that: it lacks the scope for it."
    assert response.json() == refused(403, reason, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    ("requests", "message"),
    [
        ([], "requests: There is no picture in the request."),
        ([{}] * 17, "requests: Send at most 16 pictures in one request."),
        (None, "requests: This field is required."),
        (
            [{"image": 5}],
            "requests.0.image: Invalid data. Expected a dictionary, but got int.",
        ),
        (
            [{"image": {"content": ["x"]}}],
            "requests.0.image.content: Not a valid string.",
        ),
    ],
)
def test_requests_that_make_no_sense(key, requests, message):
    response = ask(requests, **{"x-goog-api-key": key})
    assert response.status_code == 400
    assert response.json() == refused(400, message)


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b'{"requests": "\xff"}'])
def test_bodies_that_are_no_json(key, body):
    response = Client().post(
        URL, body, "application/json", headers={"x-goog-api-key": key}
    )
    assert response.status_code == 400
    assert response.json()["error"]["status"] == "INVALID_ARGUMENT"


def test_a_request_that_is_too_large(key, monkeypatch):
    monkeypatch.setattr("documents.api.vision.LARGEST_REQUEST", 100)
    response = ask([of("A" * 100)], **{"x-goog-api-key": key})
    assert response.json() == refused(413, "The request is too large.")


def test_the_key_is_in_no_log_and_no_report(rf, key, content, caplog):
    address = f"{URL}?$alt=json&key={key}"
    request = rf.post(address, RAW_URI=address, REQUEST_URI=address)
    assert request.GET["key"] == key  # parsed by whoever looked before
    hide_key(request)
    assert request.META["RAW_URI"] == f"{URL}?%24alt=json"
    reporter = ExceptionReporter(request, ValueError, ValueError("a bug"), None)
    for report in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert "alt" in report
        assert key not in report
    with caplog.at_level(logging.DEBUG):
        ask([of(content)], url=f"{URL}?key={key}-")
        ask([], url=f"{URL}?key={key}")
    assert "Bad Request" in caplog.text
    assert key not in caplog.text


@pytest.mark.parametrize(
    ("tags", "codes"),
    [
        (["en"], ["eng"]),
        (["AR-eg", "en-t-i0-handwrit", "en"], ["ara", "eng"]),
        (["zh", "zh-Hant", "zh_TW"], ["chi_sim", "chi_tra"]),
        (["iw", "tlh", "", "-", "x" * 500], ["heb"]),
    ],
)
def test_languages(tags, codes):
    assert tesseract_codes(tags) == codes
