"""An archive whose worker is killed in the middle is made to its end by another."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest

from tests.fakes import scan
from tests.processes.site import Site, kill, wait_for

pytestmark = pytest.mark.processes
DOCUMENTS, PAGES = 6, 10


def read_documents(site: Site) -> list[str]:
    """Their jobs, once all have ended."""
    scans = [
        site.upload(scan(PAGES, seed), f"{seed}.tiff") for seed in range(DOCUMENTS)
    ]
    jobs = [site.read(document, engine="fine") for document in scans]
    for job in jobs:
        assert site.done(job)["state"] == "succeeded"
    return jobs


def at_work(site: Site) -> list[int]:
    """The worker that makes a piece of an archive."""
    query = (
        "SELECT pid FROM documents_worker w JOIN documents_errand e"
        " ON e.worker_id = w.id WHERE e.state = 'running' AND e.kind = 'archive'"
    )
    return [pid for (pid,) in site.rows(query)]


def delivery(site: Site, address: str) -> dict[str, Any]:
    status, answer = site.ask("GET", address)
    assert status == 200, answer
    return answer


def test_its_worker_is_killed(site: Site) -> None:
    jobs = read_documents(site)
    wish = json.dumps({"jobs": jobs, "as": "png", "background": "white"}).encode()
    status, answer = site.ask("POST", "/api/v1/deliveries/", wish)
    assert status == 202, answer
    address = f"/api/v1/deliveries/{answer['id']}/"
    killed: list[int] = []
    wait_for(lambda: killed.extend(at_work(site)) or killed, 30)
    kill(killed[0])
    wait_for(lambda: delivery(site, address)["state"] == "done", 90)
    assert delivery(site, address)["progress"] == {
        "done": DOCUMENTS,
        "total": DOCUMENTS,
    }
    status, content = site.ask("GET", f"{address}file/")
    assert status == 200
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = sorted(archive.namelist())
        pages = ZipFile(io.BytesIO(archive.read(names[0]))).namelist()
    assert names == [f"{seed}.zip" for seed in range(DOCUMENTS)]
    assert len(pages) == PAGES
    assert killed[0] not in site.workers()
