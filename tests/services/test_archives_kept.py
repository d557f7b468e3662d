"""Archives when workers die of them, and what is left of them in the end."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.models import Delivery, Document, Errand
from documents.services import errands
from documents.services.deliveries import archives, forget, forget_old, is_there, pieces
from documents.services.errands import run_next
from tests.services.archived import BROKEN, content, everything, left, read, run_through


@pytest.fixture(autouse=True)
def one_document_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOMENT", 0)


@pytest.fixture
def three(alice: User) -> list[Document]:
    return [read(alice, f"{name}.png") for name in "abc"]


def die(times: int = 1) -> None:
    """A worker takes the errand and dies; it is given to another."""
    for _ in range(times):
        errand = errands.claim()
        assert errand
        errands.take_back(errand)


def test_a_piece_is_made_again_and_nothing_is_twice_in_it(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = everything(alice)
    run_next()
    monkeypatch.setattr(archives, "pass_on", dying)
    with pytest.raises(SystemExit):
        run_next()
    monkeypatch.undo()
    errands.take_back(Errand.objects.get(state="running"))
    run_through()
    assert list(content(delivery)) == ["c.txt", "b.txt", "a.txt"]
    assert left() == []


def dying(*_: object) -> None:
    raise SystemExit


@pytest.mark.parametrize("deadly", ["a.png", "b.png", "c.png"])
def test_a_document_that_kills_workers_is_left_out(
    alice: User, three: list[Document], deadly: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "MOMENT", 60)
    answer = pieces.answer

    def deadly_answer(document: Document, *rest: object) -> object:
        return dying() if document.name == deadly else answer(document, *rest)

    monkeypatch.setattr(pieces, "answer", deadly_answer)
    delivery = everything(alice)
    deaths = 0
    while True:
        try:
            if not run_next():
                break
        except SystemExit:
            deaths += 1
            errands.take_back(Errand.objects.get(state="running"))
    stem = deadly[0]
    rest = [f"{name}.txt" for name in "cba" if name != stem]
    found = content(delivery)
    assert list(found) == [*rest, "missing.txt"]
    assert found["missing.txt"] == f"{stem}: {BROKEN}\n"
    assert deaths == 2


def test_workers_that_die_of_something_else_leave_nothing_out(
    alice: User, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "MOMENT", 60)
    delivery = everything(alice)
    die()
    run_through()
    assert list(content(delivery)) == ["c.txt", "b.txt", "a.txt"]


def test_of_two_workers_the_slower_leaves_nothing(
    alice: User, three: list[Document]
) -> None:
    delivery = everything(alice)
    first = errands.claim()
    assert first
    errands.take_back(first)
    mine = Delivery.objects.select_related("errand").get()
    run_next()
    with pytest.raises(pieces.NoLonger):
        archives.add_piece(mine)
    run_through()
    assert list(content(delivery)) == ["c.txt", "b.txt", "a.txt"]
    assert left() == []


# Forgetting


def test_it_can_be_cancelled(
    alice: User, three: list[Document], django_capture_on_commit_callbacks: object
) -> None:
    delivery = everything(alice)
    run_next()
    assert left() == [delivery.pk.hex]
    with django_capture_on_commit_callbacks(execute=True):
        forget(delivery)
    assert left() == []
    assert run_through() == 1
    assert (Delivery.objects.count(), left()) == (0, [])
    assert Errand.objects.get().state == "done"


def test_it_goes_with_its_user(
    alice: User, three: list[Document], django_capture_on_commit_callbacks: object
) -> None:
    delivery = everything(alice)
    run_through()
    assert is_there(delivery, 0)
    Document.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        alice.delete()
    assert not default_storage.exists(delivery.file.name)


def test_it_goes_after_a_day(
    alice: User, three: list[Document], django_capture_on_commit_callbacks: object
) -> None:
    everything(alice)
    run_next()
    Delivery.objects.update(created=timezone.now() - timedelta(days=1, seconds=1))
    stray = f"deliveries/{uuid4().hex}/1.zip"
    default_storage.save(stray, ContentFile(b"PK"))
    with django_capture_on_commit_callbacks(execute=True):
        forget_old()
    assert (Delivery.objects.count(), left()) == (0, [])


def test_its_errand_stays_as_long_as_it(alice: User, three: list[Document]) -> None:
    everything(alice)
    errands.put(alice.personal_workspace, "match", {})
    Errand.objects.update(created=timezone.now() - timedelta(hours=2))
    errands.forget_old()
    assert [errand.kind for errand in Errand.objects.all()] == ["archive"]
