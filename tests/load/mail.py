"""A mailbox whose worker is killed again and again, with real processes.

    python -m tests.load.mail [--mails 250] [--kills 12] [--seed 7] [--done move]

The worker is killed at moments drawn by lot. Prints a row for each kill, and at the end
how often each file came and what became of the mails.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.mail_sites import Mailed, files_of, mailed
from tests.processes.site import wait_for

PATIENCE = 900
PARTS = 25  # mails that come at once, while the ones before are being taken


def hurt(watched: Mailed, wish: Namespace, chance: Random) -> Iterator[str]:
    """A row for each kill; mails come in between."""
    begun, come = time.monotonic(), 0
    for number in range(1, wish.kills + 1):
        watched.worker()  # it has come back
        more = range(come, min(wish.mails, come + PARTS))
        if number == wish.kills:
            more = range(come, wish.mails)
        watched.deliver(more)
        come = more.stop
        if watched.is_at_rest():
            watched.visit()
        wait_for(lambda: is_at_work(watched) or watched.is_at_rest(), PATIENCE)
        time.sleep(chance.uniform(0, 5))  # any moment of its work
        watched.kill_worker()
        yield (
            f"{time.monotonic() - begun:6.1f} s  kill {number:2}  {come:4} mails  "
            f"{watched.taken():4} files taken"
        )


def is_at_work(watched: Mailed) -> bool:
    query = "SELECT 1 FROM documents_errand WHERE kind = 'source' AND state = 'running'"
    return bool(watched.site.rows(query))


def settle(watched: Mailed) -> None:
    """Visits until nothing is left to do."""
    for _time in range(2):
        watched.rest(PATIENCE)
        watched.visit()
    watched.rest(PATIENCE)


def report(watched: Mailed, wish: Namespace) -> bool:
    """Print what came of it; whether every file came once and every mail was told."""
    names = {name for number in range(wish.mails) for name in files_of(number)}
    documents = watched.documents()
    missing = names - set(documents)
    twice = [name for name, count in documents.items() if count > 1]
    inbox, done = watched.account.flags(), watched.account.flags("Taken")
    print(f"mails: {wish.mails}, files: {len(names)}; items: {watched.items()}")
    print(
        f"documents: {documents.total()}; missing: {len(missing)}; twice: {len(twice)}"
    )
    print(f"jobs of each document: {dict(watched.jobs())}")
    print(f"mails left in the folder: {dict(Counter(inbox))}; moved: {len(done)}")
    marked = [] if wish.done == "move" else [r"\Seen"] * wish.mails
    moved = wish.mails if wish.done == "move" else 0
    is_told = inbox == marked and len(done) == moved
    return not missing and not twice and set(watched.jobs()) == {1} and is_told


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=250)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--done", choices=["mark", "move"], default="move")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        place = {"done": wish.done, "done_folder": "Taken"}
        with mailed(Path(folder) / "site", **place) as watched:
            begun = time.monotonic()
            for row in hurt(watched, wish, Random(wish.seed)):
                print(row, flush=True)
            settle(watched)
            print(f"at rest after {time.monotonic() - begun:.0f} s")
            is_well = report(watched, wish)
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
