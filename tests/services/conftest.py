"""A document to read, and engines that do as they are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from documents.models import Document, Page
from documents.services.readings import read_next
from engines import register
from tests import fakes
from tests.fakes import scan

MakeDocument = Callable[..., Document]


@pytest.fixture(autouse=True)
def fake_engines(settings) -> None:
    """Each fake under its own name; the fine one is what everybody gets."""
    for name in fakes.NAMES:
        register(name, f"tests.fakes.{name.title()}")
    settings.DEFAULT_ENGINE = "fine"


@pytest.fixture
def make_document() -> MakeDocument:
    def make(user: User, pages: int = 1) -> Document:
        """A TIFF with *pages* frames in the user's own workspace."""
        content = scan(pages, seed=Document.objects.count())
        document = Document(
            workspace=user.personal_workspace,
            created_by=user,
            name="scan.tiff",
            media_type="image/tiff",
            size=len(content),
            sha256=f"{Document.objects.count():064}",
            page_count=pages,
            source=Document.Source.API,
        )
        document.file.save("original.tiff", ContentFile(content), save=False)
        document.save()
        Page.objects.bulk_create(
            Page(document=document, number=number, width=60, height=40)
            for number in range(1, pages + 1)
        )
        return document

    return make


@pytest.fixture
def document(alice: User, make_document: MakeDocument) -> Document:
    return make_document(alice)


def read_all() -> None:
    """Do what a worker does, until nothing waits."""
    while read_next():
        pass
