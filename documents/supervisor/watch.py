"""The supervisor: keeps the site's processes running and sweeps, until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import connection

from documents.services.housekeeping import tidy_up
from documents.services.sweep import release, sweep
from documents.supervisor.children import Child

logger = logging.getLogger(__name__)
GLANCE = 0.2  # seconds
KILL_AFTER = 5.0  # seconds beyond those that the children take for themselves

Tell = Callable[[str], None]


class Supervisor:
    """Watches over *children*; *tell* shows a line to whoever started it."""

    def __init__(self, children: list[Child], tell: Tell) -> None:
        self.children = children
        self.tell = tell
        self.stopping = Event()

    def run(self) -> None:
        """Watch until SIGTERM or SIGINT, then stop all in good order."""
        signal.signal(signal.SIGTERM, self.ask_to_stop)
        signal.signal(signal.SIGINT, self.ask_to_stop)
        Thread(target=self.keep_sweeping, daemon=True, name="sweep").start()
        try:
            # Children are bound to the thread that starts them: it has to be this one.
            while not self.stopping.is_set():
                for child in self.children:
                    if news := child.tend():
                        self.tell(news)
                time.sleep(GLANCE)
        finally:
            self.stop()

    def ask_to_stop(self, *_: Any) -> None:
        self.stopping.set()

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        end = time.monotonic() + settings.STOP_SECONDS + KILL_AFTER
        for child in self.children:
            while child.process and child.process.poll() is None:
                if time.monotonic() > end:
                    break
                time.sleep(GLANCE / 4)
            child.kill()
        release()

    def keep_sweeping(self) -> None:
        while not self.stopping.is_set():
            try:
                sweep()
                tidy_up()
            except Exception:
                # Whatever it was: the next sweep finds the same things again.
                logger.exception("The sweep failed")
                connection.close()
            self.stopping.wait(settings.SWEEP_SECONDS)
