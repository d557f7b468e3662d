"""GET /api/v1/jobs/{id}/result/"""

from __future__ import annotations

import pytest

from documents.services.errands import run_next
from documents.services.jobs import cancel_job, create_job
from tests.api.conftest import error
from tests.slides import MEDIA_TYPE, add_slides

URL = "/api/v1/jobs/{}/result/"


def test_it_works(api, alice, document, read_through, django_assert_num_queries):
    job = read_through(document)
    api.force_authenticate(alice)
    with django_assert_num_queries(3):
        response = api.get(URL.format(job.pk))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'inline; filename="scan.json"'
    assert response.json() == {
        "job": str(job.pk),
        "engine": "fine",
        "pages": [
            {
                "number": 1,
                "width": 40,
                "height": 30,
                "engine": "fine",
                "notes": [],
                "text": "Total 12.50",
                "lines": [
                    {
                        "text": "Total 12.50",
                        "confidence": 0.5,
                        "polygon": [[1, 2], [30, 2], [30, 12], [1, 12]],
                        "words": [
                            {
                                "text": "Total",
                                "confidence": 0.5,
                                "box": {"left": 1, "top": 2, "right": 30, "bottom": 12},
                            }
                        ],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize("query", ["as=txt", "as=txt&layout=true", "as=txt&page=1"])
def test_plain_text(api, alice, document, read_through, query):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(
        f"{URL.format(job.pk)}?{query}", headers={"Accept": "text/plain"}
    )
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="scan.txt"'
    assert response.content == b"Total 12.50\n"


@pytest.mark.parametrize(
    ("query", "media_type", "name", "content"),
    [
        ("md", "text/markdown; charset=utf-8", "scan.md", "Total 12.50\n"),
        (
            "csv&rows=line",
            "text/csv; charset=utf-8",
            "scan.csv",
            "\ufeffpage,line,text,left,top,right,bottom,confidence,corrected\r\n"
            "1,0,Total 12.50,1.0,2.0,30.0,12.0,0.500,0\r\n",
        ),
        (
            "tsv&rows=word",
            "text/tab-separated-values; charset=utf-8",
            "scan.tsv",
            "page\tline\tword\ttext\tleft\ttop\tright\tbottom\tconfidence\tcorrected\n"
            "1\t0\t0\tTotal\t1.0\t2.0\t30.0\t12.0\t0.500\t0\n",
        ),
    ],
)
def test_text_formats(
    api, alice, document, read_through, query, media_type, name, content
):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(f"{URL.format(job.pk)}?as={query}")
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response.content.decode() == content


@pytest.mark.parametrize(
    ("name", "media_type", "begins"),
    [
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("hocr", "application/xhtml+xml", b'<?xml version="1.0"'),
        ("alto", "application/xml", b"<?xml version='1.0'"),
    ],
)
def test_markup(api, alice, document, read_through, name, media_type, begins):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(f"{URL.format(job.pk)}?as={name}")
    assert response["Content-Type"] == media_type
    assert response.content.startswith(begins)
    assert b"scan.png" in response.content
    assert b"Total" in response.content


def test_not_before_the_job_is_done(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.get(URL.format(job.pk))
    assert response.status_code == 409
    assert response.json() == error(
        "The document is still being read. Ask again soon.", "result_not_ready"
    )


def test_a_cancelled_job_has_none(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    cancel_job(job)
    api.force_authenticate(alice)
    response = api.get(URL.format(job.pk))
    assert response.status_code == 409
    assert response.json() == error(
        "No page was read: the job was cancelled.", "result_not_ready"
    )


def test_it_hides_other_peoples_results(api, charlie, document, read_through):
    job = read_through(document)
    api.force_authenticate(charlie)
    response = api.get(URL.format(job.pk))
    assert response.status_code == 404
    assert response.json() == error("Not found.", "not_found")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("as=docx", 400),
        ("page=0", 400),
        ("page=x", 400),
        ("layout=x", 400),
        ("as=csv&rows=letter", 400),
        ("page=2", 404),
    ],
)
def test_it_rejects_what_makes_no_sense(
    api, alice, document, read_through, query, status
):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(f"{URL.format(job.pk)}?{query}")
    assert response.status_code == status


@pytest.fixture
def slides(monkeypatch):
    add_slides(monkeypatch)


def test_a_slow_format_is_waited_for(
    api, alice, document, read_through, slides, worker_at_hand
):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(f"{URL.format(job.pk)}?as=slides&background=white")
    assert response.status_code == 200
    assert response["Content-Type"] == MEDIA_TYPE
    assert response["Content-Disposition"] == 'inline; filename="scan.slides"'
    content = b"".join(response.streaming_content)
    response.close()
    assert content == b"scan.png {1: (40, 30)} white"


def test_a_slow_format_says_how_far_it_is(api, alice, document, read_through, slides):
    job = read_through(document)
    api.force_authenticate(alice)
    url = f"{URL.format(job.pk)}?as=slides&wait=0"
    for _ in range(2):
        response = api.get(url)
        assert response.status_code == 202
        assert response["Retry-After"] == "1"
        assert response.json() == {"progress": {"done": 0, "total": 1}}
    assert run_next()
    ready = api.get(url)
    ready.close()
    assert ready.status_code == 200


def test_a_slow_format_is_not_waited_for_by_all(
    api, alice, document, read_through, slides, nobody_may_wait
):
    job = read_through(document)
    api.force_authenticate(alice)
    assert api.get(f"{URL.format(job.pk)}?as=slides").status_code == 202


def test_why_a_slow_format_failed(
    api, alice, document, read_through, slides, worker_at_hand
):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.get(f"{URL.format(job.pk)}?as=slides&layout=true")
    assert response.status_code == 422
    assert response.json() == error("There is no picture of page 1.", "refused")
