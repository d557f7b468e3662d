"""Archives asked for, made, and looked into."""

from __future__ import annotations

from zipfile import ZipFile

from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import InMemoryStorage, Storage, default_storage

from documents.models import Delivery, Document
from documents.services.deliveries import archive_of_documents, is_there
from documents.services.errands import run_next
from tests.made import made_document, made_job

BROKEN = "This could not be done. The site's log says why; try something else."


class Bucket(Storage):
    """Its files have no path, as with those of other machines."""

    def __init__(self) -> None:
        self.kept = InMemoryStorage()
        self.delete, self.exists = self.kept.delete, self.kept.exists
        self.listdir, self.size = self.kept.listdir, self.kept.size

    def _open(self, name: str, mode: str = "rb") -> File:
        return self.kept.open(name, mode)

    def _save(self, name: str, content: File) -> str:
        return self.kept.save(name, content)


def read(user: User, name: str, text: str = "") -> Document:
    document = made_document(user, name=name)
    made_job(document, words=((text or f"text of {name}", 0.9),))
    return document


def everything(user: User, as_: str = "txt", **wishes: object) -> Delivery:
    mine = Document.objects.visible_to(user).newest_first()
    return archive_of_documents(user, mine, as_, **wishes)


def run_through() -> int:
    """How many errands that took."""
    count = 0
    while run_next():
        count += 1
    return count


def content(delivery: Delivery) -> dict[str, str]:
    assert is_there(delivery, 0)
    with delivery.file.open("rb") as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name).decode() for name in names}


def left() -> list[str]:
    """The folders of pieces that are still there."""
    return default_storage.listdir("deliveries")[0]
