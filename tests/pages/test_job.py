"""GET /jobs/<id>/status/ and /result/, POST /jobs/<id>/cancel/ and /retry/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client

from documents.models import Document, Job
from documents.views.formats import formats
from engines import EXPORTS
from tests.made import made_document, made_job
from tests.pages.saying import says


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice, name="فاتورة 1.png", pages=3)


def url(job: Job, door: str) -> str:
    return f"/jobs/{job.pk}/{door}/"


def page(job: Job) -> str:
    return f"/documents/{job.document_id}/?job={job.pk}"


def test_the_state_is_asked_for_until_the_job_has_ended(
    as_alice: Client, document: Document
) -> None:
    running = made_job(document, "srq")
    response = as_alice.get(url(running, "status"))
    words = "3 pages 8.2 KB Tesseract now reading 1 of 3 Stop"
    assert says(response, "facts") == [words]
    assert 'data-states="SRQ"' in response.content.decode()
    assert 'hx-trigger="every 1s"' in response.content.decode()
    again = as_alice.get(
        url(running, "status"), headers={"If-None-Match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")

    ended = as_alice.get(url(made_job(document, "sfs"), "status"))
    assert says(ended, "facts") == [
        "3 pages 8.2 KB Tesseract 2.5 s now 1 of 3 pages failed Try again"
    ]
    assert "hx-trigger" not in ended.content.decode()


def test_it_waits_for_pictures_but_not_forever(as_alice: Client, alice: User) -> None:
    fresh = made_job(made_document(alice, prepared=False))
    assert "hx-trigger" in as_alice.get(url(fresh, "status")).content.decode()
    old = made_document(alice, prepared=False, age=timedelta(hours=1))
    response = as_alice.get(url(made_job(old), "status"))
    assert "hx-trigger" not in response.content.decode()


def test_stop_and_try_again(as_alice: Client, document: Document) -> None:
    job = made_job(document, "srq")
    response = as_alice.post(url(job, "cancel"))
    assert (response.status_code, response.url) == (302, page(job))
    assert states(job) == ["cancelled", "cancelled", "succeeded"]
    as_alice.post(url(job, "retry"))
    assert states(job) == ["queued", "queued", "succeeded"]


def states(job: Job) -> list[str]:
    return sorted(job.page_reads.values_list("state", flat=True))


def test_download(as_alice: Client, alice: User) -> None:
    job = made_job(made_document(alice, name="فاتورة 1.png"))
    response = as_alice.get(url(job, "result"), {"as": "txt"})
    assert response.content.decode() == "Corner Shop\n2 apples  1.20\nT0tal  1.20\n"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9%201.txt"
    )
    layout = as_alice.get(url(job, "result"), {"as": "txt", "layout": "true"})
    assert layout.status_code == 200
    as_json = as_alice.get(url(job, "result"), {"as": "json"}).json()
    assert (as_json["job"], len(as_json["pages"])) == (str(job.pk), 1)


def test_every_format_is_offered_by_a_name(as_alice: Client, alice: User) -> None:
    """In the order of the table of formats; a new one goes by its own name."""
    offered = formats()
    assert [name for name, *_ in offered] == [name for name in EXPORTS if name != "txt"]
    assert [name for name, words, _ in offered if words == name.upper()] == []
    text = as_alice.get(page(made_job(made_document(alice)))).content.decode()
    assert all(f"as={name}" in text for name, *_ in offered)


@pytest.mark.parametrize(
    ("states", "wish", "sentence"),
    [
        ("srq", "txt", "The document is still being read. Ask again soon."),
        ("sss", "mp3", "There is no such format. Choose one from the menu."),
    ],
)
def test_what_cannot_be_downloaded_is_explained(
    as_alice: Client, document: Document, states: str, wish: str, sentence: str
) -> None:
    job = made_job(document, states)
    response = as_alice.get(url(job, "result"), {"as": wish})
    assert (response.status_code, response.url) == (302, page(job))
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told == [sentence]


@pytest.mark.parametrize("door", ["status", "result", "cancel", "retry"])
def test_a_stranger_finds_nothing(
    as_charlie: Client, document: Document, door: str
) -> None:
    job = made_job(document, "srq")
    ask = as_charlie.post if door in ("cancel", "retry") else as_charlie.get
    assert ask(url(job, door)).status_code == 404
    assert states(job) == ["queued", "running", "succeeded"]


@pytest.mark.parametrize("door", ["cancel", "retry"])
def test_a_viewer_may_not(as_vera: Client, document: Document, door: str) -> None:
    job = made_job(document, "srq")
    assert as_vera.post(url(job, door)).status_code == 403
    assert as_vera.get(url(job, "status")).status_code == 200
    assert states(job) == ["queued", "running", "succeeded"]


@pytest.mark.parametrize("door", ["status", "result", "cancel", "retry"])
def test_without_a_user_it_asks_for_one(
    client: Client, document: Document, door: str
) -> None:
    job = made_job(document)
    ask = client.post if door in ("cancel", "retry") else client.get
    assert ask(url(job, door)).url == f"/accounts/login/?next={url(job, door)}"
