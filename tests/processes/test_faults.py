"""Processes killed and a database locked in the middle of a job: nothing is lost."""

from __future__ import annotations

import contextlib
import sqlite3
import time

import pytest

from tests.processes.site import Site, kill, parent, proc, wait_for

pytestmark = pytest.mark.processes
PAGES = 8


def begun(site: Site, seed: int) -> str:
    """A job of which the first page is read and the last is not."""
    job = site.read_scan(PAGES, seed, engine="slow")
    wait_for(lambda: site.some_pages_read(job), 30)
    return job


def assert_every_page_was_read_once(site: Site, job: str) -> None:
    ended = site.done(job)
    assert (ended["state"], ended["error"]) == ("succeeded", "")
    assert ended["progress"] == {"done": PAGES, "total": PAGES, "failed": 0}
    status, result = site.ask("GET", f"/api/v1/jobs/{job}/result/?as=json")
    assert status == 200
    assert [page["number"] for page in result["pages"]] == list(range(1, PAGES + 1))
    query = (
        "SELECT count(*) FROM documents_reading g JOIN documents_document d"
        " ON d.sha256 = g.sha256 JOIN documents_job j ON j.document_id = d.id"
        " WHERE j.id = ?"
    )
    assert site.rows(query, job.replace("-", "")) == [(PAGES,)]


def assert_all_is_as_before(site: Site) -> None:
    wait_for(site.is_ready, 30)
    wait_for(lambda: len(site.workers()) == 2, 30)
    # The supervisor; gunicorn and its two; three times a cluster of five.
    wait_for(lambda: len(site.standing()) == 1 + 3 + 3 * 5, 30)


def test_a_busy_worker_is_killed(site: Site) -> None:
    job = begun(site, seed=1)
    kill(site.busy_worker())
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_an_idle_worker_is_killed(site: Site) -> None:
    """It holds the lock of its cluster's queue; both of them are killed at once."""
    for worker in site.workers():
        kill(worker)
    assert_every_page_was_read_once(site, site.read_scan(PAGES, 2, engine="slow"))
    assert_all_is_as_before(site)


def test_the_main_process_of_a_cluster_is_killed(site: Site) -> None:
    job = begun(site, seed=3)
    kill(site.child("manage.py worker"))
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


@pytest.mark.parametrize("nth", [0, 1, 2, 3])
def test_any_other_process_of_a_cluster_is_killed(site: Site, nth: int) -> None:
    """Sentinel, worker, monitor, pusher: their cluster ends, or mends itself."""
    job = begun(site, seed=10 + nth)
    main = site.child("manage.py worker")
    sentinel = next(pid for pid in site.processes() if parent(pid) == main)
    helpers = sorted(pid for pid in site.processes() if parent(pid) == sentinel)
    kill([sentinel, *helpers][nth])
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_a_web_process_is_killed(site: Site) -> None:
    job = begun(site, seed=4)
    master = site.child("gunicorn")
    kill(next(pid for pid in site.processes() if parent(pid) == master))
    wait_for(site.is_ready, 30)
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_the_web_server_is_killed(site: Site) -> None:
    job = begun(site, seed=5)
    kill(site.child("gunicorn"))
    wait_for(lambda: not site.is_ready(), 10)
    wait_for(site.is_ready, 30)
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_the_database_is_locked(site: Site) -> None:
    job = begun(site, seed=6)
    path = site.folder / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(4)
        other.execute("ROLLBACK")
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_the_supervisor_is_killed(site: Site) -> None:
    """Nobody is left after it, and the next one finds everything."""
    job = begun(site, seed=7)
    kill(site.up.pid)
    site.up.wait()
    wait_for(lambda: not site.processes(), 30)
    site.start()
    assert_every_page_was_read_once(site, job)
    assert_all_is_as_before(site)


def test_it_is_stopped_in_good_order(site: Site) -> None:
    """The page in hand is finished or given back, and costs no attempt."""
    job = begun(site, seed=8)
    site.stop()
    assert site.processes() == []
    states = "SELECT DISTINCT state FROM documents_pageread WHERE attempt > 0"
    assert ("running",) not in site.rows(states)
    site.start()
    assert_every_page_was_read_once(site, job)
    most = "SELECT max(attempt) FROM documents_pageread WHERE job_id = ?"
    assert site.rows(most, job.replace("-", "")) == [(1,)]


def test_what_is_heavy_lives_in_workers_alone(site: Site) -> None:
    """The processes that fork have no engine in them."""
    loaded = {pid for pid in site.processes() if maps_hold(pid, "numpy")}
    assert loaded == set(site.workers())


def maps_hold(pid: int, word: str) -> bool:
    return word in proc(pid, "maps")
