"""GET /api/v1/jobs/{id}/pages/{n}/lines/{i}/history/"""

from __future__ import annotations

import pytest

from documents.models import Correction, Job, PageRead
from documents.services.jobs import create_job
from documents.services.texts.corrections import correct_line
from tests.api.conftest import error

URL = "/api/v1/jobs/{}/pages/{}/lines/{}/history/"


@pytest.fixture
def job(document, read_through) -> Job:
    """One page with one line: “Total 12.50”."""
    return read_through(document)


@pytest.fixture
def read(job) -> PageRead:
    return job.page_reads.get()


@pytest.fixture
def url(job) -> str:
    return URL.format(job.pk, 1, 0)


def test_it_works(api, alice, read, url):
    first = correct_line(read, 0, "Total 17.50", user=alice)
    second = correct_line(read, 0, "Total 17.58", user=alice)
    Correction.objects.filter(pk=second.pk).update(user=None)
    api.force_authenticate(alice)
    response = api.get(url)
    assert response.status_code == 200
    assert response.json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [
            {
                "before": "Total 12.50",
                "after": "Total 17.50",
                "by": "alice",
                "created": first.created.isoformat().replace("+00:00", "Z"),
            },
            {
                "before": "Total 17.50",
                "after": "Total 17.58",
                "by": None,
                "created": second.created.isoformat().replace("+00:00", "Z"),
            },
        ],
    }


@pytest.mark.parametrize("corrections", [1, 3])
def test_its_queries(api, alice, read, url, corrections, django_assert_num_queries):
    for n in range(corrections):
        correct_line(read, 0, f"Total {n}", user=alice)
    api.force_authenticate(alice)
    with django_assert_num_queries(5):
        assert api.get(url).json()["count"] == corrections


def test_a_line_that_nobody_touched(api, alice, url):
    api.force_authenticate(alice)
    assert api.get(url).json()["results"] == []


def test_a_viewer_may_look(api, vera, url):
    api.force_authenticate(vera)
    assert api.get(url).status_code == 200


@pytest.mark.parametrize(
    ("page", "line"), [(2, 0), (0, 0), (1, 1), (1, 10**30), (10**30, 0)]
)
def test_there_is_no_such_line(api, alice, job, page, line):
    api.force_authenticate(alice)
    assert api.get(URL.format(job.pk, page, line)).status_code == 404


def test_it_is_not_ready_while_the_job_runs(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.get(URL.format(job.pk, 1, 0))
    assert response.status_code == 409
    reason = "The document is still being read. Ask again soon."
    assert response.json() == error(reason, "result_not_ready")


def test_it_hides_other_peoples_lines(api, charlie, url):
    api.force_authenticate(charlie)
    assert api.get(url).status_code == 404
