"""PATCH /api/v1/jobs/{id}/pages/{n}/lines/{i}/"""

from __future__ import annotations

import pytest

from documents.models import Correction, Job
from documents.services.jobs import create_job
from tests.api.conftest import error

URL = "/api/v1/jobs/{}/pages/{}/lines/{}/"


@pytest.fixture
def job(document, read_through) -> Job:
    """One page with one line: “Total 12.50”."""
    return read_through(document)


@pytest.fixture
def url(job) -> str:
    return URL.format(job.pk, 1, 0)


def test_it_works(api, alice, job, url):
    api.force_authenticate(alice)
    response = api.patch(url, {"text": "Totals 17.50", "before": "Total 12.50"})
    assert response.status_code == 200
    assert response.json() == {
        "number": 0,
        "text": "Totals 17.50",
        "confidence": 1.0,
        "polygon": [[1, 2], [30, 2], [30, 12], [1, 12]],
        "words": [
            {
                "text": "Totals",
                "confidence": 1.0,
                "box": {
                    "left": 1.0,
                    "top": 2.0,
                    "right": pytest.approx(15.5),
                    "bottom": 12.0,
                },
            },
            {
                "text": "17.50",
                "confidence": 1.0,
                "box": {
                    "left": pytest.approx(17.9, abs=0.1),
                    "top": 2.0,
                    "right": 30.0,
                    "bottom": 12.0,
                },
            },
        ],
        "corrected": True,
    }
    result = api.get(f"/api/v1/jobs/{job.pk}/result/").json()
    assert {"number": 0, **result["pages"][0]["lines"][0]} == response.json()
    assert result["pages"][0]["text"] == "Totals 17.50"
    made = Correction.objects.get()
    assert (made.user, made.before, made.after) == (
        alice,
        "Total 12.50",
        "Totals 17.50",
    )


def test_what_was_read_again_is_not_corrected(api, alice, url):
    api.force_authenticate(alice)
    api.patch(url, {"text": "Total 17.50"})
    response = api.patch(url, {"text": "Total 12.50"})
    assert response.status_code == 200
    told = response.json()
    assert "corrected" not in told
    assert (told["text"], told["confidence"]) == ("Total 12.50", 0.5)
    assert Correction.objects.count() == 2


def test_it_may_be_emptied(api, alice, job, url):
    api.force_authenticate(alice)
    told = api.patch(url, {"text": ""}).json()
    assert (told["text"], told["words"], told["corrected"]) == ("", [], True)
    text = api.get(f"/api/v1/jobs/{job.pk}/result/?as=txt")
    assert text.content == b"\n"


def test_the_second_of_two_is_told(api, alice, url):
    api.force_authenticate(alice)
    api.patch(url, {"text": "Total 17.50", "before": "Total 12.50"})
    response = api.patch(url, {"text": "Total 72.50", "before": "Total 12.50"})
    assert response.status_code == 409
    reason = "Somebody else has changed this line. Look at it again."
    assert response.json() == error(reason, "outdated")
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ({}, error("This field is required.", "required", "text")),
        ({"text": None}, error("This field may not be null.", "null", "text")),
        (
            {"text": "x", "after": "y"},
            error("There is no such field here.", "unknown", "after"),
        ),
        (
            {"text": "two\nlines"},
            error("This is one line: write it without line breaks.", "invalid_line"),
        ),
        (
            {"text": "x" * 4001},
            error("A line has at most 4000 characters.", "invalid_line"),
        ),
        (
            {"text": "a\tb"},
            error(
                "The line has control characters, such as tabs. Leave them out.",
                "invalid_line",
            ),
        ),
        (
            {"text": "a\0b"},
            error(
                "Null characters are not allowed.",
                "null_characters_not_allowed",
                "text",
            ),
        ),
    ],
)
def test_it_rejects_what_no_line_says(api, alice, url, wish, answer):
    api.force_authenticate(alice)
    response = api.patch(url, wish)
    assert response.status_code == 400
    assert response.json() == answer
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("page", "line"), [(2, 0), (0, 0), (1, 1), (1, 10**30), (10**30, 0)]
)
def test_there_is_no_such_line(api, alice, job, page, line):
    api.force_authenticate(alice)
    assert api.patch(URL.format(job.pk, page, line), {"text": "x"}).status_code == 404


def test_it_is_not_ready_while_the_job_runs(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.patch(URL.format(job.pk, 1, 0), {"text": "x"})
    assert response.status_code == 409
    reason = "The document is still being read. Ask again soon."
    assert response.json() == error(reason, "result_not_ready")


def test_it_hides_other_peoples_lines(api, charlie, url):
    api.force_authenticate(charlie)
    assert api.patch(url, {"text": "x"}).status_code == 404
    assert not Correction.objects.exists()


def test_a_viewer_may_look_no_more(api, vera, url):
    api.force_authenticate(vera)
    response = api.patch(url, {"text": "x"})
    assert response.status_code == 403
    reason = "You may look at this workspace, no more."
    assert response.json() == error(reason, "permission_denied")
    assert not Correction.objects.exists()
