"""A picture read while its sender waits: what doors do that know one answer only."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.utils.translation import gettext as _

from documents.models import Delivery, Document, Job
from documents.models.jobs import OPEN
from documents.services.deliveries import is_there, ordered
from documents.services.jobs import create_job
from documents.services.uploads import clean_name, upload
from documents.services.waiting import end_within, one_more_waits

# What one picture can be; pages of a PDF are more than somebody should wait for.
KINDS = ("jpeg", "png", "webp", "bmp", "gif", "tiff", "heic")
PICTURES = tuple(f"image/{kind}" for kind in KINDS)


class StillReading(Exception):
    """It took longer than anybody may wait; the message says what to do."""

    def __init__(self, job: Job) -> None:
        super().__init__(_("The picture is still being read. Send it again soon."))
        self.job = job


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture that was read: its job, and what its sender calls it."""

    job: Job
    name: str
    end: float  # of the waiting, as time.monotonic() counts


@contextmanager
def read_at_once(
    user: AbstractBaseUser,
    given: AbstractContextManager[tuple[File, Document.Source]],
    *,
    engine: str = "",
    kinds: tuple[str, ...] = PICTURES,
) -> Iterator[Sent]:
    """Read the picture that is *given*, in the user's own workspace.

    Within the context its sender has one of the places for waiting requests. Nothing
    is left of a file that is refused.

    Raises:
        FileError: it cannot be read as a picture of these *kinds*.
        StillReading: it was not read in time.
        TooManyWait: half of the server's threads wait already.
    """
    end = time.monotonic() + settings.READ_WAIT_SECONDS
    with given as (file, source), one_more_waits():
        document, _new = upload(
            workspace=user.personal_workspace,
            user=user,
            file=file,
            name=file.name or _("picture"),
            source=source,
            kinds=kinds,
        )
        job = reading_of(document, user, engine)
        if not end_within([job.pk], end - time.monotonic()):
            raise StillReading(job)
        job.refresh_from_db()
        yield Sent(job, clean_name(file.name or document.name), end)


def reading_of(
    document: Document,
    user: AbstractBaseUser,
    engine: str = "",
    languages: Sequence[str] = (),
) -> Job:
    """A new job, or the one that is at it: who sends a picture again because it takes
    long shall not have it read twice."""
    under_way = document.jobs.filter(
        state__in=OPEN,
        created_by=user,
        engine=engine or settings.DEFAULT_ENGINE,
        languages=list(languages) or settings.DEFAULT_LANGUAGES,
        preprocess="auto",
        prompt="",
        max_side=None,
        text=True,
        template=None,
        any_template=False,
    )
    return under_way.first() or create_job(
        document, user=user, engine=engine, languages=list(languages)
    )


def drawn(sent: Sent, background: str) -> Delivery:
    """The picture that workers make of what was read.

    Raises:
        ResultNotReady: nothing was read.
        StillReading: it was not made in time.
        Refused: it cannot be made.
    """
    delivery = ordered(sent.job, "png", None, {"background": background})
    if not is_there(delivery, sent.end - time.monotonic()):
        raise StillReading(sent.job)
    return delivery
