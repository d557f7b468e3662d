"""engines.paddleocr.folders: whole folders made of what the packages bring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engines.errors import EngineUnavailable
from engines.paddleocr import folders
from engines.paddleocr.catalogue import DETECTION, RECOGNITION
from engines.paddleocr.folders import CONFIG, STAMP, folder_for, home, is_here
from tests.engines.paddleocr.networks import copy_of

FILES = {"inference.onnx", CONFIG, STAMP}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", [DETECTION, RECOGNITION])
def test_it_works(root, name):
    folder = folder_for(name)
    assert folder == root / "paddleocr" / name
    assert names_in(folder) == FILES
    said = (folder / STAMP).read_text()
    assert said == f"rapidocr 3.10.0 recipe {folders.RECIPE}\n"
    assert names_in(root / "paddleocr") == {name, ".lock"}


def test_it_is_made_once(root):
    config = folder_for(DETECTION) / CONFIG
    made = config.stat().st_mtime_ns
    assert (folder_for(DETECTION) / CONFIG).stat().st_mtime_ns == made


def test_it_is_made_anew_for_another_version(root):
    folder = folder_for(DETECTION)
    (folder / STAMP).write_text("rapidocr 1.0.0 recipe 0\n")
    (folder / "inference.onnx").write_bytes(b"old")
    assert folder_for(DETECTION) == folder
    assert (folder / STAMP).read_text().startswith("rapidocr 3.10.0 ")
    assert (folder / "inference.onnx").stat().st_size > 9_000_000
    assert names_in(root / "paddleocr") == {DETECTION, ".lock"}


@pytest.mark.parametrize("name", ["inference.onnx", CONFIG])
def test_it_is_made_anew_where_a_file_is_gone(root, name):
    (folder_for(DETECTION) / name).unlink()
    assert names_in(folder_for(DETECTION)) == FILES


def test_several_processes_make_one_folder(root):
    program = (
        "from engines.paddleocr.folders import folder_for;"
        f"print(folder_for({DETECTION!r}))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = {process.communicate()[0] for process in started}
    assert said == {f"{root / 'paddleocr' / DETECTION}\n"}
    assert names_in(root / "paddleocr") == {DETECTION, ".lock"}


def test_a_folder_of_ones_own_is_left_alone(root, tmp_path):
    folder = copy_of(DETECTION, "PP-OCRv5_mobile_det", root)
    own = folder.rename(folder.with_name("PP-OCRv6_tiny"))
    place = root / "paddleocr" / DETECTION
    (place / STAMP).unlink()
    (place / "mine.yml").write_text("mine")
    assert own.is_dir()
    assert folder_for(DETECTION) == place
    assert names_in(place) == {"inference.onnx", CONFIG, "mine.yml"}


def test_where_the_models_folder_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "file"))
    folder = folder_for(DETECTION)
    assert names_in(folder) == FILES
    assert (folder / "inference.onnx").is_symlink()
    assert folder_for(DETECTION) == folder
    assert os.access(home(), os.W_OK)


def test_a_folder_of_another_model(root):
    folder = copy_of(RECOGNITION, "PP-OCRv5_mobile_rec", root)
    assert is_here("PP-OCRv5_mobile_rec")
    config = folder / CONFIG
    config.write_text(config.read_text().replace("PP-OCRv5_mobile_rec", "other", 1))
    with pytest.raises(EngineUnavailable) as said:
        folder_for("PP-OCRv5_mobile_rec")
    assert str(said.value) == (
        "PP-OCRv5 mobile recognition: inference.yml names other, "
        "where PP-OCRv5_mobile_rec belongs."
    )


def test_a_model_that_is_not_here(root):
    assert not is_here("UVDoc")
    with pytest.raises(EngineUnavailable) as said:
        folder_for("UVDoc")
    assert str(said.value) == (
        "The model UVDoc: flattening of curved pages is not here. "
        "python manage.py models install paddleocr UVDoc"
    )


def test_home_lies_among_the_models(root):
    assert home() == root / "paddleocr" / ".home"
    assert home().is_dir()
