"""Qwen3-VL in a worker of its own class, on a site with real processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.processes.site import Site, running_site, wait_for
from tests.tiny_models import ENDLESS, PRINTED, SAID, picture, taught_qwen

pytestmark = pytest.mark.processes
SLOW = "Qwen3-VL ran without a graphics card, which is slow."


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return taught_qwen(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def site(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    wishes = {
        "WORKERS": "1",
        "GPU_WORKERS": "1",
        "QWEN_MODEL": str(checkpoint),
        "VLM_DEVICE": "cpu",
        "VLM_MAX_TOKENS": "160",
    }
    folder: Path = tmp_path_factory.mktemp("qwen") / "data"
    with running_site(folder, **wishes) as site:
        yield site


def png(image: Image.Image) -> bytes:
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def read(site: Site, image: Image.Image, **wishes: Any) -> dict[str, Any]:
    """The only page of what comes of it."""
    document = site.upload(png(image), "receipt.png")
    job = site.done(site.read(document, engine="qwen3-vl", **wishes), 120)
    assert (job["state"], job["error"]) == ("succeeded", "")
    status, told = site.ask("GET", f"/api/v1/jobs/{job['id']}/result/?as=json")
    assert status == 200
    [page] = told["pages"]
    return page


def card(site: Site) -> dict[str, Any]:
    known = site.ask("GET", "/api/v1/engines/")[1]
    return next(one for one in known if one["name"] == "qwen3-vl")


def test_it_works(site: Site) -> None:
    page = read(site, picture())
    assert page["text"] == SAID
    assert [line["text"] for line in page["lines"]] == SAID.splitlines()
    assert [line["confidence"] for line in page["lines"]] == [1.0, 1.0, 0.1]
    assert [bool(line["polygon"]) for line in page["lines"]] == [True, True, False]
    assert page["notes"] == [
        "The second engine (PP-OCR) does not find 1 of 3 lines on the page: "
        "they may be made up. "
        "Compare them with the picture.",
        SLOW,
    ]


def test_the_card_of_the_engine_tells_what_it_takes(site: Site) -> None:
    told = card(site)
    assert told["available"] is True
    assert told["version"].startswith("tiny ")
    own = {"preset", "boxes", "max_tokens", "support"}
    assert own <= set(told["options"]["properties"])


def test_places_are_asked_for(site: Site) -> None:
    options = {"boxes": True, "support": False}
    [line] = read(site, picture(), options=options)["lines"]
    assert line["text"] == PRINTED[0]
    assert line["polygon"] == [[36, 36], [372, 36], [372, 87], [36, 87]]


def test_a_prompt_of_ones_own_and_a_model_that_repeats_itself(site: Site) -> None:
    page = read(site, picture(), prompt=ENDLESS)
    assert (page["text"], page["notes"]) == (
        "picture",
        [
            "The model began to repeat itself and was stopped: text may be missing.",
            SLOW,
        ],
    )


def test_a_blank_page(site: Site) -> None:
    page = read(site, Image.new("RGB", (600, 300), "white"))
    assert (page["text"], page["lines"], page["notes"]) == (
        "",
        [],
        ["There is nothing on this page: the model was not asked."],
    )


def test_a_checkpoint_that_is_gone_is_told_of_at_once(
    site: Site, checkpoint: Path
) -> None:
    document = site.upload(png(picture(("Another one",))), "other.png")
    (checkpoint / "model.safetensors").unlink()
    # The worker looks again as it beats: what it offers may be on another machine.
    wait_for(lambda: not card(site)["available"], 60)
    wish = json.dumps({"document": document, "engine": "qwen3-vl"}).encode()
    status, answer = site.ask("POST", "/api/v1/jobs/", wish)
    assert status == 400
    [one] = answer["errors"]
    assert one["attr"] == "engine"
    assert "tiny: model.safetensors is missing in" in one["detail"]
