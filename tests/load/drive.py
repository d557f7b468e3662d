"""A folder of Google Drive while everything goes wrong, with real processes.

    python -m tests.load.drive [--files 250] [--kills 12] [--seed 7]

The worker is killed at moments drawn by lot, while Google fails, forgets and changes
its mind. Prints a row for each mishap, and at the end how often each file came.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random

from tests.drive_server import Google, open_google
from tests.drive_sites import Watched
from tests.processes.site import running_site, wait_for

PATIENCE = 900
Mishap = Callable[[Google, Watched], None]


def nothing_else(google: Google, watched: Watched) -> None:
    """The worker is killed, and that is all."""


def busy_for_a_moment(google: Google, watched: Watched) -> None:
    google.fails += [503, 429]


def busy_for_longer(google: Google, watched: Watched) -> None:
    """Longer than it is tried at once: the file in hand waits for a minute."""
    google.fails += [503] * 3


def token_expired(google: Google, watched: Watched) -> None:
    google.accounts.expire()


def tokens_fail(google: Google, watched: Watched) -> None:
    google.accounts.expire()
    google.token_fails += [503]


def file_renamed(google: Google, watched: Watched) -> None:
    google.cloud.rename(watched.files[0], f"renamed {time.monotonic()}.tiff")


def file_deleted(google: Google, watched: Watched) -> None:
    """One whose turn has not come."""
    google.cloud.delete(watched.files.pop())


def file_trashed(google: Google, watched: Watched) -> None:
    google.cloud.trash(watched.files.pop())


def file_changed(google: Google, watched: Watched) -> None:
    google.cloud.change(watched.files[-1], next(watched.contents))


def file_added(google: Google, watched: Watched) -> None:
    watched.files.insert(1, watched.put("added.tiff"))


def tokens_forgotten(google: Google, watched: Watched) -> None:
    """410 for changes, and no page of a listing is known any more."""
    google.cloud.forget_changes()
    google.api.epoch += 1


MISHAPS: tuple[Mishap, ...] = (
    *(nothing_else, busy_for_a_moment, token_expired, file_renamed, file_deleted),
    *(file_added, tokens_fail, file_trashed, tokens_forgotten, file_changed),
    *(busy_for_longer,),
)


def hurt(google: Google, watched: Watched, kills: int, chance: Random) -> Iterator[str]:
    """Rows of the table: a mishap and a kill each, while there is work to be killed."""
    begun = time.monotonic()
    mishaps = cycle(MISHAPS)
    for number in range(1, kills + 1):
        if watched.is_at_rest() and not waits(watched):
            watched.visit()
        before = len(google.asked)
        wait_for(lambda asked=before: len(google.asked) > asked, 180)
        time.sleep(chance.uniform(0, 12))  # any moment of its work
        mishap = next(mishaps)
        mishap(google, watched)
        watched.kill_worker()
        taken = watched.taken()
        yield (
            f"{time.monotonic() - begun:6.1f} s  kill {number:2}  {taken:4} taken  "
            f"{len(google.asked):5} requests  {mishap.__name__.replace('_', ' ')}"
        )


def waits(watched: Watched) -> bool:
    """Whether a file waits for its turn, or the source for its next try."""
    query = "SELECT next_run IS NOT NULL FROM documents_source"
    return bool(watched.items().get("waiting") or watched.site.rows(query) == [(1,)])


def revoked(google: Google, watched: Watched) -> str:
    """The access is taken away and given back; what is said meanwhile."""
    google.accounts.revoke()
    watched.files.append(watched.put("after.tiff"))
    watched.visit()
    watched.rest(120)
    said = watched.site.rows("SELECT error FROM documents_source")[0][0]
    google.accounts.is_robot_known = True
    settle(watched)
    return said


def settle(watched: Watched) -> None:
    """Visits until nothing is left to do."""
    wait_for(lambda: watched.is_at_rest() and not waits(watched), PATIENCE)
    watched.visit()
    wait_for(lambda: watched.is_at_rest() and not waits(watched), PATIENCE)


def report(google: Google, watched: Watched) -> bool:
    """Print what came of it; whether every file came once."""
    rows = watched.site.rows(
        "SELECT sha256, count(*) FROM documents_document WHERE source = 'drive'"
        " GROUP BY 1"
    )
    kept = dict(rows)
    there = {hashlib.sha256(file.content).hexdigest() for file in watched.files}
    missing, twice = there - set(kept), [key for key in kept if kept[key] > 1]
    jobs = watched.jobs()
    again = sum(google.cloud.downloads.values()) - len(google.cloud.downloads)
    print(f"files in the folder now: {len(watched.files)}; items: {watched.items()}")
    print(f"documents: {sum(kept.values())}; missing: {len(missing)}")
    print(f"documents of the same content: {len(twice)}")
    print(f"jobs of each document: {dict(jobs)}")
    print(f"downloads: {google.cloud.downloads.total()}, of them again: {again}")
    print(f"access tokens: {google.accounts.issued}")
    return not missing and not twice and set(jobs) == {1}


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=250)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        data = Path(folder) / "site"
        with open_google() as google:
            google.seconds = 0.02
            with running_site(data, **google.environment()) as site:
                watched = Watched(site, google, wish.files)
                begun = time.monotonic()
                watched.visit()
                for row in hurt(google, watched, wish.kills, Random(wish.seed)):
                    print(row, flush=True)
                settle(watched)
                print(f"access revoked: {revoked(google, watched)}")
                print(f"done after {time.monotonic() - begun:.0f} s")
                is_right = report(google, watched)
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
