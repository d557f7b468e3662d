"""A whole site whose files are in a bucket: nothing on its disk, and nothing left there
when all was deleted."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.fakes import scan
from tests.processes.site import Site, kill, running_site, wait_for
from tests.s3_server import Bucket, running_bucket
from tests.services.invoices import FIRST, SECOND, invoice, regions, scanned

pytestmark = pytest.mark.processes
LONG = 200  # pages


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with running_bucket(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture(scope="module")
def site(bucket: Bucket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site") / "data"
    with running_site(folder, **bucket.settings, TRASH_DAYS="0") as site:
        yield site


def tiff(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "TIFF")
    return out.getvalue()


def pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, (200, 100))
    for number in range(pages):
        canvas.drawString(10, 50, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def get(site: Site, path: str) -> Any:
    status, answer = site.ask("GET", f"/api/v1/{path}")
    assert status == 200, answer
    return answer


def post(site: Site, path: str, **body: Any) -> Any:
    status, answer = site.ask("POST", f"/api/v1/{path}", json.dumps(body).encode())
    assert status in (200, 201, 202), answer
    return answer


def arrived(site: Site, path: str) -> bytes:
    """What is at *path*, once it is no longer being made."""
    wait_for(lambda: site.ask("GET", f"/api/v1/{path}")[0] == 200, 60)
    return get(site, path)


def empty(site: Site) -> None:
    """Delete all documents, deliveries and layouts for good."""
    for document in get(site, "documents/?page_size=500")["results"]:
        assert site.ask("DELETE", f"/api/v1/documents/{document['id']}/")[0] == 204
    program = (
        "from documents.models import Delivery, RoiTemplate, Workspace\n"
        "from documents.services import crops, references\n"
        "from documents.services.documents import purge_trash\n"
        "from documents.services.deliveries import forget\n"
        "[forget(one) for one in Delivery.objects.all()]\n"
        "purge_trash()\n"
        "[crops.remove(references.names_of(one)) for one in Workspace.objects.all()]\n"
        "RoiTemplate.objects.all().delete()\n"
    )
    site.command("shell", "-v0", "-c", program)


def test_from_upload_to_purge(site: Site, bucket: Bucket) -> None:
    # A layout with its reference, and a record with its crops.
    first = site.upload(tiff(invoice(FIRST)), "first.tiff")
    drawn = {"name": "Mill", "document": first, "regions": regions()}
    template = post(site, "roi-templates/", **drawn)["id"]
    wait_for(lambda: get(site, f"roi-templates/{template}/")["prepared"], 60)
    second = site.upload(tiff(scanned(invoice(SECOND))), "second.tiff")
    job = site.done(site.read(second, template="auto", text=True))
    assert (job["state"], job["error"]) == ("succeeded", "")
    [record] = get(site, f"records/?document={second}")["results"]
    assert record["number"] == "8263"
    fields = get(site, f"jobs/{job['id']}/fields/")["results"]
    crop = get(site, f"fields/{fields[0]['id']}/crop/")
    # Pictures, downloads and archives.
    preview = arrived(site, f"documents/{second}/pages/1/image/")
    assert (preview[:3], crop[1:4]) == (b"\xff\xd8\xff", b"PNG")
    assert arrived(site, f"jobs/{job['id']}/result/?as=pdf")[:5] == b"%PDF-"
    archive = post(site, "deliveries/", jobs=[job["id"]], **{"as": "png"})["id"]
    content = arrived(site, f"deliveries/{archive}/file/")
    with ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
    rooms = {key.split("/")[2] for key in bucket.names()}
    assert rooms == {"originals", "previews", "references", "crops", "deliveries"}
    assert all(key.startswith("ocr/site/") for key in bucket.names())
    assert not (site.folder / "media").exists()
    empty(site)
    assert (bucket.names(), bucket.unfinished()) == ([], [])


def test_a_long_document_is_fetched_once_by_each_worker(
    site: Site, bucket: Bucket
) -> None:
    before = bucket.fetched("originals")
    document = site.upload(pdf(LONG), "long.pdf")
    job = site.done(site.read(document, engine="fine"), 200)
    assert job["progress"] == {"done": LONG, "total": LONG, "failed": 0}
    assert bucket.fetched("originals") - before <= len(site.workers())
    empty(site)
    assert bucket.names() == []


def test_it_is_away_for_a_while(site: Site, bucket: Bucket) -> None:
    """Pages wait for it; who asks for a file meanwhile is told in a sentence."""
    documents = [site.upload(scan(1, seed), f"{seed}.tiff") for seed in (2, 3)]
    site.done(site.read(documents[0], engine="fine"))
    kept = bucket.content()
    bucket.stop()
    for worker in site.workers():  # with whatever they have at hand
        kill(worker)
    away = "The file store cannot be reached. Try again in a minute."
    image = f"/api/v1/documents/{documents[0]}/pages/1/image/"
    status, answer = site.ask("GET", image)
    assert (status, [one["detail"] for one in answer["errors"]]) == (503, [away])
    status, answer = site.send(scan(1, 4), "4.tiff")
    assert (status, [one["detail"] for one in answer["errors"]]) == (503, [away])
    job = site.read(documents[1], engine="fine")
    reason = "SELECT error FROM documents_pageread WHERE error != ''"
    wait_for(lambda: site.rows(reason) == [(away,)], 60)
    bucket.start(kept)
    assert site.ask("GET", image)[0] == 200
    assert site.done(job, 120)["state"] == "succeeded"
    empty(site)
    assert bucket.names() == []


def test_a_bucket_that_is_not_there_is_told_at_the_start(
    bucket: Bucket, tmp_path
) -> None:
    given = {**bucket.settings, "S3_BUCKET": "nowhere"}
    site = Site(tmp_path / "data", **given)
    up = site.spawn("up")
    assert up.wait(60) == 1
    said = "The file store has no bucket “nowhere”. Check S3_BUCKET."
    assert said in site.told()
    assert "Traceback" not in site.told()
