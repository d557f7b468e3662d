"""How far a long command is: a bar for who watches, a line now and then for a log."""

from __future__ import annotations

import time
from datetime import timedelta

from django.core.management.base import OutputWrapper

WIDTH = 24  # characters of the bar
PARTS = 20  # lines of a log, from beginning to end
PAUSE = 0.2  # seconds between two bars


class Progress:
    """Says on *out* how much is done, and about how long the rest takes."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out, self.is_watched = out, out.isatty()
        self.first: tuple[float, float] | None = None  # share and time of the first
        self.said, self.shown = -1, 0.0
        self.is_open = False

    def show(self, share: float, where: str) -> None:
        """*share* (0..1) is done; *where* says it in the command's own numbers."""
        now = time.monotonic()
        self.first = self.first or (share, now)
        words = f"{share:4.0%} {where}{self.left(share, now)}"
        if self.is_watched and (now - self.shown > PAUSE or share >= 1):
            bar = ("#" * round(WIDTH * share)).ljust(WIDTH, "-")
            self.out.write(f"\r\x1b[K[{bar}] {words}", ending="")
            self.out.flush()
            self.shown, self.is_open = now, True
        elif not self.is_watched and int(share * PARTS) > self.said:
            self.said = int(share * PARTS)
            self.out.write(words)
            self.out.flush()

    def left(self, share: float, now: float) -> str:
        """About how long it takes from here; "" as long as nobody can tell."""
        began, since = self.first or (share, now)
        if share - began < 0.01:
            return ""
        seconds = (now - since) * (1 - share) / (share - began)
        return f", {timedelta(seconds=round(seconds))} left"

    def end(self) -> None:
        """What is said from here on begins on a line of its own."""
        if self.is_open:
            self.out.write("")
            self.is_open = False
