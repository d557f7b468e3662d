"""Kosmos-2 in a worker of its own class, on a site with real processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.processes.site import Site, running_site, wait_for
from tests.processes.test_doors import curl
from tests.tiny_kosmos import CAPTION, PHRASES, break_weights, put_tiny_kosmos

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_tiny_kosmos(tmp_path_factory.mktemp("described") / "data" / "models")


@pytest.fixture(scope="module")
def site(checkpoint: Path) -> Iterator[Site]:
    folder = checkpoint.parents[2]
    wishes = {"WORKERS": "1", "GPU_WORKERS": "1"}
    with running_site(folder, OCR_MODELS=str(folder / "models"), **wishes) as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, colour in (("cat.png", "grey"), ("dog.png", "teal")):
        Image.new("RGB", (320, 160), colour).save(tmp_path / name)
    return tmp_path


def test_the_door_answers_with_what_is_to_be_seen(site: Site, folder: Path) -> None:
    answer = json.loads(curl(site, folder, "generate-text", "Image_file=@cat.png"))
    assert answer == {"text": CAPTION, "response": CAPTION}
    [job] = jobs(site)
    result = site.ask("GET", f"/api/v1/jobs/{job['id']}/result/")[1]
    [page] = result["pages"]
    assert (page["description"], page["text"]) == (True, CAPTION)
    assert [line["text"] for line in page["lines"]] == PHRASES
    assert page["lines"][0]["polygon"][0] == [55.0, 27.5]
    document = site.ask("GET", f"/api/v1/documents/{job['document']}/")[1]
    assert (document["text_job"], document["tags"]) == (None, [])
    assert site.ask("GET", "/api/v1/documents/?q=trees")[1]["results"] == []


def jobs(site: Site) -> list[dict[str, Any]]:
    return site.ask("GET", "/api/v1/jobs/?engine=kosmos-2")[1]["results"]


def is_offered(site: Site) -> bool:
    known = site.ask("GET", "/api/v1/engines/")[1]
    return next(one["available"] for one in known if one["name"] == "kosmos-2")


def test_a_damaged_checkpoint_is_told_of_at_once(
    site: Site, folder: Path, checkpoint: Path
) -> None:
    document = site.upload((folder / "dog.png").read_bytes(), "dog.png")
    break_weights(checkpoint)
    wait_for(lambda: not is_offered(site), 60)  # the worker looks again as it beats
    wish = json.dumps({"document": document, "engine": "kosmos-2"}).encode()
    status, answer = site.ask("POST", "/api/v1/jobs/", wish)
    assert status == 400
    [one] = answer["errors"]
    assert one["attr"] == "engine"
    assert "model.safetensors is cut short" in one["detail"]
    assert "models install kosmos-2" in one["detail"]
    assert len(jobs(site)) == 1
    answer = json.loads(curl(site, folder, "generate-text", "Image_file=@dog.png"))
    assert answer["text"] == "Total 12.50"  # by the engine that is the site's usual one
