"""GET /templates/page/, POST /templates/read/, POST /templates/values/"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.models import Document, Errand, Job
from documents.services import waiting
from documents.views.roi import live
from tests.made import made_document, made_job
from tests.made_roi import made_definition, made_template

PAGE, READ, VALUES = "/templates/page/", "/templates/read/", "/templates/values/"


@pytest.fixture
def scan(alice: User) -> Document:
    return made_document(alice)


def post(client: Client, url: str, data: Any) -> HttpResponse:
    return client.post(url, json.dumps(data), content_type="application/json")


def question(scan: Document, **more: Any) -> dict[str, Any]:
    definition = made_definition(["total"])
    return {"document": str(scan.pk), "page": 1, "definition": definition, **more}


def test_a_page_tells_its_lines(as_alice: Client, scan: Document) -> None:
    url = f"{PAGE}?document={scan.pk}&page=1"
    assert as_alice.get(url).json() == {
        "document": str(scan.pk),
        "number": 1,
        "width": 400,
        "height": 300,
        "picture": f"/documents/{scan.pk}/pages/1/image/",
        "lines": None,
        "reading": False,
    }
    made_job(scan, words=(("Total", 0.9),))
    corners = [[20, 20], [380, 20], [380, 60], [20, 60]]
    assert as_alice.get(url).json()["lines"] == [
        {"index": 0, "text": "Total", "polygon": corners}
    ]


def test_read_works(as_alice: Client, alice: User, scan: Document) -> None:
    answer = post(as_alice, READ, {"document": str(scan.pk)})
    job = Job.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"job": str(job.pk)})
    assert (job.document, job.created_by, job.template) == (scan, alice, None)
    shown = as_alice.get(f"{PAGE}?document={scan.pk}").json()
    assert shown["reading"] is True


def test_who_is_too_slow_is_asked_again(
    as_alice: Client, scan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "WAIT", 0)
    answer = post(as_alice, VALUES, question(scan))
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "fields": [],
            "error": "No worker has answered in time. Try again in a moment.",
            "retry": True,
        },
    )
    assert not Errand.objects.exists()  # nobody waits for it any more


def test_no_more_than_half_of_the_threads_wait(
    as_alice: Client, scan: Document
) -> None:
    places = 0
    while waiting.WAITING.acquire(blocking=False):
        places += 1
    try:
        answer = post(as_alice, VALUES, question(scan)).json()
    finally:
        waiting.WAITING.release(places)
    assert answer == {
        "fields": [],
        "error": "Too many requests wait already. Try again in a moment.",
        "retry": True,
    }


def test_what_cannot_be_read_is_refused_in_a_sentence(
    as_alice: Client, scan: Document, worker_at_hand: None
) -> None:
    wrong = question(scan, definition={"regions": [{"name": ""}]})
    answer = post(as_alice, VALUES, wrong).json()
    assert answer == {"fields": [], "error": answer["error"], "retry": False}
    assert answer["error"].endswith(".")


@pytest.mark.parametrize(
    "wrong",
    [
        {"document": "x"},
        {"document": []},
        {"page": "x"},
        {"page": 0},
        {"definition": [1]},
        {"template": "x"},
    ],
)
def test_nonsense_is_refused_in_a_sentence(
    as_alice: Client, scan: Document, wrong: dict[str, Any]
) -> None:
    answer = post(as_alice, VALUES, question(scan, **wrong))
    (name,) = wrong
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(f"{name}: ")
    assert not Errand.objects.exists()


def test_strangers_find_nothing(
    as_charlie: Client, alice: User, charlie: User, scan: Document
) -> None:
    assert as_charlie.get(f"{PAGE}?document={scan.pk}").status_code == 404
    assert post(as_charlie, READ, {"document": str(scan.pk)}).status_code == 404
    assert post(as_charlie, VALUES, question(scan)).status_code == 404
    mine, theirs = made_document(charlie), made_template(alice)
    wish = question(mine, template=str(theirs.pk))
    assert post(as_charlie, VALUES, wish).status_code == 404
    assert not Job.objects.exists()
    assert not Errand.objects.exists()


def test_viewers_look_only(
    as_vera: Client, scan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "WAIT", 0)
    assert as_vera.get(f"{PAGE}?document={scan.pk}").status_code == 200
    assert post(as_vera, VALUES, question(scan)).status_code == 200
    assert post(as_vera, READ, {"document": str(scan.pk)}).status_code == 403


def test_what_is_not_there_is_not_found(as_alice: Client, scan: Document) -> None:
    assert as_alice.get(f"{PAGE}?document={uuid4()}").status_code == 404
    assert as_alice.get(f"{PAGE}?document={scan.pk}&page=2").status_code == 404
    assert post(as_alice, VALUES, question(scan, page=2)).status_code == 404
