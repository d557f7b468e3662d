"""Archives: many documents in one zip, piece by piece, whatever dies meanwhile."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Delivery, Document, Errand, Job
from documents.services import errands
from documents.services.deliveries import (
    CannotArchive,
    archive_of_jobs,
    archives,
    is_there,
    many,
    pieces,
)
from documents.services.documents import trash_documents
from documents.services.errands import Refused, run_next
from documents.services.results import ResultNotReady
from documents.services.workspaces import create_workspace
from tests.made import made_document, made_job
from tests.services.archived import BROKEN, content, everything, left, read, run_through
from tests.slides import add_slides


@pytest.fixture(autouse=True)
def one_document_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOMENT", 0)


@pytest.fixture
def three(alice: User) -> list[Document]:
    return [read(alice, f"{name}.png") for name in "abc"]


def test_it_works(alice: User, three: list[Document]) -> None:
    delivery = everything(alice)
    assert delivery.name == f"ocrsite-{timezone.localdate()}.zip"
    assert (delivery.state, delivery.done, delivery.total) == ("waiting", 0, 3)
    run_next()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.done, delivery.total) == ("running", 1, 3)
    assert run_through() == 3  # two pieces, and the whole
    assert content(delivery) == {
        "c.txt": "text of c.png\n",
        "b.txt": "text of b.png\n",
        "a.txt": "text of a.png\n",
    }
    delivery.refresh_from_db()
    assert (delivery.state, delivery.done, delivery.total) == ("done", 3, 3)
    assert left() == []


def test_others_have_their_turn_between_two_pieces(
    alice: User, three: list[Document]
) -> None:
    everything(alice)
    other = errands.put(alice.personal_workspace, "match", {})
    run_next()
    run_next()
    other.refresh_from_db()
    assert other.state == "failed"  # it asked for nothing that there is


def test_the_same_is_made_once(
    alice: User, charlie: User, three: list[Document]
) -> None:
    first = everything(alice)
    assert everything(alice) == first
    assert Errand.objects.count() == 1
    run_through()
    assert everything(alice) == first
    assert not Errand.objects.filter(state="waiting").exists()
    assert everything(alice, "md") != first
    assert everything(alice, layout=True) != first


def test_another_answer_is_another_file(alice: User, three: list[Document]) -> None:
    first = everything(alice)
    made_job(three[1], words=(("read anew", 0.9),))
    second = everything(alice)
    assert second != first
    run_through()
    assert content(second)["b.txt"] == "read anew\n"


def test_names_are_safe_and_of_their_own(alice: User) -> None:
    names = [
        *("../../etc/passwd.png", "a\\b:c.png", "Scan.png", "scan.png", "scan.pdf"),
        *("", "...", "فاتورة.png", "nul.png", "missing.png", "x\u202egpj.png"),
        *("a\x00b\nc.png", "é" * 120 + ".png", ".hidden.png"),
    ]
    for name in reversed(names):
        made_job(made_document(alice, name="x.png"))
        Document.objects.filter(name="x.png").update(name=name)
    delivery = everything(alice)
    run_through()
    found = list(content(delivery))
    assert found == [
        *(".._.._etc_passwd.txt".lstrip("."), "a_b_c.txt", "Scan.txt", "scan (2).txt"),
        *("scan (3).txt", "document.txt", "document (2).txt", "فاتورة.txt"),
        *("_nul.txt", "missing (2).txt", "x_gpj.txt", "a_b_c (2).txt"),
        *("é" * 75 + ".txt", "hidden.txt"),
    ]
    with delivery.file.open("rb") as file, ZipFile(file) as archive:
        arabic = archive.getinfo("فاتورة.txt")
    assert arabic.flag_bits & 0x800  # says that the name is UTF-8


def test_what_is_missing_is_told(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_document(alice, name="unread.png")
    made_job(made_document(alice, name="open.png"), "q")
    made_job(made_document(alice, name="dark.png"), "f", error="Too dark.")
    broken = made_job(made_document(alice, name="broken.png"))
    broken.page_reads.update(reading=None)
    delivery = everything(alice)
    trash_documents(Document.objects.filter(pk=three[0].pk))
    three[1].jobs.all().delete()
    run_through()
    found = content(delivery)
    assert found.pop("missing.txt").splitlines() == [
        "broken: No page was read: the job was cancelled.",
        "dark: Too dark.",
        "open: The document is still being read. Ask again soon.",
        "unread: It has not been read.",
        "b: Its reading was deleted meanwhile.",
        "a: It was deleted meanwhile.",
    ]
    assert list(found) == ["c.txt"]


def test_a_failure_of_one_is_not_that_of_all(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_slides(monkeypatch)
    Document.objects.filter(name="b.png").update(file="nowhere.png")
    delivery = everything(alice, "slides")
    run_through()
    found = content(delivery)
    assert found.pop("missing.txt") == f"b: {BROKEN}\n"
    assert list(found) == ["c.slides", "a.slides"]
    refused = everything(alice, "slides", layout=True)
    run_through()
    reason = "There is no picture of page 1."
    assert content(refused) == {
        "missing.txt": f"c: {reason}\nb: {reason}\na: {reason}\n"
    }


def test_on_a_storage_that_is_no_disk(alice: User, settings: Any) -> None:
    bucket = {"BACKEND": "tests.services.archived.Bucket"}
    settings.STORAGES = {**settings.STORAGES, "default": bucket}
    for name in "ab":
        read(alice, f"{name}.png")
    texts, pictures = everything(alice), everything(alice, "pdf")
    run_through()
    assert list(content(texts)) == ["b.txt", "a.txt"]
    assert is_there(pictures, 0)
    with pictures.file.open("rb") as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        assert [archive.read(name)[:4] for name in archive.namelist()] == [b"%PDF"] * 2
    assert left() == []


def test_of_jobs(alice: User, three: list[Document]) -> None:
    made_job(three[0], words=(("second", 0.9),))
    jobs = Job.objects.filter(document=three[0]).order_by("created")
    delivery = archive_of_jobs(alice, jobs, "txt")
    run_through()
    assert content(delivery) == {"a.txt": "text of a.png\n", "a (2).txt": "second\n"}


def test_without_any_text_there_is_none(alice: User) -> None:
    made_document(alice)
    with pytest.raises(ResultNotReady, match="None of these has any text yet"):
        everything(alice)
    assert not Delivery.objects.exists()


def test_too_many(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST", 2)
    with pytest.raises(CannotArchive, match=r"These are more than 2 documents\."):
        everything(alice)


def test_of_two_workspaces(alice: User, three: list[Document]) -> None:
    other = create_workspace(alice, "Shop")
    made_job(made_document(alice, workspace=other))
    with pytest.raises(CannotArchive, match="of more than one workspace"):
        everything(alice)


def test_too_large(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 300)
    delivery = everything(alice)
    run_through()
    with pytest.raises(Refused, match="The file would be larger than 0 GB"):
        is_there(delivery, 0)
    assert left() == []
    monkeypatch.setattr(archives, "MOST_BYTES", 10_000)
    again = everything(alice)
    assert again == delivery
    run_through()
    assert list(content(again)) == ["c.txt", "b.txt", "a.txt"]
