"""The text of a document: the chosen reading, else the newest that has any."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Document
from documents.services.texts.choice import NoText, choose_text, text_job, text_jobs
from tests.made import made_document, made_job


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


def test_it_works(document: Document) -> None:
    old, new = made_job(document), made_job(document)
    assert text_job(document) == new
    choose_text(document, old)
    document.refresh_from_db()
    assert text_job(document) == old
    made_job(document)
    assert text_job(document) == old
    choose_text(document, None)
    document.refresh_from_db()
    assert text_job(document) == document.jobs.first()
    assert text_job(document) != new


@pytest.mark.parametrize("state", ["q", "r", "f", "c"])
def test_what_read_nothing_is_passed_over(document: Document, state: str) -> None:
    assert text_job(document) is None
    read = made_job(document)
    made_job(document, state)
    assert text_job(document) == read


def test_fields_alone_are_no_text(document: Document) -> None:
    job = made_job(document)
    document.jobs.update(text=False)
    assert text_job(document) is None
    job.refresh_from_db()
    with pytest.raises(NoText, match="has no text"):
        choose_text(document, job)


@pytest.mark.parametrize("state", ["q", "r", "f", "c"])
def test_only_what_was_read_can_be_chosen(document: Document, state: str) -> None:
    with pytest.raises(NoText, match=r"has no text. Choose one that is done"):
        choose_text(document, made_job(document, state))
    document.refresh_from_db()
    assert document.text_job is None


def test_another_documents_reading_cannot_be_chosen(
    document: Document, alice: User
) -> None:
    other = made_job(made_document(alice, name="other.png"))
    with pytest.raises(NoText, match="of another document"):
        choose_text(document, other)
    document.refresh_from_db()
    assert document.text_job is None


def test_many_documents_take_one_query(alice: User, django_assert_num_queries) -> None:
    chosen, newest, waiting, bare, other = (
        made_document(alice, name=f"{n}.png") for n in range(5)
    )
    first = made_job(chosen)
    made_job(chosen)
    choose_text(chosen, first)
    made_job(newest)
    second = made_job(newest)
    made_job(newest, "f")
    made_job(waiting, "q")
    made_job(other)
    asked = [chosen, newest, waiting, bare]
    for one in asked:
        one.refresh_from_db()
    read = {chosen.pk: first.pk, newest.pk: second.pk}
    with django_assert_num_queries(1):
        assert text_jobs([one.pk for one in asked]) == read
    query = Document.objects.filter(pk__in=[one.pk for one in asked])
    with django_assert_num_queries(1):
        assert text_jobs(query) == read
    alone = {one.pk: job.pk for one in asked if (job := text_job(one))}
    assert alone == read
