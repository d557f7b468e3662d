"""Reading a page: what a worker does between its claim and the stored answer."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

import engines
from documents.models import Job, PageRead
from documents.models.workers import CPU
from documents.services import crops, errands
from documents.services.closing import close
from documents.services.extraction import extract
from documents.services.pages import loaded, make_preview
from documents.services.queue import (
    claim,
    fail,
    store,
    store_text,
    try_again,
    wake_workers,
)
from documents.services.wishes import options_of
from documents.storage import StorageAway, StorageTrouble

logger = logging.getLogger(__name__)
MOMENT = 5.0  # seconds: then the queue's other tasks have their turn
PAUSE = timedelta(seconds=5)  # before the next attempt, when the machine is to blame
AWAY = timedelta(seconds=15), timedelta(seconds=90)  # while a storage is, in turn
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page was found to say; None where that was not asked, or known before."""

    page: engines.Page | None
    seconds: float  # that the engine took for the text
    extraction: dict[str, Any] | None


def read_on(may_go_on: Callable[[], bool]) -> None:
    """Read page after page, always the one whose turn it is, for a moment.

    The wake-up that led here is passed on before the work begins, so that an idle
    worker hears of the next page at once. Somebody waits for an errand: one is run
    before each page, and never two, so that pages have their turn as well.
    """
    end = time.monotonic() + MOMENT
    if not may_go_on():
        return
    if passed := runs_errands() and errands.are_waiting():
        pass_on()
        errands.run_next()
    if (read := claim()) is None:
        return
    if not passed:
        pass_on()
    process(read)
    while time.monotonic() < end and may_go_on():
        ran = runs_errands() and errands.run_next()
        if not (read_next() or ran):
            break


def runs_errands() -> bool:
    """Whether this worker answers questions: one that waits for another machine, or
    for a model of many gigabytes, would keep people waiting."""
    return settings.WORKER_CLASS == CPU


def read_next() -> bool:
    """Read the page whose turn it is; say whether there was one."""
    if (read := claim()) is None:
        return False
    process(read)
    return True


def pass_on() -> None:
    if PageRead.objects.queued().filter(engine_class=settings.WORKER_CLASS).exists():
        wake_workers(1, settings.WORKER_CLASS)


def process(read: PageRead) -> None:
    """Read the page, and end its job if it was the last."""
    settle(read)
    close(read.job_id)


def settle(read: PageRead) -> None:
    """Keep the engine's answer, or the reason why there is none."""
    try:
        found = answer(read)
    except (engines.FileError, engines.EngineUnavailable, engines.TemplateError) as no:
        fail(read, str(no))
    except engines.OcrError as error:
        try_again(read, str(error))
    except MemoryError:
        try_again(read, out_of_memory())
    except Exception as error:
        logger.exception("Page %s could not be read", read.pk)
        try_again(read, trouble(error), pause=pause_after(error, read.attempt))
    else:
        keep(read, found)


def keep(read: PageRead, found: Answer) -> None:
    """Store what was *found*; crops of an answer that came too late are waste."""
    kept = False
    try:
        kept = store(read, found.page, found.seconds, found.extraction)
    finally:
        if not kept:
            crops.remove(crops.names_in(found.extraction))


def answer(read: PageRead) -> Answer:
    """What the page says, and the engine's seconds for its text, loading included."""
    start = time.perf_counter()
    with loaded(read.page) as image:
        preview = time.perf_counter()
        make_preview(read.page, image.image)
        made = time.perf_counter()
        page = ask(read.job, image) if wants_text(read) else None
        seconds = time.perf_counter() - made + preview - start
        return Answer(page, seconds, fields_on(read, image, page, seconds))


def wants_text(read: PageRead) -> bool:
    """Whether the text is asked for, and no earlier reading or attempt has it."""
    if not (read.job.text or read.job.reads_fields):
        raise engines.TemplateError(_("The layout was deleted. Choose another one."))
    return read.job.text and read.reading is None


def fields_on(
    read: PageRead, image: engines.PageImage, page: engines.Page | None, seconds: float
) -> dict[str, Any] | None:
    """What the regions say; where that fails, the text is not read a second time."""
    if not read.job.reads_fields:
        return None
    known = page
    if known is None and read.reading is not None:
        known = engines.page_from_json(read.reading.result)
    try:
        return extract(read, image, known)
    except Exception:
        if page is not None:
            store_text(read, page, seconds)
        raise


def ask(job: Job, image: engines.PageImage) -> engines.Page:
    """Let the job's engine read *image*.

    Raises:
        EngineError: whatever an engine throws, it ends this page alone.
    """
    try:
        return engines.read_page(
            image, engine=job.engine, options=options_of(job), turn=0
        )
    except (engines.OcrError, MemoryError):
        raise
    except Exception as error:
        logger.exception("%s failed", job.engine)
        raise engines.EngineError(broken(job.engine, error)) from error


def pause_after(error: Exception, attempt: int) -> timedelta:
    if not isinstance(error, StorageAway):
        return PAUSE
    return AWAY[min(attempt, len(AWAY)) - 1]


def trouble(error: Exception) -> str:
    """What to tell when the fault lies not with the page, but with this machine."""
    if isinstance(error, StorageTrouble):
        return str(error)
    if isinstance(error, OSError) and error.errno in FULL:
        return _("The disk is full. Make room, then read the page again.")
    if isinstance(error, FileNotFoundError):
        return _("The file is gone from the store. Upload it again.")
    return _("The page could not be fetched or kept (%(error)s). Try again later.") % {
        "error": short(error)
    }


def out_of_memory() -> str:
    return _(
        "The page needs more memory than a worker may use. "
        "Try a smaller picture or another engine."
    )


def broken(engine: str, error: Exception) -> str:
    return _(
        "The engine “%(engine)s” failed on this page (%(error)s). Try another engine."
    ) % {"engine": engine, "error": short(error)}


def short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
