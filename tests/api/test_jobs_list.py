"""GET /api/v1/jobs/"""

from __future__ import annotations

import pytest

from documents.models import Job
from documents.services.jobs import create_job

URL = "/api/v1/jobs/"


def test_it_works(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.get(URL)
    assert response.status_code == 200
    assert response.json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [api.get(f"{URL}{job.pk}/").json()],
    }


def test_it_hides_what_is_not_yours(api, alice, charlie, document, fine):
    create_job(document, user=alice, engine="fine")
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, document, fine, rows, django_assert_num_queries):
    for _ in range(rows):
        create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    # Count, jobs, their progress, who is there to do those that are open.
    with django_assert_num_queries(4):
        assert len(api.get(URL).json()["results"]) == rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("state=queued", 1),
        ("state=queued&state=succeeded", 2),
        ("state=failed", 0),
        ("engine=fine", 2),
        ("engine=ppocr", 0),
        ("document={document}", 2),
        ("document=00000000-0000-4000-8000-000000000000", 0),
        ("workspace={workspace}", 2),
        ("updated_after=2020-01-01T00:00:00Z", 2),
        ("updated_after=2100-01-01T00:00:00Z", 0),
        ("created_before=2020-01-01T00:00:00Z", 0),
        ("page_size=1", 1),
    ],
)
def test_filters(api, alice, document, read_through, query, found):
    read_through(document)
    create_job(document, user=alice, engine="fine", languages=["fra"])
    api.force_authenticate(alice)
    query = query.format(document=document.pk, workspace=document.workspace_id)
    assert len(api.get(f"{URL}?{query}").json()["results"]) == found


def test_jobs_of_the_trash_are_not_shown(api, alice, document, read_through):
    read_through(document)
    api.force_authenticate(alice)
    api.delete(f"/api/v1/documents/{document.pk}/")
    assert api.get(URL).json()["results"] == []
    assert Job.objects.count() == 1


def test_a_state_that_there_is_not(api, alice):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?state=done")
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == ["state"]
