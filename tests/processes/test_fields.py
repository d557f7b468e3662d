"""A layout drawn on one invoice reads the next, on a site with real workers."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from tests.processes.site import Site, kill, wait_for
from tests.services.invoices import (
    FIRST,
    SECOND,
    invoice,
    regions,
    scanned,
    ticket,
)

pytestmark = pytest.mark.processes


def tiff(*pictures: Image.Image) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def post(site: Site, path: str, **body: Any) -> tuple[int, Any]:
    return site.ask("POST", f"/api/v1/{path}", json.dumps(body).encode())


def values(fields: list[dict[str, Any]]) -> dict[str, str]:
    return {field["name"]: field["value"] for field in fields}


@pytest.fixture(scope="module")
def layout(site: Site) -> str:
    """The id of a layout that a worker has prepared."""
    document = site.upload(tiff(invoice(FIRST)), "first.tiff")
    drawn = {"name": "Mill", "document": document, "regions": regions()}
    status, template = post(site, "roi-templates/", **drawn)
    assert status == 201, template
    address = f"/api/v1/roi-templates/{template['id']}/"
    wait_for(lambda: site.ask("GET", address)[1]["prepared"], 60)
    return template["id"]


def test_it_works(site: Site, layout: str) -> None:
    scan = site.upload(tiff(ticket(), scanned(invoice(SECOND))), "next.tiff")
    job = site.done(site.read(scan, template="auto"))
    assert (job["state"], job["error"]) == ("succeeded", "")
    status, records = site.ask("GET", f"/api/v1/records/?document={scan}")
    assert status == 200
    [record] = records["results"]
    assert (record["number"], record["date"], record["state"]) == (
        "8263",
        "2022-03-14",
        "approved",
    )
    status, fields = site.ask("GET", f"/api/v1/jobs/{job['id']}/fields/")
    assert (status, values(fields["results"])) == (200, SECOND)


def test_an_errand_comes_before_a_mass_of_pages(site: Site, layout: str) -> None:
    """Whoever draws waits for two pages at most, however many there are to be read."""
    scan = site.upload(tiff(scanned(invoice(SECOND), -1)), "try.tiff")
    # Half a minute's work for two workers, were it not stopped.
    mass = site.read_scan(200, 71, engine="slow")
    status, answer = post(site, f"roi-templates/{layout}/try/", document=scan)
    assert (status, values(answer["fields"])) == (200, SECOND)
    assert site.job(mass)["finished"] is None
    post(site, f"jobs/{mass}/cancel/")
    assert site.done(mass)["state"] == "cancelled"


def test_a_worker_is_killed_over_the_fields(site: Site, layout: str) -> None:
    pages = [scanned(invoice(SECOND), skew) for skew in (-1.5, -0.5, 0.5, 1.5)]
    scan = site.upload(tiff(*pages), "four.tiff")
    job = site.read(scan, template=layout)
    kill(site.busy_worker())
    assert site.done(job)["state"] == "succeeded"
    _status, records = site.ask("GET", f"/api/v1/records/?document={scan}")
    numbers = [record["number"] for record in records["results"]]
    assert numbers == ["8263"] * 4
    folders = list((site.folder / "media" / "crops").glob(f"{job[:2]}/*"))
    kept = site.rows("SELECT crop FROM documents_field WHERE crop LIKE 'crops/%'")
    assert all((site.folder / "media" / crop).exists() for (crop,) in kept)
    assert len([folder for folder in folders if any(folder.iterdir())]) == 4
