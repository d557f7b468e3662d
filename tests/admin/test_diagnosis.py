"""The operations page's first line: every case, as the sentence one reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from documents.services.diagnosis import Facts, Unserved, Verdict, diagnose
from documents.services.times import span

NOW = datetime(2026, 11, 20, 12, 9, tzinfo=UTC)
ROOMY = {"disk_free": 50 * 10**9, "disk_total": 100 * 10**9}
START = "Start one: python manage.py up"
SWEEP = (
    "Wake the queue: python manage.py sweep. "
    "If that does not help, start again: python manage.py up"
)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def verdict(**facts: object) -> Verdict:
    return diagnose(Facts(now=NOW, **{**ROOMY, **facts}))


def test_it_says_that_all_is_well() -> None:
    assert verdict(
        ready=2, waiting=3, waiting_since=ago(seconds=2), running=2
    ) == Verdict("fine", "All is well: 3 pages waiting, the oldest for 2 s.")


def test_one_page_is_not_several() -> None:
    assert verdict(ready=2, waiting=1, waiting_since=ago(seconds=2)) == Verdict(
        "fine", "All is well: 1 page waiting, for 2 s."
    )


def test_nothing_waits_but_pages_are_read() -> None:
    assert verdict(ready=2, running=2) == Verdict(
        "fine", "All is well: 2 pages are being read, nothing is waiting."
    )


def test_nothing_waits_and_nothing_is_read() -> None:
    assert verdict(ready=2, last_read=ago(hours=3)) == Verdict(
        "fine",
        "All is well: nothing is waiting, the last page was read 3 hours ago.",
    )


def test_nothing_was_ever_done() -> None:
    assert verdict(ready=2) == Verdict(
        "fine",
        "All is ready: nothing has been read yet.",
        "Drop a scan on the first page to try it.",
    )


def test_a_deep_queue_that_moves_is_well() -> None:
    assert verdict(
        ready=2,
        running=2,
        waiting=700,
        waiting_since=ago(minutes=4),
        pages_a_minute=35.0,
        read_lately=350,
    ) == Verdict(
        "fine",
        "All is well: 700 pages waiting, the oldest for 4 minutes. "
        "At this pace they are read in 20 minutes.",
    )


def test_no_worker_for_a_while() -> None:
    assert verdict(
        waiting=40,
        waiting_since=ago(minutes=5),
        silent=2,
        last_seen=ago(minutes=5),
    ) == Verdict(
        "stuck",
        "Nothing is being read: 40 pages wait since 12:04, "
        "no worker has been seen for 5 minutes.",
        START,
    )


def test_no_worker_of_a_class() -> None:
    waiting = Unserved("gpu", 3, ago(minutes=5))
    assert verdict(ready=2, running=1, unserved=(waiting,)) == Verdict(
        "stuck",
        "3 pages wait since 12:04 for engines of the class “gpu”, "
        "and no worker of that class is running.",
        "Start one: GPU_WORKERS=1 python manage.py up",
    )


def test_no_worker_ever() -> None:
    assert verdict(waiting=1, waiting_since=ago(days=1)) == Verdict(
        "stuck",
        "Nothing is being read: 1 page waits since 11/19/2026 12:09, "
        "no worker has ever been seen.",
        START,
    )


def test_no_worker_and_nothing_to_do() -> None:
    assert verdict(last_read=ago(days=3)) == Verdict(
        "watch",
        "Nothing is waiting, but no worker is there to read what comes.",
        START,
    )


def test_workers_that_load_their_engines() -> None:
    assert verdict(
        cold=2, cold_since=ago(seconds=20), waiting=2, waiting_since=ago(seconds=9)
    ) == Verdict(
        "watch",
        "Reading begins soon: 2 pages wait since 12:08, the engines load for 20 s now.",
    )


def test_workers_that_load_for_ever() -> None:
    assert verdict(
        cold=2, cold_since=ago(minutes=20), waiting=2, waiting_since=ago(minutes=15)
    ) == Verdict(
        "stuck",
        "Nothing is being read: 2 pages wait since 11:54, "
        "the engines load for 20 minutes now.",
        "See the workers’ log, then start again: python manage.py up",
    )


def test_a_worker_that_fell_silent_beside_others() -> None:
    assert verdict(ready=1, silent=1, running=1) == Verdict(
        "watch",
        "Pages are being read, but one worker has fallen silent.",
        "The supervisor replaces it. If it does not, start again: python manage.py up",
    )


def test_pages_that_nobody_took_back() -> None:
    assert verdict(ready=1, running=3, lost=2, lost_since=ago(minutes=5)) == Verdict(
        "stuck",
        "2 pages hang since 12:04: their workers died, "
        "and nobody has taken the pages back.",
        SWEEP,
    )


def test_the_sweep_gets_its_time() -> None:
    assert verdict(ready=1, running=1, lost=1, lost_since=ago(seconds=4)) == Verdict(
        "fine", "All is well: 1 page is being read, nothing is waiting."
    )


def test_ready_workers_that_sleep() -> None:
    assert verdict(ready=2, waiting=5, waiting_since=ago(minutes=2)) == Verdict(
        "stuck",
        "Nothing is being read: 5 pages wait since 12:07, "
        "and the 2 workers that are ready are idle.",
        SWEEP,
    )


def test_workers_between_two_pages_do_not_sleep() -> None:
    assert verdict(
        ready=2, waiting=5, waiting_since=ago(minutes=2), last_read=ago(seconds=1)
    ) == Verdict("fine", "All is well: 5 pages waiting, the oldest for 2 minutes.")


def test_everything_fails() -> None:
    assert verdict(
        ready=2,
        waiting=4,
        waiting_since=ago(minutes=2),
        failed_lately=12,
        failure="The engine gave up.",
    ) == Verdict(
        "stuck",
        "Every page fails: 12 in the last hour, and none was read. "
        "Most often: “The engine gave up.”",
        "See the failures below; mend, then retry.",
    )


def test_one_bad_scan_is_no_breakdown() -> None:
    assert verdict(ready=2, running=1, failed_lately=1).level == "fine"


@pytest.mark.parametrize(
    ("free", "total", "left"),
    [(4 * 2**30, 100 * 2**30, "4.0\xa0GB"), (900 * 2**20, 2 * 2**30, "900.0\xa0MB")],
)
def test_the_disk_is_nearly_full(free: int, total: int, left: str) -> None:
    assert verdict(ready=2, disk_free=free, disk_total=total) == Verdict(
        "watch",
        f"The disk is nearly full: {left} left.",
        "Make room where DATA_DIR lies, or empty the trash sooner (TRASH_DAYS).",
    )


def test_what_is_stuck_comes_before_a_full_disk() -> None:
    assert verdict(waiting=1, waiting_since=NOW, disk_free=0).level == "stuck"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=-3), "0 s"),
        (timedelta(seconds=59.4), "59 s"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=89), "89 minutes"),
        (timedelta(minutes=90), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_spans_in_words(time: timedelta, words: str) -> None:
    assert span(time) == words
