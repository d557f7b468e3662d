"""GET /api/v1/documents/{id}/compare/"""

from __future__ import annotations

from uuid import uuid4

import pytest

from documents.models import Correction, Document
from tests.api.conftest import error
from tests.made import made_document, made_job

LEFT = (("Corner Shop", 0.99), ("T0tal 1.20", 0.62), ("Bye", 0.9))
RIGHT = (("Corner Shop", 0.99), ("Total 1.20", 0.91))


@pytest.fixture
def document(alice) -> Document:
    return made_document(alice, pages=2)


def compare(api, document, left, right, **more):
    query = {"left": str(left), "right": str(right), **more}
    return api.get(f"/api/v1/documents/{document.pk}/compare/", query)


def side(job, engine, seconds, **counts):
    return {
        "job": str(job.pk),
        "as_read": False,
        "engine": engine,
        "seconds": seconds,
        "confidence": 0.9,
        **counts,
    }


def test_it_works(api, alice, document, django_assert_num_queries):
    api.force_authenticate(alice)
    left = made_job(document, words=LEFT)
    right = made_job(document, engine="ppocr", words=RIGHT, seconds=0.5)
    with django_assert_num_queries(7):
        response = compare(api, document, left.pk, right.pk, page=2)
    assert response.status_code == 200
    assert response.json() == {
        "page": 2,
        "left": side(left, "tesseract", 1.25, lines=3, words=5),
        "right": side(right, "ppocr", 0.5, lines=2, words=4),
        "agreement": 0.8333,
        "rows": [
            {
                "left": "Corner Shop",
                "right": "Corner Shop",
                "same": True,
                "changes": [],
            },
            {
                "left": "T0tal 1.20",
                "right": "Total 1.20",
                "same": False,
                "changes": [
                    {"op": "equal", "left": "T", "right": "T"},
                    {"op": "replace", "left": "0", "right": "o"},
                    {"op": "equal", "left": "tal 1.20", "right": "tal 1.20"},
                ],
            },
            {
                "left": "Bye",
                "right": "",
                "same": False,
                "changes": [{"op": "delete", "left": "Bye", "right": ""}],
            },
        ],
    }


def test_without_what_people_put_right(api, alice, document):
    api.force_authenticate(alice)
    job = made_job(document, words=LEFT)
    Correction.objects.create(
        read=job.page_reads.get(number=1),
        workspace=document.workspace,
        line=1,
        before="T0tal 1.20",
        after="Total 1.20",
        user=alice,
    )
    response = compare(api, document, f"{job.pk}:read", job.pk)
    answer = response.json()
    assert [side["as_read"] for side in (answer["left"], answer["right"])] == [
        True,
        False,
    ]
    assert [(row["left"], row["right"]) for row in answer["rows"]][1] == (
        "T0tal 1.20",
        "Total 1.20",
    )


def test_a_page_that_one_has_not_read(api, alice, document):
    api.force_authenticate(alice)
    left, right = made_job(document), made_job(document, "sf")
    assert compare(api, document, left.pk, right.pk, page=1).status_code == 200
    response = compare(api, document, left.pk, right.pk, page=2)
    reason = "Both jobs must have read this page. Ask again later."
    assert (response.status_code, response.json()) == (
        409,
        error(reason, "result_not_ready"),
    )
    assert compare(api, document, left.pk, right.pk, page=3).status_code == 404


@pytest.mark.parametrize(
    ("right", "reason"),
    [("x", "Send the id of a job."), (uuid4(), "This document has no such job.")],
)
def test_a_job_that_is_none(api, alice, document, right, reason):
    api.force_authenticate(alice)
    response = compare(api, document, made_job(document).pk, right)
    assert (response.status_code, response.json()) == (
        400,
        error(reason, "no_job" if right == "x" else "invalid", "right"),
    )


def test_another_documents_job(api, alice, document):
    api.force_authenticate(alice)
    other = made_job(made_document(alice, name="other.png"))
    response = compare(api, document, other.pk, made_job(document).pk)
    reason = "This document has no such job."
    assert (response.status_code, response.json()) == (
        400,
        error(reason, "invalid", "left"),
    )


def test_both_must_be_named(api, alice, document):
    api.force_authenticate(alice)
    response = api.get(f"/api/v1/documents/{document.pk}/compare/")
    required = {"code": "required", "detail": "This field is required."}
    assert response.json() == {
        "type": "validation_error",
        "errors": [required | {"attr": "left"}, required | {"attr": "right"}],
    }


def test_viewers_may_look_and_strangers_not(api, vera, charlie, document):
    left, right = made_job(document), made_job(document)
    api.force_authenticate(vera)
    assert compare(api, document, left.pk, right.pk).status_code == 200
    api.force_authenticate(charlie)
    assert compare(api, document, left.pk, right.pk).status_code == 404
