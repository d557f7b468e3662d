"""Callers of the API, and things they call about."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from documents.models import Document, Job, Membership, Workspace
from documents.models.people import Role
from documents.services import waiting
from documents.services.jobs import create_job
from documents.services.keys import create_key
from documents.services.readings import read_next
from documents.services.uploads import digest, on_disk, store
from documents.services.waiting import WAITING
from engines import FileInfo, register

Picture = Callable[..., SimpleUploadedFile]


@pytest.fixture
def reading_meanwhile(settings, fine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits does a worker's work meanwhile."""
    settings.DEFAULT_ENGINE = "fine"
    monkeypatch.setattr(waiting, "pause", lambda _seconds: read_next())


@pytest.fixture
def picture() -> Picture:
    """Makes pictures; those of different sizes have different content."""

    def make(
        width: int = 40, height: int = 30, name: str = "scan.png"
    ) -> SimpleUploadedFile:
        out = io.BytesIO()
        Image.new("RGB", (width, height), "white").save(out, "PNG")
        return SimpleUploadedFile(name, out.getvalue(), "image/png")

    return make


@pytest.fixture
def workspace(alice: User) -> Workspace:
    """Alice's own, where she is the owner."""
    return alice.personal_workspace


@pytest.fixture
def vera(db, workspace: Workspace) -> User:
    """A viewer of alice's workspace."""
    vera = User.objects.create_user("vera", "vera@example.org", "only looking")
    Membership.objects.create(workspace=workspace, user=vera, role=Role.VIEWER)
    return vera


def put(workspace: Workspace, file: SimpleUploadedFile) -> Document:
    """The document of a picture, stored without the costly look at its content."""
    size = Image.open(file).size
    file.seek(0)
    with on_disk(file) as path:
        document = Document(
            workspace=workspace,
            name=file.name,
            media_type="image/png",
            size=file.size,
            sha256=digest(path),
            page_count=1,
            source=Document.Source.API,
        )
        return store(document, FileInfo("image/png", (size,)), path)[0]


@pytest.fixture
def document(workspace: Workspace, picture: Picture) -> Document:
    return put(workspace, picture())


@pytest.fixture
def fine() -> None:
    """An engine that reads “Total 12.50” on every page, called “fine”."""
    register("fine", "tests.fakes.Fine")


@pytest.fixture
def read_through(alice: User, fine: None) -> Callable[[Document], Job]:
    """Reads a document to its end, as the workers do."""

    def read(document: Document) -> Job:
        job = create_job(document, user=alice, engine="fine")
        while read_next():
            pass
        job.refresh_from_db()
        return job

    return read


@pytest.fixture
def nobody_may_wait() -> Iterator[int]:
    """Others wait at POST /read/, as many as may; says how many."""
    taken = 0
    while WAITING.acquire(blocking=False):
        taken += 1
    yield taken
    WAITING.release(taken)


@pytest.fixture
def as_reader(alice: User) -> APIClient:
    """A program of alice's whose key may only read."""
    return with_key(alice, ["read"])


def with_key(user: User, scopes: list[str]) -> APIClient:
    secret = create_key(user, name="a program", scopes=scopes)[1]
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def error(detail: str, code: str, attr: str | None = None) -> dict[str, object]:
    """The whole answer to a request that failed for one reason."""
    kind = "validation_error" if attr else "client_error"
    errors = [{"code": code, "detail": detail, "attr": attr}]
    return {"type": kind, "errors": errors}
