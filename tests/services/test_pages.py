"""Pages as pictures: upright once for all, with a preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage
from PIL import Image

from documents.models import Document, Page
from documents.services import pages
from documents.services.jobs import create_job
from documents.services.pages import local_path, prepare_document
from documents.tasks import prepare_document as task
from tests.services.conftest import MakeDocument


def test_it_works(alice: User, make_document: MakeDocument) -> None:
    document = make_document(alice, pages=2)
    assert prepare_document(document)
    rows = list(Page.objects.values_list("number", "turn", "width", "height"))
    assert rows == [(1, 0, 60, 40), (2, 0, 60, 40)]
    for page in Page.objects.all():
        with Image.open(page.preview.path) as preview:
            assert (preview.format, preview.size) == ("JPEG", (60, 40))


def test_a_page_that_lies_on_its_side_is_set_upright(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.engines, "find_turn", lambda page: 1)
    prepare_document(document)
    page = Page.objects.get()
    assert (page.turn, page.width, page.height) == (1, 40, 60)
    with Image.open(page.preview.path) as preview:
        assert preview.size == (40, 60)


def test_what_was_decided_stays(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    Page.objects.update(turn=2)
    monkeypatch.setattr(pages.engines, "find_turn", lambda page: 1)
    prepare_document(document)
    assert Page.objects.get().turn == 2


def test_previews_are_small(tmp_path: Path) -> None:
    small = tmp_path / "small.jpg"
    small.write_bytes(pages.jpeg(Image.new("RGB", (4000, 3000))))
    with Image.open(small) as preview:
        assert preview.size == (1600, 1200)


def test_what_is_there_is_not_made_again(document: Document) -> None:
    prepare_document(document)
    first = Page.objects.get().preview.name
    prepare_document(document)
    assert Page.objects.get().preview.name == first


def test_the_slower_of_two_workers_leaves_nothing_behind(document: Document) -> None:
    slower = document.pages.get()
    prepare_document(document)
    pages.make_preview(slower, Image.new("RGB", (60, 40)))
    folder = Path(Page.objects.get().preview.path).parent
    assert len(list(folder.iterdir())) == 1


def test_pages_of_an_open_job_are_left_to_it(alice: User, document: Document) -> None:
    create_job(document, user=alice)
    assert prepare_document(document)
    assert Page.objects.get().preview.name == ""


def test_a_long_document_gives_way(
    alice: User,
    make_document: MakeDocument,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "MOMENT", -1.0)
    assert not prepare_document(make_document(alice, pages=2))


def test_a_page_that_cannot_be_shown_is_passed_over(document: Document) -> None:
    document.file.storage.delete(document.file.name)
    assert prepare_document(document)
    assert Page.objects.get().preview.name == ""


def test_a_document_in_the_trash_is_left_alone(document: Document) -> None:
    Document.objects.update(trashed="2026-01-01T00:00:00Z")
    task(document.pk)
    assert Page.objects.get().preview.name == ""


class Remote(FileSystemStorage):
    """A store without paths, as S3 is."""

    def path(self, name: str) -> str:
        raise NotImplementedError

    def _open(self, name: str, mode: str = "rb") -> object:
        return FileSystemStorage()._open(name, mode)


def test_a_remote_file_is_fetched(document: Document) -> None:
    content = Path(document.file.path).read_bytes()
    document.file.storage = Remote()
    with local_path(document.file) as path:
        assert path.read_bytes() == content
