"""Pictures read at the door of Google Vision: an answer for each, or its error."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

import engines
from documents.models import Document, Job
from documents.models.jobs import OPEN
from documents.services.at_once import reading_of
from documents.services.fetching import fetched
from documents.services.pages import local_path
from documents.services.results import ResultNotReady, result_of
from documents.services.sentences import told
from documents.services.uploads import upload
from documents.services.waiting import end_within, one_more_waits

# google.rpc.Code
INVALID_ARGUMENT, DEADLINE_EXCEEDED, INTERNAL = 3, 4, 13

Answer = dict[str, Any]  # an AnnotateImageResponse


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture: its bytes, or the address where it lies; and its languages' codes."""

    content: bytes = b""
    url: str = ""
    languages: tuple[str, ...] = ()


class Unreadable(Exception):
    """One picture of a request cannot be had; the message says why."""


def annotate(
    user: AbstractBaseUser, wanted: Sequence[Wanted | Unreadable]
) -> list[Answer]:
    """What each picture says, in order; what is wrong with one stops no other.

    The pictures become documents of the user's own workspace, and are read as any.

    Raises:
        TooManyWait: half of the server's threads wait already.
    """
    end = time.monotonic() + settings.READ_WAIT_SECONDS
    taken = [take(user, one, end) for one in wanted]
    if not any(isinstance(one, Document) for one in taken):
        return [answer(one) for one in taken]
    with one_more_waits():
        asked = [ask(user, *pair) for pair in zip(taken, wanted, strict=True)]
        jobs = [one.pk for one in asked if isinstance(one, Job)]
        end_within(jobs, end - time.monotonic())
    return [answer(one) for one in asked]


def take(
    user: AbstractBaseUser, wanted: Wanted | Unreadable, end: float
) -> Document | Exception:
    """The document that a picture became, or what stands against it."""
    if isinstance(wanted, Unreadable):
        return wanted
    if wanted.url and time.monotonic() > end:
        return Unreadable(_("Too many pictures were slow to fetch. Send fewer."))
    try:
        with brought(user, wanted) as (file, source):
            document, _new = upload(
                workspace=user.personal_workspace,
                user=user,
                file=file,
                name=file.name or _("picture"),
                source=source,
            )
    except engines.FileError as error:
        return error
    return document


@contextmanager
def brought(
    user: AbstractBaseUser, wanted: Wanted
) -> Iterator[tuple[File, Document.Source]]:
    if not wanted.url:
        yield ContentFile(wanted.content, _("picture")), Document.Source.API
        return
    with fetched(wanted.url, user) as file:
        yield file, Document.Source.URL


def ask(
    user: AbstractBaseUser, taken: Document | Exception, wanted: Wanted | Unreadable
) -> Job | Exception:
    if isinstance(taken, Exception) or isinstance(wanted, Unreadable):
        return taken
    return reading_of(taken, user, languages=wanted.languages)


def answer(asked: Job | Exception) -> Answer:
    """What was read of a picture; or why not, as a google.rpc.Status."""
    if isinstance(asked, Exception):
        return failed(INVALID_ARGUMENT, str(asked))
    asked.refresh_from_db()
    if asked.state in OPEN:
        return failed(
            DEADLINE_EXCEEDED,
            _("The picture is still being read. Send it again to get its text."),
        )
    try:
        pages = result_of(asked).pages
    except ResultNotReady as error:
        return failed(INTERNAL, told(str(error)))
    errors = failed(INTERNAL, told(asked.error)) if asked.error else {}
    document = asked.document
    turns = document.pages.values_list("number", "turn")
    with local_path(document.file) as path:
        said = engines.vision_response(
            pages, path, {number: turn or 0 for number, turn in turns}
        )
    return {**said, **errors}


def failed(code: int, message: str) -> Answer:
    return {"error": {"code": code, "message": message}}
