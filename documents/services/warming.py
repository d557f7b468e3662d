"""Engines loaded and run once, so that the first page costs what the tenth does."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings

import documents
import engines
from documents.services.engines import class_of
from documents.services.pages import jpeg

logger = logging.getLogger(__name__)
SAMPLE = Path(documents.__file__).parent / "samples" / "receipt.jpg"


def warm_engines() -> list[str]:
    """Warm those that the settings name and workers like this one read with; say
    which are warm."""
    mine = [name for name in settings.WARM_ENGINES if is_mine(name)]
    warm = [name for name in mine if is_warmed(name)]
    if settings.DEFAULT_ENGINE not in warm and is_mine(settings.DEFAULT_ENGINE):
        rehearse(settings.DEFAULT_ENGINE)
    return warm


def is_mine(name: str) -> bool:
    """Whether workers of this class read with *name*; whose name is misspelt, or whose
    code is, is everybody's: the log tells."""
    try:
        return class_of(name) == settings.WORKER_CLASS
    except Exception:
        logger.exception("There is no engine %s", name)
        return False


def is_warmed(name: str) -> bool:
    """Warm the engine *name*; one that cannot run here fails its own pages alone."""
    start = time.perf_counter()
    try:
        engines.get_engine(name).warm_up()
    except Exception:
        logger.exception("The engine %s could not be loaded", name)
        return False
    rehearse(name)
    logger.info("%s is warm after %.1f s", name, time.perf_counter() - start)
    return True


def rehearse(name: str) -> None:
    """Go a page's whole way once, as every page will go it."""
    try:
        page = engines.load_page(SAMPLE)
        upright = page.turned(engines.find_turn(page))
        jpeg(upright.image)
        engines.read_page(upright, engine=name, turn=0)
    except Exception:
        logger.exception("The engine %s could not read the sample", name)
