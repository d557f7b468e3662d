"""What is left of the time that something may take in all."""

from __future__ import annotations

import time

MOMENT = 0.01  # seconds: with less left, time is up


class Clock:
    """Runs from now on, for so many seconds; *setting* is what would give it more."""

    def __init__(self, seconds: float, setting: str) -> None:
        self.seconds = seconds
        self.setting = setting
        self.start = time.monotonic()
        self.end = self.start + seconds

    @property
    def is_over(self) -> bool:
        return self.left() < MOMENT

    def left(self) -> float:
        """Seconds until the end; none or fewer when it is over."""
        return self.end - time.monotonic()

    def spent(self) -> float:
        return time.monotonic() - self.start

    def part(self, seconds: float, setting: str) -> Clock:
        """A clock for a part of what is timed, which ends with it at the latest."""
        return Clock(seconds, setting) if seconds < self.left() else self
