"""Staff, and a document that was read half and failed half."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from documents.models import Document, Job, Page, PageRead, Reading

MOMENT = re.compile(r"\d [ap]\.m\.|noon|midnight|^–$")


@pytest.fixture
def staff(db) -> User:
    return User.objects.create_superuser("sam", "sam@example.org", "open sesame")


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    """A browser in which staff has logged in."""
    client.force_login(staff)
    return client


def make_document(user: User, name: str = "receipt.png", pages: int = 1) -> Document:
    document = Document.objects.create(
        workspace=user.personal_workspace,
        name=name,
        file=ContentFile(b"original bytes", name=name),
        media_type="image/png",
        size=14,
        sha256=sha256(f"{name} {pages}".encode()).hexdigest(),
        page_count=pages,
        source=Document.Source.WEB,
        created_by=user,
    )
    Page.objects.bulk_create(
        Page(document=document, number=n, width=800, height=1200, turn=0)
        for n in range(1, pages + 1)
    )
    return document


def make_job(document: Document, *states: str) -> Job:
    """A job whose pages are in these *states*, one each; it is as its last page is."""
    now = timezone.now()
    job = Job.objects.create(
        workspace=document.workspace,
        document=document,
        created_by=document.created_by,
        engine="ppocr",
        languages=["eng"],
        state=states[-1],
        started=now - timedelta(seconds=3),
    )
    for page, state in zip(document.pages.all(), states, strict=True):
        PageRead.objects.create(
            job=job,
            page=page,
            workspace=job.workspace,
            number=page.number,
            lane=job.lane,
            state=state,
            attempt={"failed": 3, "queued": 0}.get(state, 1),
            error="The engine gave up." if state == "failed" else "",
            reading=make_reading(page) if state == "succeeded" else None,
            started=None if state == "queued" else now - timedelta(seconds=3),
            finished=now if state in ("succeeded", "failed") else None,
            lease=now + timedelta(seconds=60) if state == "running" else None,
        )
    return job


def make_reading(page: Page) -> Reading:
    return Reading.objects.create(
        workspace=page.document.workspace,
        sha256=page.document.sha256,
        page_number=page.number,
        engine="ppocr",
        engine_version="6",
        pipeline_version="1",
        options="none",
        result={"width": 800, "height": 1200, "lines": [{"text": "مجموع 12.50"}]},
        text="مجموع 12.50",
        confidence=0.953,
        seconds=0.84,
    )


@pytest.fixture
def document(alice: User) -> Document:
    return make_document(alice, pages=2)


@pytest.fixture
def job(document: Document) -> Job:
    return make_job(document, "succeeded", "failed")


@pytest.fixture
def looker(client: Client, charlie: User) -> Client:
    """A browser of staff who may view everything and change nothing."""
    charlie.is_staff = True
    charlie.save()
    may_view = Permission.objects.filter(codename__startswith="view_")
    charlie.user_permissions.set(may_view)
    client.force_login(charlie)
    return client


def rows_of(response: HttpResponse) -> list[list[str]]:
    """The words in the cells of an admin list, without check boxes and moments."""
    rows = re.findall(r"<tr><?.*?</tr>", response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<t[dh] class=\"field-.*?</t[dh]>", row) for row in rows]
    words = [[strip_tags(cell).replace("\xa0", " ") for cell in row] for row in cells]
    return [[word for word in row if not MOMENT.search(word)] for row in words if row]


def act(
    client: Client, url: str, action: str, *rows: Model, confirmed: bool = False
) -> HttpResponse:
    """Choose *action* for *rows* of the list at *url*, and say yes when asked."""
    chosen = {"action": action, "index": 0, "_selected_action": [r.pk for r in rows]}
    yes = {"confirmed": "yes"} if confirmed else {}
    return client.post(url, chosen | yes, follow=True)


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]
