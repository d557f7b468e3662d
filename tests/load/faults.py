"""Every fault in the middle of a 40-page job, with real processes.

    python -m tests.load.faults [--pages 40]

Prints a row for each: how the job ended, pages read and failed, and how long until the
site was whole again. The full disk is a small tmpfs of its own, which root may mount.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fakes import scan
from tests.processes.site import Site, kill, parent, running_site, wait_for

LOCKED = 10  # seconds


def busy_worker(site: Site) -> None:
    kill(site.busy_worker())


def idle_worker(site: Site) -> None:
    """Both while nothing is to be done; the job comes to a cluster that was hurt."""
    for worker in site.workers():
        kill(worker)


def cluster(site: Site) -> None:
    kill(site.child("manage.py worker"))


def web_worker(site: Site) -> None:
    master = site.child("gunicorn")
    kill(next(pid for pid in site.processes() if parent(pid) == master))


def web_server(site: Site) -> None:
    kill(site.child("gunicorn"))


def supervisor(site: Site) -> None:
    kill(site.up.pid)
    site.up.wait()
    wait_for(lambda: not site.processes(), 30)
    site.start()


def locked_database(site: Site) -> None:
    path = site.folder / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(LOCKED)
        other.execute("ROLLBACK")


def full_disk(site: Site) -> None:
    """Media take all the room there is, then give it back."""
    ballast = site.folder / "media" / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        while file.write(b"0" * 4096):
            file.flush()
    time.sleep(12)
    ballast.unlink()


BEFORE = (idle_worker,)
DURING = (
    *(busy_worker, cluster, web_worker, web_server),
    *(supervisor, locked_database, full_disk),
)


def suffer(site: Site, fault: Callable[[Site], None], seed: int, pages: int) -> str:
    """A row of the table: what became of a job that *fault* befell."""
    if fault in BEFORE:
        fault(site)
    job = site.read(site.upload(scan(pages, seed)), engine="slow")
    if fault in DURING:
        wait_for(lambda: site.job(job)["progress"]["done"] >= pages // 4, 120)
        fault(site)
    hurt = time.monotonic()
    time.sleep(1)  # until the supervisor has seen it
    with contextlib.suppress(OSError):
        wait_for(lambda: is_whole(site), 120)
    whole = time.monotonic() - hurt
    wait_for(site.is_ready, 60)
    ended = site.done(job, 300)
    progress = ended["progress"]
    kept = site.rows(
        "SELECT count(DISTINCT reading_id) FROM documents_pageread WHERE job_id = ?",
        job.replace("-", ""),
    )[0][0]
    reasons = {line.partition(": ")[2] for line in ended["error"].splitlines()}
    return (
        f"{fault.__name__:16} {ended['state']:10} {progress['done']:3}/{pages} done, "
        f"{progress['failed']} failed, {kept} readings, whole after {whole:4.1f} s"
        f" {'; '.join(reasons)}"
    )


def is_whole(site: Site) -> bool:
    """The supervisor; gunicorn and its two; three times a cluster of five."""
    with contextlib.suppress(OSError, sqlite3.Error):
        return len(site.standing()) == 19 and len(site.workers()) == 2
    return False


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Where root may, *folder* lies on a disk of 16 MB."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        sys.exit("The full disk needs a mount: run this as root.")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=40)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        data = Path(folder) / "site"
        with small_disk(data / "media"), running_site(data, FAKE_SECONDS="0.3") as site:
            for seed, fault in enumerate((*BEFORE, *DURING), start=1):
                print(suffer(site, fault, seed, pages), flush=True)
            twice = (
                "SELECT count(*) - count(DISTINCT sha256 || page_number || engine)"
                " FROM documents_reading"
            )
            print(f"stored twice: {site.rows(twice)[0][0]}")
        print(f"processes left: {len(site.processes())}")


if __name__ == "__main__":
    main()
