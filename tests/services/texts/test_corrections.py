"""Lines that people put right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections

from documents.models import Correction, Document, Job, PageRead
from documents.services.jobs import create_job
from documents.services.texts.choice import choose_text, text_job
from documents.services.texts.corrections import (
    InvalidLine,
    Outdated,
    correct_line,
    corrected_texts,
    current_text,
    history,
    shown_result,
)
from tests.services.conftest import read_all

PEOPLE = 4


@pytest.fixture
def job(alice: User, document: Document) -> Job:
    job = create_job(document, user=alice)
    read_all()
    job.refresh_from_db()
    return job


@pytest.fixture
def read(job: Job) -> PageRead:
    """One line: “Total 12.50”."""
    return job.page_reads.get()


def test_it_works(alice: User, job: Job, read: PageRead) -> None:
    made = correct_line(read, 0, " Total 17.50 ", user=alice, before="Total 12.50")
    assert (made.line, made.before, made.after, made.user) == (
        *(0, "Total 12.50", "Total 17.50"),
        alice,
    )
    assert current_text(read, 0) == "Total 17.50"
    assert corrected_texts(job) == {1: {0: "Total 17.50"}}
    assert read.reading.text == "Total 12.50"
    was = job.updated
    job.refresh_from_db()
    assert job.updated > was


def test_it_stays_the_text_whatever_is_read_next(
    alice: User, document: Document, read: PageRead
) -> None:
    correct_line(read, 0, "Total 17.50", user=alice)
    create_job(document, user=alice, preprocess="none")
    read_all()
    document.refresh_from_db()
    assert text_job(document) == read.job
    assert document.page_texts.get(number=1).text == "Total 17.50"


def test_another_that_was_chosen_stays_chosen(
    alice: User, document: Document, read: PageRead
) -> None:
    other = create_job(document, user=alice, preprocess="none")
    read_all()
    other.refresh_from_db()
    choose_text(document, other)
    read.job.document.refresh_from_db()
    correct_line(read, 0, "Total 17.50", user=alice)
    document.refresh_from_db()
    assert text_job(document) == other


def test_what_is_shown(alice: User, read: PageRead) -> None:
    as_read = shown_result(read)
    assert as_read == read.reading.result
    correct_line(read, 0, "Total 17.50", user=alice)
    shown = shown_result(read)
    assert shown["text"] == "Total 17.50"
    assert shown["lines"][0]["text"] == "Total 17.50"
    assert shown["lines"][0]["corrected"] is True
    assert shown.keys() == as_read.keys()


def test_undone_is_as_read(alice: User, read: PageRead) -> None:
    correct_line(read, 0, "Total 17.50", user=alice)
    correct_line(read, 0, "Total 12.50", user=alice)
    assert shown_result(read) == read.reading.result
    assert [(one.before, one.after) for one in history(read, 0)] == [
        ("Total 12.50", "Total 17.50"),
        ("Total 17.50", "Total 12.50"),
    ]


def test_the_same_again_is_no_correction(alice: User, read: PageRead) -> None:
    assert correct_line(read, 0, "Total 12.50", user=alice) is None
    assert not Correction.objects.exists()


def test_a_line_may_be_emptied(alice: User, read: PageRead) -> None:
    correct_line(read, 0, "  ", user=alice)
    assert shown_result(read)["text"] == ""
    assert shown_result(read)["lines"][0]["text"] == ""


def test_whoever_is_late_is_told(alice: User, read: PageRead) -> None:
    correct_line(read, 0, "Total 17.50", user=alice, before="Total 12.50")
    with pytest.raises(Outdated, match="Somebody else has changed this line"):
        correct_line(read, 0, "Total 72.50", user=alice, before="Total 12.50")
    assert current_text(read, 0) == "Total 17.50"


@pytest.mark.django_db(transaction=True)
def test_of_those_who_are_there_at_once_one_wins(alice: User, read: PageRead) -> None:
    start = Barrier(PEOPLE)

    def correct(number: int) -> str:
        mine = PageRead.objects.get(pk=read.pk)
        start.wait()
        try:
            text = f"Total {number}"
            correct_line(mine, 0, text, user=alice, before="Total 12.50")
        except Outdated:
            return "late"
        finally:
            connections.close_all()
        return text

    with ThreadPoolExecutor(PEOPLE) as pool:
        said = list(pool.map(correct, range(PEOPLE)))
    assert current_text(read, 0) in said
    assert said.count("late") == PEOPLE - 1
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("two\nlines", "without line breaks"),
        ("two\u2028lines", "without line breaks"),
        ("x" * 4001, "at most 4000 characters"),
        ("a\0b", "such as tabs"),
        ("a\tb", "such as tabs"),
        ("a\ud800", "such as tabs"),
    ],
)
def test_what_no_line_says(alice: User, read: PageRead, text: str, reason: str) -> None:
    with pytest.raises(InvalidLine, match=reason):
        correct_line(read, 0, text, user=alice)
    assert not Correction.objects.exists()


def test_marks_of_direction_are_text(alice: User, read: PageRead) -> None:
    correct_line(read, 0, "\u200fالمجموع ١٢٫٥٠", user=alice)
    assert current_text(read, 0) == "\u200fالمجموع ١٢٫٥٠"


def test_there_is_no_such_line(alice: User, read: PageRead) -> None:
    for place in (1, 10**30):
        with pytest.raises(IndexError):
            correct_line(read, place, "x", user=alice)


def test_nothing_was_read(alice: User, document: Document) -> None:
    waiting = create_job(document, user=alice).page_reads.get()
    assert shown_result(waiting) == {}
    with pytest.raises(IndexError):
        correct_line(waiting, 0, "x", user=alice)
