"""Waiting for a database that is busy, locked or away for a moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds
PATIENCE = 120.0


def patient(act: Callable[P, R]) -> Callable[P, R]:
    """*act* again and again until the database takes it, for PATIENCE seconds.

    Only for acts that change all or nothing. Within a transaction there is no second
    try: the outermost caller has to wait, for all of it.
    """

    @wraps(act)
    def patiently(*args: P.args, **kwargs: P.kwargs) -> R:
        wait, end = FIRST_WAIT, time.monotonic() + PATIENCE
        while True:
            try:
                return act(*args, **kwargs)
            except (OperationalError, InterfaceError) as error:
                if connection.in_atomic_block or time.monotonic() > end:
                    raise
                logger.warning("The database is not available: %s", error)
            # The next try begins with a fresh connection: this one may be broken.
            connection.close()
            time.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    return patiently
