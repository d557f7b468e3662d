"""documents.management.progress: a bar, or a line now and then."""

from __future__ import annotations

import io

import pytest
from django.core.management.base import OutputWrapper

from documents.management import progress
from documents.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """What time it is, in seconds; tests move it."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_few_lines(clock: list[float]) -> None:
    out = io.StringIO()
    shown = Progress(OutputWrapper(out))
    for number in range(1001):
        shown.show(number / 1000, f"{number} of 1000")
        clock[0] += 1
    lines = out.getvalue().splitlines()
    assert len(lines) == progress.PARTS + 1
    assert lines[0] == "  0% 0 of 1000"
    assert lines[10] == " 50% 500 of 1000, 0:08:20 left"
    assert lines[-1] == "100% 1000 of 1000, 0:00:00 left"


def test_who_watches_sees_a_bar(clock: list[float]) -> None:
    out = Terminal()
    shown = Progress(OutputWrapper(out))
    shown.show(0.5, "half")
    shown.show(0.6, "not a tenth of a second later")
    shown.end()
    assert out.getvalue() == "\r\x1b[K[############------------]  50% half\n"


def test_the_rest_is_reckoned_from_where_it_went_on(clock: list[float]) -> None:
    """What an earlier run has done took no time of this one."""
    out = io.StringIO()
    shown = Progress(OutputWrapper(out))
    shown.show(0.8, "again")
    clock[0] += 60
    shown.show(0.9, "on")
    assert out.getvalue().splitlines() == [" 80% again", " 90% on, 0:01:00 left"]
