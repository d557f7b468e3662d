"""An upload's way to a server of a vision model and back, through the whole site."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.engines.pictures import written
from tests.processes.site import Site, running_site
from tests.vlm_server import running, told_of

pytestmark = pytest.mark.processes
LINES = ("CORNER BAKERY", "Total 13.20", "Thank you")
ALONE = {"support": False}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--key", "sk-secret") as address:
        yield address


@pytest.fixture(scope="module")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two workers ask the server, which bears one request at a time."""
    folder: Path = tmp_path_factory.mktemp("vlm") / "data"
    settings = {
        "VLM_URL": f"{server}/fine/site/v1",
        "VLM_MODEL": "tiny-vl",
        "VLM_KEY": "sk-secret",
        "VLM_CONCURRENCY": "1",
        "REMOTE_WORKERS": "2",
        "WORKERS": "1",
    }
    with running_site(folder, **settings) as site:
        yield site


def drawn(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def read(site: Site, document: str) -> dict[str, Any]:
    return site.done(site.read(document, engine="vlm-http", options=ALONE), 120)


def test_it_works(site: Site, server: str) -> None:
    picture = written(LINES)
    document = site.upload(drawn(picture))
    job = read(site, document)
    assert (job["state"], job["error"], job["cached"]) == ("succeeded", "", False)
    status, result = site.ask("GET", f"/api/v1/jobs/{job['id']}/result/?as=json")
    assert (status, result["pages"]) == (
        200,
        [
            {
                "number": 1,
                "width": picture.width,
                "height": picture.height,
                "engine": "vlm-http",
                "notes": [],
                "text": "\n".join(LINES),
                "lines": [
                    {"text": text, "confidence": None, "polygon": None, "words": []}
                    for text in LINES
                ],
            }
        ],
    )
    stored = (
        "SELECT p.engine_class, r.engine FROM documents_pageread p"
        " JOIN documents_reading r ON r.id = p.reading_id WHERE p.job_id = ?"
    )
    key = job["id"].replace("-", "")
    assert site.rows(stored, key) == [("remote", "vlm-http")]
    # Asked again, it is answered from what was stored.
    assert read(site, document)["cached"] is True
    assert len(told_of(server, "site")["requests"]) == 1


def test_no_more_at_once_than_the_server_bears(site: Site, server: str) -> None:
    pages = [written((*LINES, f"Page {number}")) for number in range(4)]
    job = read(site, site.upload(drawn(*pages)))
    assert (job["state"], job["progress"]["done"]) == ("succeeded", 4)
    log = told_of(server, "site")
    assert (len(log["requests"]), log["most_at_once"]) == (5, 1)


def test_it_is_offered(site: Site) -> None:
    status, cards = site.ask("GET", "/api/v1/engines/")
    (card,) = [card for card in cards if card["name"] == "vlm-http"]
    assert (status, card["available"], card["engine_class"]) == (200, True, "remote")


def test_a_refusal_is_shown(site: Site) -> None:
    """The picture is not what the server's PP-OCR can read: it says nothing."""
    dots = Image.new("RGB", (400, 400), "white")
    for place in range(40, 360, 40):
        dots.paste("black", (place, place, place + 12, place + 12))
    job = read(site, site.upload(drawn(dots)))
    assert (job["state"], job["error"]) == (
        "failed",
        "Page 1: The model at “127.0.0.1” answered without a word. The picture may be "
        "more than it can take: choose a smaller longest side.",
    )
