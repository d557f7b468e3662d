"""Results from elsewhere: what Google Vision read becomes a job that has ended."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import engines
from documents.models import Document, Job, Page, PageRead, Reading, Workspace
from documents.models.jobs import State
from documents.services.closing import close
from documents.services.results import ResultNotReady
from documents.services.uploads import on_disk, upload

ENGINE = "google-vision"  # in no registry: nobody can ask for it, nothing is cached
VERSION = "imported"
LARGEST_MB = 20  # some hundred pages
# How JSON begins that is more than a single value; no picture or PDF begins so.
JSON = re.compile(rb"(\xef\xbb\xbf)?\s*([\[{]\s*([\[{\"\]}]|$))")
HEAD = 200  # bytes


def is_result(file: File) -> bool:
    """Whether *file* is no picture, but what was read of one: it holds JSON."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return JSON.match(head) is not None


def content_of(file: File) -> bytes:
    """What a result's *file* holds.

    Raises:
        EmptyFile, TooLarge
    """
    with on_disk(file) as path:
        if path.stat().st_size > LARGEST_MB * 2**20:
            raise engines.TooLarge(
                _(
                    "The file is larger than %(limit)s MB, the most that a result "
                    "may have."
                )
                % {"limit": LARGEST_MB}
            )
        return path.read_bytes()


def import_vision(
    *,
    workspace: Workspace,
    user: AbstractBaseUser,
    content: bytes,
    name: str,
    document: Document | None = None,
    source: Document.Source = Document.Source.API,
) -> Job:
    """A job with what a file of Google Vision says: about *document*, or about blank
    pages that are made for it.

    Raises:
        FileError: it is no such file, it is of other pages, or it holds errors alone.
        ResultNotReady: nobody knows yet which way is up on the document's pages.
    """
    saved = engines.read_vision(content)
    if not saved.pages:
        raise engines.FileError(next(iter(saved.errors.values())))
    if document is None:
        document = paper(workspace, user, saved, content, name, source)
    elif document.pages.filter(turn=None).exists():
        raise ResultNotReady(_("The document is still being prepared. Ask again soon."))
    return keep(document, user, saved)


def paper(
    workspace: Workspace,
    user: AbstractBaseUser,
    saved: engines.VisionFile,
    content: bytes,
    name: str,
    source: Document.Source,
) -> Document:
    """A document of blank pages, one for each that was sent to be read."""
    mark = hashlib.sha256(content).hexdigest()
    usual = next(iter(saved.pages.values()))
    numbers = sorted({*saved.pages, *saved.errors})
    pages = [saved.pages.get(number, usual) for number in numbers]
    made = ContentFile(engines.blank_pdf(pages, settings.PDF_DPI, mark))
    document, _new = upload(
        workspace=workspace,
        user=user,
        file=made,
        name=f"{PurePath(name).stem}.pdf",
        source=source,
    )
    document.pages.filter(turn=None).update(turn=0)  # blank pages lie as they were made
    return document


@transaction.atomic
def keep(document: Document, user: AbstractBaseUser, saved: engines.VisionFile) -> Job:
    """The rows of a job that was read elsewhere.

    Raises:
        FileError: a page has another shape, or the file is of other pages.
    """
    pages = list(document.pages.order_by("number"))
    theirs = matched(saved, pages)
    now, nothing = timezone.now(), _("The file says nothing about this page.")
    job = Job.objects.create(
        workspace_id=document.workspace_id,
        document=document,
        created_by=user,
        engine=ENGINE,
        languages=settings.DEFAULT_LANGUAGES,
        state=State.RUNNING,
        started=now,
    )
    for page in pages:
        number = theirs.get(page.number, 0)
        found = saved.pages.get(number)
        PageRead.objects.create(
            job=job,
            page=page,
            workspace_id=job.workspace_id,
            number=page.number,
            lane=job.lane,
            state=State.SUCCEEDED if found else State.FAILED,
            reading=reading(job, page, found) if found else None,
            error="" if found else saved.errors.get(number, nothing),
            finished=now,
        )
    close(job.pk)
    job.refresh_from_db()
    return job


def matched(saved: engines.VisionFile, pages: list[Page]) -> dict[int, int]:
    """The file's number of each of *pages*: its own, or, where as many were sent to be
    read as there are, the one in its place."""
    numbers = [page.number for page in pages]
    known = sorted({*saved.pages, *saved.errors})
    if set(known) <= set(numbers):
        return {number: number for number in known}
    if len(known) == len(numbers):
        return dict(zip(numbers, known, strict=True))
    raise engines.FileError(_("The file is about other pages than the document has."))


def reading(job: Job, page: Page, found: engines.Page) -> Reading:
    fitted = engines.fit_vision_page(found, page.width, page.height)
    return Reading.objects.create(
        workspace_id=job.workspace_id,
        sha256=job.document.sha256,
        page_number=page.number,
        engine=ENGINE,
        engine_version=VERSION,
        pipeline_version=engines.PIPELINE_VERSION,
        options=job.pk.hex,  # each import is a reading of its own
        result=engines.page_to_json(fitted),
        text=fitted.text,
        confidence=fitted.confidence,
        seconds=0,
    )
