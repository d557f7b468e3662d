"""What is handed out of a job."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User

from documents.models import Document, Job, PageRead
from documents.models.jobs import State
from documents.services.closing import close
from documents.services.jobs import cancel_job, create_job
from documents.services.readings import read_next
from documents.services.results import (
    ResultNotReady,
    export_job,
    job_pages,
    job_result,
    result_of,
)
from documents.services.texts.corrections import correct_line
from engines import OcrError
from tests.made_roi import made_template
from tests.services.conftest import MakeDocument, read_all
from tests.services.extracted import laid_over, read_as


@pytest.fixture
def job(alice: User, make_document: MakeDocument) -> Job:
    """Two pages: one read, one that failed."""
    job = create_job(make_document(alice, pages=2), user=alice)
    read_next()
    PageRead.objects.queued().update(state=State.FAILED, error="Too dark.")
    close(job.pk)
    job.refresh_from_db()
    return job


def test_it_serves_what_was_read_and_names_the_rest(job: Job) -> None:
    result = job_result(job)
    assert result.pop("pages") == job_pages(job)
    assert result == {
        "job": str(job.pk),
        "engine": "fine",
        "error": "Page 2: Too dark.",
    }
    assert [page["number"] for page in job_pages(job)] == [1]


def test_plain_text(job: Job) -> None:
    export = export_job(job, "txt")
    assert export.content.decode() == "Total 12.50\n"
    assert (export.media_type, export.name) == (
        "text/plain; charset=utf-8",
        "scan.txt",
    )


def test_a_page_of_several_says_which_it_is(job: Job) -> None:
    export = export_job(job, "txt", number=1)
    assert (export.content.decode(), export.name) == ("Total 12.50\n", "scan-1.txt")
    with pytest.raises(ResultNotReady):
        export_job(job, "txt", number=2)


def test_fields_alone_make_no_text(alice: User, make_document: MakeDocument) -> None:
    document = make_document(alice)
    layout = made_template(alice)
    fields = read_as(document, [laid_over(layout)], template=layout)
    reason = "Only fields were asked for, no text. Read it again with its text."
    for ask in (job_result, lambda job: export_job(job, "txt")):
        with pytest.raises(ResultNotReady) as refusal:
            ask(fields)
        assert str(refusal.value) == reason


def test_text_without_a_layout_is_a_result(alice: User, document: Document) -> None:
    job = create_job(document, user=alice, any_template=True)
    read_all()
    job.refresh_from_db()
    assert job.state == State.NEEDS_TEMPLATE
    assert [page["text"] for page in job_result(job)["pages"]] == ["Total 12.50"]


def test_layout_is_a_wish(job: Job) -> None:
    assert export_job(job, "txt", layout=True).content.decode() == "Total 12.50\n"


def test_json(job: Job) -> None:
    export = export_job(job, "json")
    assert json.loads(export.content) == job_result(job)
    assert (export.media_type, export.name) == ("application/json", "scan.json")


def test_what_people_put_right(alice: User, job: Job) -> None:
    read = job.page_reads.get(number=1)
    was = job_pages(job)[0]["lines"][0]
    correct_line(read, 0, "Total 17.50", user=alice)
    assert export_job(job, "txt").content.decode() == "Total 17.50\n"
    (page,) = job_pages(job)
    word = {**was["words"][0]}
    new = page["lines"][0]["words"][1]
    assert page["lines"] == [
        {
            **was,
            "text": "Total 17.50",
            "confidence": 1.0,
            "words": [word, new],
            "corrected": True,
        }
    ]
    assert (new["text"], new["confidence"]) == ("17.50", 1.0)
    assert result_of(job).corrected == {1: frozenset({0})}
    assert export_job(job, "csv").content.decode().splitlines()[1].endswith(",1")


def test_what_says_again_what_was_read_is_not_corrected(alice: User, job: Job) -> None:
    read, was = job.page_reads.get(number=1), job_pages(job)
    for text in ("Total 17.50", "Total 12.50"):
        correct_line(read, 0, text, user=alice)
    assert job_pages(job) == was
    assert result_of(job).corrected == {1: frozenset()}


def test_an_unknown_format_is_refused(job: Job) -> None:
    with pytest.raises(OcrError, match="There is no format “doc”"):
        export_job(job, "doc")


def test_it_is_not_ready_while_pages_are_open(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    with pytest.raises(ResultNotReady, match="still being read"):
        job_result(job)
    assert job_pages(job) == []


def test_when_no_page_was_read_it_says_why(alice: User, document: Document) -> None:
    job = create_job(document, user=alice, engine="refusing")
    read_all()
    job.refresh_from_db()
    with pytest.raises(ResultNotReady, match="Page 1: The page is too dark"):
        job_result(job)


def test_a_cancelled_job_without_pages_says_so(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    cancel_job(job)
    with pytest.raises(ResultNotReady, match="the job was cancelled"):
        export_job(job, "txt")
