"""Reading a page when the engine, the file or the disk will not."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from documents.models import Document, Job, Page, PageRead, Reading
from documents.models.jobs import State
from documents.services.jobs import create_job
from documents.services.readings import read_next
from documents.services.sweep import sweep
from tests.services.conftest import MakeDocument, read_all

BROKEN = "The engine “{}” failed on this page ({}). Try another engine."


def outcome(job: Job) -> tuple[str, str, int]:
    """State and error of the job, and how often its first page was tried."""
    job.refresh_from_db()
    return job.state, job.error, job.page_reads.get(number=1).attempt


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        ("refusing", "The page is too dark to be read. Scan it again."),
        ("raising", BROKEN.format("raising", "KeyError: 'shape'")),
        (
            "garbage",
            BROKEN.format(
                "garbage", "AttributeError: 'str' object has no attribute 'lines'"
            ),
        ),
    ],
)
def test_three_attempts_then_the_reason(
    alice: User, document: Document, engine: str, reason: str
) -> None:
    job = create_job(document, user=alice, engine=engine)
    read_all()
    assert outcome(job) == (State.FAILED, f"Page 1: {reason}", 3)
    assert Reading.objects.count() == 0


def test_an_empty_page_is_an_answer(alice: User, document: Document) -> None:
    job = create_job(document, user=alice, engine="blank")
    read_all()
    assert outcome(job) == (State.SUCCEEDED, "", 1)
    assert [reading.confidence for reading in Reading.objects.all()] == [None]


def test_pages_that_fail_do_not_spoil_the_others(
    alice: User, make_document: MakeDocument
) -> None:
    job = create_job(make_document(alice, pages=2), user=alice)
    Page.objects.filter(number=2).update(number=7)
    read_all()
    job.refresh_from_db()
    assert job.state == State.SUCCEEDED
    assert job.error.startswith("Page 2: ")


def test_a_broken_file_is_not_tried_again(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    Path(document.file.path).write_bytes(b"II*\x00 no more than its first bytes")
    read_all()
    state, error, attempts = outcome(job)
    assert (state, attempts) == (State.FAILED, 1)
    assert error.startswith("Page 1: ")


def test_a_missing_file_is_waited_for(alice: User, document: Document) -> None:
    """Storage may be away for a moment; three times is enough."""
    job = create_job(document, user=alice)
    document.file.storage.delete(document.file.name)
    for _attempt in range(3):
        assert read_next()
        assert not read_next()
        PageRead.objects.running().update(lease=timezone.now())
        sweep()
    gone = "Page 1: The file is gone from the store. Upload it again."
    assert outcome(job) == (State.FAILED, gone, 3)


class FullDisk(FileSystemStorage):
    def _save(self, name: str, content: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_named(
    alice: User, document: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    job = create_job(document, user=alice)
    monkeypatch.setattr(
        Page._meta.get_field("preview"), "storage", FullDisk(tmp_path / "media")
    )
    read_next()
    row = job.page_reads.get()
    reason = "The disk is full. Make room, then read the page again."
    assert (row.state, row.error) == (State.RUNNING, reason)
    monkeypatch.undo()
    PageRead.objects.update(lease=timezone.now())
    sweep()
    read_all()
    assert outcome(job) == (State.SUCCEEDED, "", 2)
