"""documents.services.documents: the trash, and what is gone for good."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from documents.models import Document, Job, Page, PageRead, Reading
from documents.services.documents import (
    purge_trash,
    restore_documents,
    trash_documents,
)
from documents.services.jobs import create_job
from tests.services.conftest import read_all


@pytest.fixture
def files(settings):
    def count() -> int:
        return sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))

    return count


def of(*documents: Document):
    return Document.objects.filter(pk__in=[document.pk for document in documents])


def age(days: int) -> None:
    Document.objects.exclude(trashed=None).update(
        trashed=timezone.now() - timedelta(days=days)
    )


def test_it_works(alice, make_document):
    one, two = make_document(alice, pages=2), make_document(alice)
    job = create_job(one, user=alice)
    assert trash_documents(Document.objects.visible_to(alice)) == 2
    assert not Document.objects.visible_to(alice).exists()
    assert set(Document.objects.trash_of(alice)) == {one, two}
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert set(PageRead.objects.values_list("state", flat=True)) == {"cancelled"}


def test_restore(alice, document):
    trash_documents(of(document))
    assert restore_documents(Document.objects.trash_of(alice)) == 1
    assert Document.objects.visible_to(alice).get() == document
    assert restore_documents(of(document)) == 0


def test_what_was_uploaded_anew_is_not_restored(alice, make_document):
    old, new, other = (make_document(alice) for _ in range(3))
    trash_documents(of(old, other))
    Document.objects.filter(pk=new.pk).update(sha256=old.sha256)
    assert restore_documents(Document.objects.trash_of(alice)) == 1
    assert set(Document.objects.visible_to(alice)) == {new, other}


def test_of_two_alike_one_is_restored(alice, make_document):
    one, two = make_document(alice), make_document(alice)
    trash_documents(of(one, two))
    Document.objects.update(sha256="same")
    assert restore_documents(of(one, two)) == 1
    assert Document.objects.visible_to(alice).count() == 1


def test_purge(alice, document, files, django_capture_on_commit_callbacks):
    create_job(document, user=alice)
    read_all()
    trash_documents(of(document))
    age(days=31)
    assert files() == 2  # the original and a preview
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_trash() == 1
    left = [x.objects.count() for x in (Document, Page, Job, PageRead, Reading)]
    assert left == [0, 0, 0, 0, 0]
    assert files() == 0


def test_purge_leaves_what_is_alive_or_younger(alice, make_document):
    alive, young = make_document(alice), make_document(alice)
    trash_documents(of(young))
    age(days=29)
    assert purge_trash() == 0
    assert set(Document.objects.all()) == {alive, young}


def test_readings_live_as_long_as_one_document_with_their_content(alice, make_document):
    one, two = make_document(alice), make_document(alice)
    create_job(one, user=alice)
    read_all()
    trash_documents(of(one))
    age(days=31)
    Document.objects.filter(pk=two.pk).update(sha256=one.sha256)
    assert purge_trash() == 1
    assert Reading.objects.count() == 1
    trash_documents(of(two))
    age(days=31)
    assert purge_trash() == 1
    assert Reading.objects.count() == 0


def test_of_two_with_the_same_content_one_comes_back(alice, make_document):
    one, two = make_document(alice), make_document(alice)
    trash_documents(of(one, two))
    Document.objects.update(sha256="same")
    assert restore_documents(Document.objects.trash_of(alice)) == 1


def test_what_was_begun_and_what_ended_keeps_its_state(alice, make_document):
    begun, ended = make_document(alice, pages=2), make_document(alice)
    jobs = [create_job(document, user=alice) for document in (begun, ended)]
    jobs[0].page_reads.filter(number=1).update(state="failed", error="It is dark.")
    Job.objects.filter(pk=jobs[1].pk).update(state="failed")
    jobs[1].page_reads.update(state="failed")
    trash_documents(of(begun, ended))
    assert [Job.objects.get(pk=job.pk).state for job in jobs] == ["cancelled", "failed"]
    assert Job.objects.get(pk=jobs[0].pk).error == "Page 1: It is dark."
