"""POST /api/v1/jobs/"""

from __future__ import annotations

import pytest

from documents.models import Job
from engines import engine_names
from tests.api.conftest import error

URL = "/api/v1/jobs/"


def test_it_works(api, alice, document, fine):
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "fine", "languages": ["eng", "ara"]}
    response = api.post(URL, wish)
    assert response.status_code == 202
    job = Job.objects.get()
    assert response["Location"] == f"{URL}{job.pk}/"
    assert response["Retry-After"] == "1"
    assert response.json() == {
        "id": str(job.pk),
        "document": str(document.pk),
        "engine": "fine",
        "languages": ["eng", "ara"],
        "template": None,
        "state": "queued",
        "options": {},
        "progress": {"done": 0, "total": 1, "failed": 0},
        "cached": False,
        "seconds": None,
        "error": "",
        "notice": "No worker for engines of the class “cpu” is running. "
        "Start one: WORKERS=1 python manage.py up",
        "created": job.created.isoformat().replace("+00:00", "Z"),
        "started": None,
        "finished": None,
        "updated": job.updated.isoformat().replace("+00:00", "Z"),
    }
    assert job.created_by == alice


def test_all_wishes_are_kept(api, alice, document, fine):
    api.force_authenticate(alice)
    wish = {"preprocess": "none", "prompt": "Read all text.", "max_side": 1728}
    response = api.post(URL, {"document": document.pk, "engine": "fine", **wish})
    assert response.status_code == 202
    kept = Job.objects.values("preprocess", "prompt", "max_side").get()
    assert kept == wish


def test_without_wishes_the_defaults_hold(api, alice, document, settings, fine):
    settings.DEFAULT_ENGINE, settings.DEFAULT_LANGUAGES = "fine", ["fra"]
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk})
    assert response.json()["engine"] == "fine"
    assert response.json()["languages"] == ["fra"]


def test_what_was_read_before_is_not_read_again(api, alice, document, read_through):
    read_through(document)
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk, "engine": "fine"})
    assert response.status_code == 202
    assert response.json()["state"] == "succeeded"
    assert response.json()["cached"] is True
    assert response.json()["progress"] == {"done": 1, "total": 1, "failed": 0}


def test_it_hides_other_peoples_documents(api, charlie, document, fine):
    api.force_authenticate(charlie)
    response = api.post(URL, {"document": document.pk, "engine": "fine"})
    assert response.status_code == 404
    assert response.json() == error("Not found.", "not_found")
    assert Job.objects.count() == 0


def test_a_viewer_cannot_ask(api, vera, document, fine):
    api.force_authenticate(vera)
    response = api.post(URL, {"document": document.pk, "engine": "fine"})
    assert response.status_code == 403
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"document": "7"}, "document"),
        ({"document": None}, "document"),
        ({"document": []}, "document"),
        ({"engine": "nonsense"}, "engine"),
        ({"engine": {}}, "engine"),
        ({"languages": "eng"}, "languages"),
        ({"languages": []}, "languages"),
        ({"languages": ["../../x"]}, "languages.0"),
        ({"languages": ["eng"] * 11}, "languages"),
        ({"preprocess": "rm -rf"}, "preprocess"),
        ({"prompt": "x" * 4001}, "prompt"),
        ({"prompt": "\0"}, "prompt"),
        ({"max_side": -1}, "max_side"),
        ({"max_side": 10**30}, "max_side"),
        ({"template": "best"}, "template"),
        ({"template": 7}, "template"),
        ({"template": []}, "template"),
        ({"template": "auto", "text": "perhaps"}, "text"),
        ({"text": False}, "text"),
    ],
)
def test_it_rejects_what_makes_no_sense(api, alice, document, wish, attr):
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk, **wish})
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert Job.objects.count() == 0


def test_an_unknown_engine_is_told_which_there_are(api, alice, document):
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk, "engine": "nonsense"})
    assert response.json() == error(
        f"There is no such engine. Choose one of: {', '.join(engine_names())}.",
        "invalid",
        "engine",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"x"',
        b"\xff",
        b"[" * 5000,
        b'{"\\ud800": 1}',
        b'{"document": NaN}',
        b'{"max_side": 1e999}',
    ],
)
def test_it_rejects_broken_bodies(api, alice, body):
    api.force_authenticate(alice)
    response = api.post(URL, body, content_type="application/json")
    assert response.status_code == 400


def test_it_rejects_endless_bodies(api, alice, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    api.force_authenticate(alice)
    response = api.post(URL, {"prompt": "x" * 1000})
    assert response.status_code == 413
    assert response.json() == error("The request is too large.", "too_large")
