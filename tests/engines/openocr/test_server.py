"""SVTRv2 and recognisers of one's own: real networks, loaded as real ones are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engines import Options, Page
from engines.errors import EngineUnavailable
from engines.holding import let_go, who_is_held
from engines.openocr.files import SERVER
from engines.openocr.weights import convert_checkpoint, write_recogniser
from tests.engines.pictures import written

DETECTOR, RECOGNISER = SERVER.files
WISH = {"mode": "server"}
LETTERS = ("a", "b", "ب")
LINE = written(["Total 13.20"])


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three networks as torch writes them, and as safetensors beside it."""
    folder = tmp_path_factory.mktemp("checkpoints")
    names = ["openocr_det_repvit_ch", "openocr_svtrv2_ch", "openocr_repsvtr_ch:5"]
    command = [sys.executable, "-m", "tests.engines.openocr.networks", str(folder)]
    subprocess.run([*command, *names], check=True, stdout=subprocess.DEVNULL)
    for path in sorted(folder.glob("*.pth")):
        convert_checkpoint(path)
    return folder


@pytest.fixture
def server(models: Path, checkpoints: Path) -> Path:
    """A folder of models that holds those of the server mode."""
    (models / "server").mkdir()
    for name in SERVER.files:
        os.link(checkpoints / name, models / "server" / name)
    yield models
    let_go()


def own(
    checkpoints: Path, models: Path, name: str, letters: tuple[str, ...] = LETTERS
) -> None:
    from safetensors.torch import load_file

    weights = load_file(checkpoints / "openocr_repsvtr_ch.safetensors")
    write_recogniser(models / name, "repsvtr", letters, weights)


def test_svtrv2_reads(engine, server):
    """Weights left to chance read nonsense, the same one each time."""
    line = engine.read_line(LINE, Options(extra=WISH))
    assert line == engine.read_line(LINE, Options(extra=WISH))
    assert 0 < line.confidence < 0.5
    page = engine.read(LINE, Options(extra=WISH))
    assert (page.width, page.height, page.engine) == (*LINE.size, "openocr")
    assert engine.version.startswith("openocr-0.1.5 PP-OCRv4-1.4.4 own-")


def test_a_recogniser_of_ones_own_writes_its_own_characters(
    engine, models, checkpoints
):
    own(checkpoints, models, "arabic-lines")
    options = Options(extra={"recogniser": "arabic-lines", "task": "recognition"})
    page = engine.read(LINE, options)
    assert set(page.text) <= {*LETTERS, " "}
    assert page.text != ""
    assert engine.options_schema["properties"]["recogniser"]["enum"] == [
        "",
        "arabic-lines",
    ]


def test_a_recogniser_that_was_written_anew(engine, models, checkpoints):
    options = Options(extra={"recogniser": "mine"})
    own(checkpoints, models, "mine")
    version, said = engine.version, engine.read_line(LINE, options).text
    own(checkpoints, models, "mine", ("x", "y", "z"))
    assert engine.version != version
    new = dict(zip(LETTERS, "xyz", strict=True))
    assert engine.read_line(LINE, options).text == said.translate(str.maketrans(new))
    let_go()


def test_weights_that_are_not_all_there(engine, server, checkpoints):
    """The library would read with random ones in their place, and say nothing."""
    from safetensors.torch import load_file, save_file

    tensors = load_file(checkpoints / RECOGNISER)
    del tensors["decoder.fc.weight"]
    (server / "server" / RECOGNISER).unlink()
    save_file(tensors, server / "server" / RECOGNISER)
    said = "svtrv2_ch.safetensors: 1 weights are missing, such as decoder.fc.weight"
    with pytest.raises(EngineUnavailable, match=said):
        engine.read_line(LINE, Options(extra=WISH))


def test_weights_of_another_network(engine, models, checkpoints):
    own(checkpoints, models, "taller")
    (models / "taller" / "dict.txt").write_text("a\nb\n", encoding="utf-8")
    said = "model.safetensors: the weights are another network's"
    with pytest.raises(EngineUnavailable, match=said):
        engine.read_line(LINE, Options(extra={"recogniser": "taller"}))
    let_go()


@pytest.mark.parametrize("missing", SERVER.files)
def test_a_file_that_is_not_here(engine, server, missing):
    (server / "server" / missing).unlink()
    let_go()
    with pytest.raises(EngineUnavailable, match=missing):
        engine.read(LINE, Options(extra=WISH))
    assert who_is_held() == ""  # nothing was started that could look for it


def test_no_model_of_the_server_mode_at_all(engine, models):
    let_go()
    with pytest.raises(EngineUnavailable, match=r"OpenOCR server \(SVTRv2\)"):
        engine.read(LINE, Options(extra=WISH))
    assert who_is_held() == ""


def test_a_recogniser_that_is_not_here(engine, models):
    said = "There is no recogniser “nobody” for OpenOCR."
    with pytest.raises(EngineUnavailable, match=said):
        engine.read(LINE, Options(extra={"recogniser": "nobody"}))


def test_its_own_mobile_models_come_before_the_packages(engine, models):
    from engines.models import standing
    from engines.openocr.files import MOBILE, PACKAGED, standing_of

    packaged = standing(PACKAGED)
    assert standing_of("mobile") == packaged
    (models / "mobile").mkdir()
    for source, name in zip(packaged.files, MOBILE.files, strict=True):
        shutil.copy(source, models / "mobile" / name)
    assert [path.parent for path in standing_of("mobile").files] == [
        models / "mobile"
    ] * 2
    assert " own-" in engine.version
    page: Page = engine.read(LINE, Options())
    assert page.text == "Total 13.20"
    let_go()
