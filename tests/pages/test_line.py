"""GET, POST /jobs/<id>/pages/<n>/lines/<i>/, GET …/history/"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.models import Correction, Document, Job
from documents.services.texts.corrections import correct_line
from tests.made import made_document, made_job
from tests.pages.saying import says

RIGHT = {"text": "Total  1.20", "before": "T0tal  1.20"}


def url(job: Job, place: int = 2, door: str = "", page: int = 1) -> str:
    return f"/jobs/{job.pk}/pages/{page}/lines/{place}/{door}"


def corrections() -> list[tuple[int, str, str, str]]:
    made = Correction.objects.values_list("line", "before", "after", "user__username")
    return list(made)


def row(response: HttpResponse) -> str:
    """The row's own tag."""
    found = re.search(r"<li [^>]*>", response.content.decode())
    return found.group() if found else ""


@pytest.fixture
def job(alice: User) -> Job:
    return made_job(made_document(alice))


def test_it_works(as_alice: Client, job: Job) -> None:
    response = as_alice.post(url(job), RIGHT)
    assert response.status_code == 200
    assert row(response) == '<li tabindex="-1" data-line="2" class="right">'
    assert says(response, "t") == ["Total 1.20"]
    assert says(response, "c") == []
    assert says(response, "sign") == ["Corrected: who, when and what"]
    assert 'title="Corrected by alice, ' in response.content.decode()
    assert says(response, "#doubtful") == [""]
    assert says(response, "#plain") == ["Corner Shop 2 apples 1.20 Total 1.20"]
    assert says(response, "#layout") == ["Corner Shop 2 apples 1.20 Total 1.20"]
    assert corrections() == [(2, "T0tal  1.20", "Total  1.20", "alice")]


def test_the_page_shows_it(as_alice: Client, job: Job) -> None:
    as_alice.post(url(job), RIGHT)
    response = as_alice.get(f"/documents/{job.document_id}/")
    outline, line = says(response, "right")
    assert (outline, line) == ("", "3Total 1.20Corrected: who, when and what")
    assert says(response, "#doubtful") == [""]


def test_a_line_that_says_so_already(as_alice: Client, job: Job) -> None:
    response = as_alice.post(url(job), {"text": "T0tal  1.20", "before": "T0tal  1.20"})
    assert row(response) == '<li tabindex="-1" data-line="2" class="lo doubtful">'
    assert corrections() == []


def test_a_line_that_says_again_what_was_read(as_alice: Client, job: Job) -> None:
    as_alice.post(url(job), RIGHT)
    back = {"text": RIGHT["before"], "before": RIGHT["text"]}
    response = as_alice.post(url(job), back)
    assert says(response, "c") == ["62"]
    assert says(response, "sign") == ["Corrected: who, when and what"]
    assert says(response, "#doubtful") == ["1 doubtful n"]


def test_it_may_be_emptied(as_alice: Client, job: Job) -> None:
    response = as_alice.post(url(job), {"text": "", "before": "T0tal  1.20"})
    assert says(response, "t") == [""]
    assert says(response, "#plain") == ["Corner Shop 2 apples 1.20"]


def test_somebody_else_was_faster(as_alice: Client, alice: User, job: Job) -> None:
    correct_line(job.page_reads.get(), 2, "Tota1", user=alice)
    response = as_alice.post(url(job), RIGHT)
    assert (response.status_code, response.content.decode()) == (
        409,
        "Somebody else has changed this line. Look at it again.",
    )
    assert says(as_alice.get(url(job)), "t") == ["Tota1"]


def test_what_no_line_can_say(as_alice: Client, job: Job) -> None:
    response = as_alice.post(url(job), RIGHT | {"text": "one\ntwo"})
    assert (response.status_code, response.content.decode()) == (
        422,
        "This is one line: write it without line breaks.",
    )
    assert corrections() == []


@pytest.mark.parametrize(("place", "page"), [(3, 1), (0, 2), (0, 0), (2**40, 1)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_line_that_is_not_there(
    as_alice: Client, job: Job, place: int, page: int, method: str
) -> None:
    response = getattr(as_alice, method)(url(job, place, page=page), RIGHT)
    assert response.status_code == 404
    assert corrections() == []


def test_a_page_that_is_not_read_yet(as_alice: Client, alice: User) -> None:
    job = made_job(made_document(alice), "q")
    assert as_alice.get(url(job, 0)).status_code == 404
    assert as_alice.post(url(job, 0), {"text": "x"}).status_code == 404


def test_history(as_alice: Client, job: Job) -> None:
    as_alice.post(url(job), RIGHT)
    as_alice.post(url(job), {"text": "Sum", "before": RIGHT["text"]})
    response = as_alice.get(url(job, door="history/"))
    assert says(response, "was") == ["Before: Total 1.20", "Before: T0tal 1.20"]
    assert says(response, "is") == ["After: Sum", "After: Total 1.20"]
    page = response.content.decode()
    assert "<b>alice</b> · <time" in page
    assert "T<del>0</del>tal  1.20" in page
    assert "T<ins>o</ins>tal  1.20" in page
    assert re.findall('data-puts="([^"]*)"', page) == ["Total  1.20", "T0tal  1.20"]


def test_of_who_left_the_changes_stay(as_alice: Client, job: Job) -> None:
    as_alice.post(url(job), RIGHT)
    Correction.objects.update(user=None)
    response = as_alice.get(url(job, door="history/"))
    assert "<b>someone who left</b>" in response.content.decode()
    page = as_alice.get(url(job)).content.decode()
    assert 'title="Corrected by someone who left, ' in page


@pytest.mark.parametrize("door", ["", "history/"])
def test_a_stranger_finds_nothing(as_charlie: Client, job: Job, door: str) -> None:
    assert as_charlie.get(url(job, door=door)).status_code == 404
    assert as_charlie.post(url(job), RIGHT).status_code == 404
    assert corrections() == []


def test_a_viewer_looks_and_no_more(as_vera: Client, job: Job, alice: User) -> None:
    assert as_vera.post(url(job), RIGHT).status_code == 403
    assert corrections() == []
    correct_line(job.page_reads.get(), 2, "Total", user=alice)
    assert says(as_vera.get(url(job)), "t") == ["Total"]
    past = as_vera.get(url(job, door="history/")).content.decode()
    assert "T<del>0</del>tal" in past
    assert "data-puts" not in past
    page = as_vera.get(f"/documents/{job.document_id}/").content.decode()
    assert "line-editor" not in page


@pytest.mark.parametrize("lines", [1, 3])
def test_queries(
    as_alice: Client, alice: User, lines: int, django_assert_num_queries
) -> None:
    words = tuple((f"Line {number}", 0.5) for number in range(lines))
    document: Document = made_document(alice, words=words)
    job = made_job(document, words=words)
    as_alice.get(url(job, 0))
    for place in range(lines):
        correct_line(job.page_reads.get(), place, "Right", user=alice)
    with django_assert_num_queries(7):
        as_alice.get(url(job, 0))


def test_without_a_user_it_asks_for_one(client: Client, job: Job) -> None:
    response = client.post(url(job), RIGHT)
    assert response.url == f"/accounts/login/?next={url(job)}"
