"""Kosmos-2: a real checkpoint, of tiny size, loaded and asked as any is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from PIL import Image

from engines import (
    EngineError,
    EngineUnavailable,
    Options,
    PageImage,
    read_page,
    who_is_held,
)
from engines.kosmos2 import Kosmos2
from engines.types import Availability, Box, Line, Page
from tests.tiny_kosmos import CAPTION, break_weights

CAR = Line("a red car", Box(68.75, 51.5625, 181.25, 145.3125).polygon)
TREES = (
    Line("two trees", Box(6.25, 4.6875, 56.25, 79.6875).polygon),
    Line("two trees", Box(356.25, 201.5625, 393.75, 295.3125).polygon),
)


def photo(width: int = 400, height: int = 300) -> Image.Image:
    return Image.new("RGB", (width, height), "grey")


def test_it_works(kosmos: Kosmos2) -> None:
    assert kosmos.availability() == Availability(ok=True)
    page = kosmos.read(photo(), Options())
    assert page == Page(400, 300, (CAR, *TREES), CAPTION, is_description=True)
    assert page.confidence is None
    assert who_is_held() == "kosmos-2"


def test_one_sentence(kosmos: Kosmos2) -> None:
    page = kosmos.read(photo(), Options(extra={"preset": "caption"}))
    assert (page.text, page.lines) == ("An image of a red car.", (CAR,))


def test_a_prompt_of_ones_own(kosmos: Kosmos2) -> None:
    own = "Describe this image in detail:"
    assert kosmos.read(photo(), Options(prompt=own)).text == CAPTION
    own = "<grounding> An image of</image><s>"
    asked = Options(prompt=own, extra={"preset": "describe"})
    assert kosmos.read(photo(), asked).text == "An image of a red car."


def test_a_prompt_may_be_too_long(kosmos: Kosmos2) -> None:
    with pytest.raises(EngineError, match=r"too long for Kosmos-2. Write a shorter"):
        kosmos.read(photo(), Options(prompt="What is that? " * 100))


@pytest.mark.parametrize(
    ("allowed", "wished", "most"), [("", 8, 8), ("9", 512, 9), ("4096", 10, 10)]
)
def test_an_answer_has_its_longest(kosmos, monkeypatch, allowed, wished, most) -> None:
    monkeypatch.setenv("VLM_MAX_TOKENS", allowed)
    page = kosmos.read(photo(), Options(extra={"max_tokens": wished}))
    assert page.notes == (f"The description was cut short after {most} tokens.",)
    assert page.text != CAPTION


def test_places_are_those_of_the_whole_page_however_tall(kosmos: Kosmos2) -> None:
    [line] = kosmos.read(photo(100, 900), Options(extra={"preset": "caption"})).lines
    across, down = 100 / 32, 900 / 32  # of the model's grid
    assert line.box == Box(5.5 * across, 5.5 * down, 14.5 * across, 15.5 * down)


def test_through_the_pipeline(kosmos: Kosmos2) -> None:
    page = read_page(PageImage(photo()), engine="kosmos-2", turn=0)
    assert (page.text, page.engine, page.is_description) == (CAPTION, "kosmos-2", True)
    assert [line.text for line in page.lines] == ["a red car", "two trees", "two trees"]


def test_without_a_checkpoint_a_sentence_says_what_helps(models: Path) -> None:
    kosmos = Kosmos2()
    told = kosmos.availability()
    assert not told.ok
    assert "Kosmos-2" in told.reason
    assert "models install kosmos-2" in told.remedy
    assert kosmos.version == "none"
    with pytest.raises(EngineUnavailable, match="Kosmos-2"):
        kosmos.read(photo(), Options())


def test_a_damaged_checkpoint_is_refused(checkpoint: Path, kosmos: Kosmos2) -> None:
    break_weights(checkpoint)
    told = kosmos.availability()
    assert (told.ok, "cut short" in told.reason) == (False, True)
    with pytest.raises(EngineUnavailable, match="Kosmos-2"):
        kosmos.read(photo(), Options())
    assert who_is_held() == ""


def test_weights_that_can_run_code_are_not_loaded(checkpoint: Path, kosmos: Kosmos2):
    weights = checkpoint / "model.safetensors"
    weights.rename(checkpoint / "pytorch_model.bin")
    assert not kosmos.availability().ok
    with pytest.raises(EngineUnavailable):
        kosmos.read(photo(), Options())


def test_the_version_follows_the_weights(checkpoint: Path, kosmos: Kosmos2) -> None:
    before = kosmos.version
    packages = f"torch-{version('torch')} transformers-{version('transformers')}"
    kind, digest, *rest = before.split()
    assert (kind, " ".join(rest)) == ("kosmos-2", f"{packages} answering-1")
    assert len(digest) == 12
    assert len(before) <= 120
    twin = shutil.copytree(checkpoint, checkpoint.parent / "twin")
    shutil.rmtree(checkpoint)
    shutil.copytree(twin, checkpoint)
    assert kosmos.version == before
    weights = checkpoint / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    assert kosmos.version != before


def test_a_changed_checkpoint_is_loaded_anew(checkpoint: Path, kosmos: Kosmos2) -> None:
    first = kosmos._network()
    assert kosmos._network() is first
    weights = checkpoint / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    assert kosmos._network() is not first


def test_a_device_that_is_not_there(kosmos: Kosmos2, monkeypatch) -> None:
    import torch

    monkeypatch.setenv("VLM_DEVICE", "cuda")
    if torch.cuda.is_available():
        assert kosmos.read(photo(), Options()).text == CAPTION
        return
    with pytest.raises(EngineUnavailable, match="there is no such device here"):
        kosmos.read(photo(), Options())


def test_what_is_asked_of_every_page_loads_nothing(checkpoint: Path) -> None:
    program = (
        "import sys; from engines import get_engine; k = get_engine('kosmos-2');"
        "assert k.availability().ok and k.version != 'none' and k.models();"
        "k.languages(); k.options_schema;"
        "heavy = {'torch', 'transformers', 'safetensors', 'numpy', 'PIL'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
