"""Is anything stuck, since when, what to do: facts in, one sentence out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.services.starting import START, how_to_start, how_to_wake
from documents.services.times import moment, span

Level = Literal["fine", "watch", "stuck"]
WARM_UP = timedelta(minutes=3)  # longer than the slowest engine takes to load
PATIENCE = timedelta(seconds=30)  # six sweeps: by then the supervisor has mended it
FEWEST_FAILURES = 3  # one bad scan is no breakdown
DEEP = 20  # pages: with fewer waiting, nobody asks how long it takes
LEAST_FREE = 10**9  # bytes
LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Unserved:
    """Pages that wait for a class of engines that no worker there is reads with."""

    engine_class: str
    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the queue, the workers and the disk look like at one moment.

    A page is lost when its lease has ended and nobody took it back; a worker is ready
    when it is alive and warm, cold while it loads, silent when its heartbeat stopped.
    """

    now: datetime
    waiting: int = 0
    waiting_since: datetime | None = None
    running: int = 0
    lost: int = 0
    lost_since: datetime | None = None
    ready: int = 0
    cold: int = 0
    cold_since: datetime | None = None
    silent: int = 0
    last_seen: datetime | None = None
    last_read: datetime | None = None
    pages_a_minute: float = 0.0
    read_lately: int = 0
    failed_lately: int = 0
    failure: str = ""
    disk_free: int = LEAST_FREE
    disk_total: int = LEAST_FREE
    unserved: tuple[Unserved, ...] = ()  # beside those that wait for workers there are

    @property
    def disk_is_low(self) -> bool:
        return self.disk_free < max(LEAST_FREE, LEAST_SHARE * self.disk_total)


@dataclass(frozen=True, slots=True)
class Verdict:
    level: Level
    sentence: str
    remedy: str = ""


def diagnose(facts: Facts) -> Verdict:
    """The gravest thing that the *facts* show, or that all is well."""
    for check in CHECKS:
        if verdict := check(facts):
            return verdict
    return _all_is_well(facts)


def _nobody_reads(facts: Facts) -> Verdict | None:
    if not facts.waiting or facts.ready or facts.cold:
        return None
    why = _("no worker has ever been seen")
    if facts.last_seen:
        silence = span(facts.now - facts.last_seen)
        why = _("no worker has been seen for %(time)s") % {"time": silence}
    sentence = _("Nothing is being read: %(pages)s, %(why)s.") % {
        "pages": _waiting(facts),
        "why": why,
    }
    return Verdict("stuck", sentence, how_to_start())


def _a_class_is_not_served(facts: Facts) -> Verdict | None:
    if not facts.unserved:
        return None
    first = facts.unserved[0]
    text = ngettext(
        "%(count)d page waits since %(time)s for an engine of the class “%(class)s”, "
        "and no worker of that class is running.",
        "%(count)d pages wait since %(time)s for engines of the class “%(class)s”, "
        "and no worker of that class is running.",
        first.waiting,
    ) % {
        "count": first.waiting,
        "time": moment(first.since or facts.now, facts.now),
        "class": first.engine_class,
    }
    return Verdict("stuck", text, how_to_start(first.engine_class))


def _pages_are_lost(facts: Facts) -> Verdict | None:
    if not facts.lost or facts.now - _or_now(facts.lost_since, facts) < PATIENCE:
        return None
    sentence = ngettext(
        "%(count)d page hangs since %(time)s: its worker died, "
        "and nobody has taken the page back.",
        "%(count)d pages hang since %(time)s: their workers died, "
        "and nobody has taken the pages back.",
        facts.lost,
    )
    text = _since(sentence, facts.lost, facts.lost_since, facts)
    return Verdict("stuck", text, how_to_wake())


def _workers_are_cold(facts: Facts) -> Verdict | None:
    if facts.ready or not facts.cold or not facts.waiting:
        return None
    loading_for = facts.now - _or_now(facts.cold_since, facts)
    loading = {"pages": _waiting(facts), "time": span(loading_for)}
    if loading_for < WARM_UP:
        text = _("Reading begins soon: %(pages)s, the engines load for %(time)s now.")
        return Verdict("watch", text % loading)
    text = _("Nothing is being read: %(pages)s, the engines load for %(time)s now.")
    remedy = _("See the workers’ log, then start again: %(command)s")
    return Verdict("stuck", text % loading, remedy % {"command": START})


def _nobody_was_woken(facts: Facts) -> Verdict | None:
    if not facts.waiting or not facts.ready or facts.running:
        return None
    waiting_since = _or_now(facts.waiting_since, facts)
    idle_since = max(waiting_since, facts.last_read or waiting_since)
    if facts.now - idle_since < PATIENCE:
        return None
    sentence = ngettext(
        "Nothing is being read: %(pages)s, and the one worker that is ready is idle.",
        "Nothing is being read: %(pages)s, "
        "and the %(count)d workers that are ready are idle.",
        facts.ready,
    ) % {"pages": _waiting(facts), "count": facts.ready}
    return Verdict("stuck", sentence, how_to_wake())


def _everything_fails(facts: Facts) -> Verdict | None:
    if facts.failed_lately < FEWEST_FAILURES or facts.read_lately:
        return None
    sentence = _(
        "Every page fails: %(count)d in the last hour, and none was read. "
        "Most often: “%(reason)s”"
    ) % {"count": facts.failed_lately, "reason": facts.failure}
    return Verdict("stuck", sentence, _("See the failures below; mend, then retry."))


def _disk_is_low(facts: Facts) -> Verdict | None:
    if not facts.disk_is_low:
        return None
    sentence = _("The disk is nearly full: %(free)s left.") % {
        "free": filesizeformat(facts.disk_free)
    }
    remedy = _("Make room where DATA_DIR lies, or empty the trash sooner (TRASH_DAYS).")
    return Verdict("watch", sentence, remedy)


def _some_are_silent(facts: Facts) -> Verdict | None:
    if not facts.silent or not facts.ready:
        return None
    sentence = ngettext(
        "Pages are being read, but one worker has fallen silent.",
        "Pages are being read, but %(count)d workers have fallen silent.",
        facts.silent,
    ) % {"count": facts.silent}
    remedy = _("The supervisor replaces it. If it does not, start again: %(command)s")
    return Verdict("watch", sentence, remedy % {"command": START})


def _no_worker(facts: Facts) -> Verdict | None:
    if facts.ready or facts.cold:
        return None
    sentence = _("Nothing is waiting, but no worker is there to read what comes.")
    return Verdict("watch", sentence, how_to_start())


CHECKS: tuple[Callable[[Facts], Verdict | None], ...] = (
    _nobody_reads,
    _a_class_is_not_served,
    _pages_are_lost,
    _workers_are_cold,
    _everything_fails,
    _nobody_was_woken,
    _disk_is_low,
    _no_worker,
    _some_are_silent,
)


def _all_is_well(facts: Facts) -> Verdict:
    if facts.waiting:
        return Verdict("fine", _queue_moves(facts))
    if facts.running:
        text = ngettext(
            "All is well: %(count)d page is being read, nothing is waiting.",
            "All is well: %(count)d pages are being read, nothing is waiting.",
            facts.running,
        )
        return Verdict("fine", text % {"count": facts.running})
    if facts.last_read is None:
        remedy = _("Drop a scan on the first page to try it.")
        return Verdict("fine", _("All is ready: nothing has been read yet."), remedy)
    ago = span(facts.now - facts.last_read)
    text = _("All is well: nothing is waiting, the last page was read %(time)s ago.")
    return Verdict("fine", text % {"time": ago})


def _queue_moves(facts: Facts) -> str:
    age = span(facts.now - _or_now(facts.waiting_since, facts))
    text = ngettext(
        "All is well: %(count)d page waiting, for %(time)s.",
        "All is well: %(count)d pages waiting, the oldest for %(time)s.",
        facts.waiting,
    ) % {"count": facts.waiting, "time": age}
    if facts.waiting < max(DEEP, facts.pages_a_minute) or not facts.pages_a_minute:
        return text
    left = timedelta(minutes=facts.waiting / facts.pages_a_minute)
    return f"{text} " + _("At this pace they are read in %(time)s.") % {
        "time": span(left)
    }


def _waiting(facts: Facts) -> str:
    text = ngettext(
        "%(count)d page waits since %(time)s",
        "%(count)d pages wait since %(time)s",
        facts.waiting,
    )
    return _since(text, facts.waiting, facts.waiting_since, facts)


def _since(text: str, count: int, then: datetime | None, facts: Facts) -> str:
    return text % {"count": count, "time": moment(_or_now(then, facts), facts.now)}


def _or_now(then: datetime | None, facts: Facts) -> datetime:
    return then or facts.now
