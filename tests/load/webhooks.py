"""Webhooks whose receivers are unwell: what arrives, how often, in which order?

    python -m tests.load.webhooks [--events 1000] [--kills 3]

First a whole site calls a receiver that fails a third of the time, while its worker is
killed again and again. Then one that is down for good, for a day of which nobody waits:
what is due next is made due now, in the database.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes import scan
from tests.processes.site import Site, kill, running_site, wait_for
from tests.services.webhooks.receiver import FINE, Heard, Receiver, Said, open_receiver

SECONDS = "3"  # that the receiver has to answer, so that leases are short
ENVIRONMENT = {"FETCH_ALLOWED_NETWORKS": "127.0.0.0/8", "WEBHOOK_SECONDS": SECONDS}
PATIENCE = 600.0
BROKEN: Said = (503, {}, b"out of order")
LONGEST_DAY = timedelta(hours=30)


@dataclass
class Unwell:
    """Fails one call in three, by chance; keeps what it has answered with success.

    Signatures are checked at once: later they would be too old.
    """

    secret: str = ""
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    taken: list[str] = field(default_factory=list)
    failed: int = 0
    verified: int = 0

    def answer(self, heard: Heard) -> Said:
        heard.verified(self.secret)
        self.verified += 1
        if self.chance.random() < 1 / 3:
            self.failed += 1
            return BROKEN
        self.taken.append(heard.headers["webhook-id"])
        return FINE


@dataclass
class Told:
    """What a receiver has heard of *events*, while workers were killed."""

    events: int
    heard: int
    failed: int
    taken: list[str]
    verified: int
    seconds: float
    ids: list[str]  # as it happened

    @property
    def missing(self) -> set[str]:
        return set(self.ids) - set(self.taken)

    @property
    def more_than_once(self) -> int:
        return sum(count > 1 for count in Counter(self.taken).values())

    @property
    def overtaken(self) -> int:
        """How many arrived after one that happened later."""
        places = {key: place for place, key in enumerate(self.ids)}
        latest, late = -1, 0
        for key in dict.fromkeys(self.taken):
            late += places[key] < latest
            latest = max(latest, places[key])
        return late

    def __str__(self) -> str:
        return (
            f"{self.events} events, {self.heard} calls, {self.failed} failed; "
            f"{len(self.missing)} missing, {self.more_than_once} more than once, "
            f"{self.verified} signatures verified; "
            f"{self.overtaken} overtaken by later ones; {self.seconds:.0f} s"
        )


def tell(site: Site, events: int, kills: int) -> Told:
    """Have *site* tell of so many jobs, and kill its worker so many times meanwhile."""
    unwell = Unwell()
    with open_receiver() as receiver:
        receiver.answer = unwell.answer
        wish = {"url": receiver.url, "events": ["job.succeeded"]}
        unwell.secret = asked(site, "/api/v1/webhooks/", wish)["secret"]
        document = site.upload(scan(1, seed=events))
        site.done(site.read(document))  # the others are answered from its reading
        begun = time.monotonic()
        for _event in range(events - 1):
            site.read(document)
        for number in range(kills):
            part = events * (number + 1) // (kills + 1)
            arrived(site, receiver, unwell, part)
            kill_worker(site)
        arrived(site, receiver, unwell, events)
        wait_for(lambda: waiting(site) == 0, PATIENCE)
        seconds = time.monotonic() - begun
        return Told(
            events=events,
            heard=len(receiver.heard),
            failed=unwell.failed,
            taken=unwell.taken,
            verified=unwell.verified,
            seconds=seconds,
            ids=ids_of(site),
        )


def asked(site: Site, path: str, wish: dict[str, Any]) -> dict[str, Any]:
    status, answer = site.ask("POST", path, json.dumps(wish).encode())
    assert status == 201, answer
    return answer


def arrived(site: Site, receiver: Receiver, unwell: Unwell, count: int) -> None:
    """Until so many were taken; nobody waits for a back-off."""

    def enough() -> bool:
        if len(set(unwell.taken)) >= count:
            return True
        hurry(site)
        return False

    wait_for(enough, PATIENCE)


def hurry(site: Site) -> None:
    """What failed is due at once."""
    path = site.folder / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute("UPDATE documents_webhook SET next_try = NULL")
        database.execute(
            "UPDATE documents_webhookdelivery SET next_try = created"
            " WHERE state = 'waiting' AND tries > 0"
        )
    time.sleep(0.5)  # for the site to do something


def kill_worker(site: Site) -> None:
    """In the middle of a call, as far as chance allows."""
    pids = site.network_workers()
    wait_for(lambda: pids or pids.extend(site.network_workers()), 60)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # it was replaced meanwhile
            kill(pid)


def waiting(site: Site) -> int:
    query = "SELECT count(*) FROM documents_webhookdelivery WHERE state = 'waiting'"
    return site.rows(query)[0][0]


def ids_of(site: Site) -> list[str]:
    query = "SELECT payload FROM documents_webhookdelivery ORDER BY created"
    return [json.loads(payload)["id"] for (payload,) in site.rows(query)]


def days_without_an_answer(hook: Any) -> tuple[int, timedelta]:
    """How often *hook*, for which much waits, calls in vain until it is switched off,
    and how long that is."""
    from documents.services.webhooks import go_on

    passed, calls = timedelta(), 0
    while hook.active and passed < LONGEST_DAY:
        before = tries_of(hook)
        go_on(hook.workspace, {"webhook": str(hook.pk)})
        calls += tries_of(hook) - before
        hook.refresh_from_db()
        passed += skip_to_the_next(hook)
    return calls, passed


def tries_of(hook: Any) -> int:
    from django.db.models import Sum

    return hook.deliveries.aggregate(sum=Sum("tries"))["sum"]


def skip_to_the_next(hook: Any) -> timedelta:
    """Let the time go by until the next call is due."""
    from django.db.models import F, Min
    from django.utils import timezone

    rows = hook.deliveries.filter(state="waiting")
    due = rows.aggregate(due=Min("next_try"))["due"]
    moments: list[datetime] = [one for one in (due, hook.next_try) if one]
    if not hook.active or not moments:
        return timedelta()
    step = max(timedelta(), max(moments) - timezone.now())
    rows.update(next_try=F("next_try") - step)
    type(hook).objects.filter(pk=hook.pk).update(
        next_try=F("next_try") - step, failing_since=F("failing_since") - step
    )
    hook.refresh_from_db()
    return step


@contextmanager
def django_in(folder: Path) -> Iterator[None]:
    folder.mkdir()
    data = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    os.environ |= {**data, **ENVIRONMENT}
    import django  # it reads its settings from the environment
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    yield


def down_for_good(events: int) -> str:
    from django.contrib.auth.models import User

    from documents.services.webhooks import create_webhook, emit

    user = User.objects.create_user("load")
    workspace = user.personal_workspace
    with open_receiver() as receiver:
        receiver.says(503)
        hook, _secret = create_webhook(
            workspace, owner=user, url=receiver.url, events=["job.failed"]
        )
        for number in range(events):
            emit(workspace, "job.failed", {"number": number})
        calls, passed = days_without_an_answer(hook)
        assert calls == len(receiver.heard)
    ended = Counter(hook.deliveries.values_list("state", flat=True))
    return (
        f"{events} events, receiver down: {calls} calls in "
        f"{passed.total_seconds() / 3600:.1f} h; then “{hook.trouble}” {dict(ended)}"
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        with running_site(Path(folder) / "site", **ENVIRONMENT) as site:
            print(tell(site, given.events, given.kills), flush=True)
        with django_in(Path(folder) / "silent"):
            print(down_for_good(given.events))


if __name__ == "__main__":
    main()
