"""Reading a page: what a worker does between its claim and the stored answer."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable

from django.utils.translation import gettext as _

import engines
from documents.models import Job, PageRead
from documents.services.pages import loaded, make_preview
from documents.services.queue import (
    claim,
    close,
    fail,
    store,
    try_again,
    wake_workers,
)
from documents.services.wishes import options_of

logger = logging.getLogger(__name__)
MOMENT = 5.0  # seconds: then the queue's other tasks have their turn
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def read_on(may_go_on: Callable[[], bool]) -> None:
    """Read page after page, always the one whose turn it is, for a moment.

    The wake-up that led here is passed on before the work begins, so that an idle
    worker hears of the next page at once.
    """
    end = time.monotonic() + MOMENT
    if not may_go_on() or (read := claim()) is None:
        return
    pass_on()
    process(read)
    while time.monotonic() < end and may_go_on() and read_next():
        pass


def read_next() -> bool:
    """Read the page whose turn it is; say whether there was one."""
    if (read := claim()) is None:
        return False
    process(read)
    return True


def pass_on() -> None:
    if PageRead.objects.queued().exists():
        wake_workers(1)


def process(read: PageRead) -> None:
    """Read the page, and end its job if it was the last."""
    settle(read)
    close(read.job_id)


def settle(read: PageRead) -> None:
    """Keep the engine's answer, or the reason why there is none."""
    try:
        page, seconds = answer(read)
    except (engines.FileError, engines.EngineUnavailable) as error:
        fail(read, str(error))
    except engines.EngineError as error:
        try_again(read, str(error))
    except MemoryError:
        try_again(read, out_of_memory())
    except Exception as error:
        logger.exception("Page %s could not be read", read.pk)
        try_again(read, trouble(error), pause=True)
    else:
        store(read, page, seconds)


def answer(read: PageRead) -> tuple[engines.Page, float]:
    """What the engine says, and the seconds that it took, loading included."""
    start = time.perf_counter()
    with loaded(read.page) as image:
        preview = time.perf_counter()
        make_preview(read.page, image.image)
        made = time.perf_counter()
        page = ask(read.job, image)
    return page, time.perf_counter() - made + preview - start


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


def trouble(error: Exception) -> str:
    """What to tell when the fault lies not with the page, but with this machine."""
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
