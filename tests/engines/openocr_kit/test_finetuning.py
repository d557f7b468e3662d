"""engines.openocr.kit.finetuning: from lines to a recogniser for the engine."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engines import training
from engines.errors import EngineUnavailable, OcrError
from engines.openocr.kit.bases import base_called
from engines.openocr.kit.finetuning import verdict
from engines.openocr.kit.scoring import Score
from engines.openocr.weights import WEIGHTS, recogniser_called
from tests.engines.openocr_kit.folders import SHORT, made_lines

ROOT = Path(__file__).resolve().parents[3]
KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from engines.training import finetune_recogniser

torch.set_num_threads(int(sys.argv[2]))  # sums depend on it, by a little

def tell(share, where):
    if "step 2" in where:  # learnt, and not yet kept
        os.kill(os.getpid(), signal.SIGKILL)

wishes = {"lines": Path(sys.argv[1]), "name": "killed", "epochs": 3}
finetune_recogniser(wishes, tell, print)
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_lines(tmp_path_factory.mktemp("lines") / "made")


@pytest.fixture(scope="module")
def learnt(lines: Path, tmp_path_factory: pytest.TempPathFactory):
    """Models with a recogniser "base" of three epochs, what was said, all figures."""
    models = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCR_MODELS", str(models))
        return models, *finetuned(lines, "base", epochs=3)


@pytest.fixture
def models(learnt, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCR_MODELS", str(learnt[0]))
    return learnt[0] / "openocr"


def finetuned(lines: Path, name: str, **wishes):
    said: list[str] = []
    wishes = {"lines": lines, "name": name, **wishes}
    figures = training.finetune_recogniser(wishes, lambda *_: None, said.append)
    return said, figures


def refused(lines: Path, name: str, **wishes) -> str:
    with pytest.raises(OcrError) as wrong:
        finetuned(lines, name, **wishes)
    return str(wrong.value)


def test_it_works(learnt, models: Path, lines: Path) -> None:
    _, said, figures = learnt
    assert said[0] == "Lines: 12 to learn from, 2 held out."
    characters = "".join(recogniser_called("base").characters)
    assert said[1] == (
        "Begun with weights drawn by lot (repsvtr), to write "
        f"{len(characters)} characters: {characters}"
    )
    written = set((lines / "labels.tsv").read_text().replace("png", ""))
    assert set(characters) <= written
    assert said[2].splitlines()[0] == "held-out lines  count   CER %  exact %"
    assert figures["before"]["lines"] == figures["after"]["lines"] == 2
    assert {path.name for path in (models / "base").iterdir()} == {
        "config.json",
        "dict.txt",
        WEIGHTS,
        "training",
    }
    assert {path.name for path in (models / "base" / "training").iterdir()} == {
        "before.json",
        "checkpoint.pt",
        "curve.csv",
        "curve.png",
        "plan.json",
        "report.json",
    }


def test_its_curve_and_its_report(learnt, models: Path) -> None:
    folder = models / "base" / "training"
    with (folder / "curve.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["epoch"], row["steps"]) for row in rows] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
    ]
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")
    report = json.loads((folder / "report.json").read_text())
    assert report["after"] == learnt[2]["after"]
    assert report["curve"][2]["loss"] == float(rows[2]["loss"])


def test_killed_it_goes_on_to_the_same_end(models: Path, lines: Path) -> None:
    program = subprocess.run(
        [sys.executable, "-c", KILLED, str(lines), str(torch.get_num_threads())],
        cwd=ROOT,
        env=os.environ,
        check=False,
    )
    assert program.returncode == -signal.SIGKILL
    assert not (models / "killed" / WEIGHTS).exists()
    with pytest.raises(EngineUnavailable):
        recogniser_called("killed")
    finetuned(lines, "killed", resume=True)
    whole, again = (load_file(models / name / WEIGHTS) for name in ("base", "killed"))
    assert whole.keys() == again.keys()
    assert [name for name in whole if not torch.equal(whole[name], again[name])] == []


def test_from_a_base_with_more_characters(
    models: Path, lines: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(lines, tmp_path / "more")
    text = (folder / "labels.tsv").read_text().replace("\t", "\t€")
    (folder / "labels.tsv").write_text(text)
    said, figures = finetuned(folder, "more", base="base", epochs=1)
    assert said[1] == "Begun with base (repsvtr). Characters that it learns besides: €"
    known = recogniser_called("base").characters
    assert recogniser_called("more").characters == (*known, "€")
    assert figures["begun"]["rate"] < 1e-3


def test_an_ended_one_goes_on_to_where_it_is(models: Path, lines: Path) -> None:
    before = (models / "base" / WEIGHTS).read_bytes()
    finetuned(lines, "base", resume=True)
    assert (models / "base" / WEIGHTS).read_bytes() == before


def test_names(models: Path, lines: Path) -> None:
    for name in ("", "../up", "Big", "mobile", "server", "a" * 41):
        assert refused(lines, name).startswith(
            f"A recogniser cannot be called “{name}”: take small letters, digits, - "
        )
    assert refused(lines, "base") == (
        "There is a recogniser “base” already: go on with its training by --resume, or "
        "choose another name."
    )


def test_nothing_to_go_on_with(models: Path, lines: Path, tmp_path: Path) -> None:
    assert refused(lines, "none", resume=True) == (
        "No training of “none” was begun to go on with."
    )
    others = made_lines(tmp_path / "others", 15, SHORT)
    assert refused(others, "base", resume=True) == (
        "The training of “base” was begun with other lines: go on with the same ones, "
        "or choose another name."
    )


def test_bases_that_are_none(models: Path, lines: Path, tmp_path: Path) -> None:
    assert refused(lines, "new", base="nothing") == (
        "There is nothing to begin with called “nothing”: no recogniser among the "
        "models, and no file .safetensors or .pth."
    )
    assert refused(lines, "new", base="base", architecture="svtrv2") == (
        "The recogniser “base” is repsvtr, not svtrv2."
    )
    assert not (models / "new").exists()
    rubbish = tmp_path / "rubbish.safetensors"
    rubbish.write_bytes(b"no tensors")
    assert refused(lines, "new", base=str(rubbish)).startswith(
        f"The weights in {rubbish} cannot be loaded: "
    )
    assert not (models / "new").exists()
    own = models / "base" / WEIGHTS  # a file, of which nobody knows what it writes
    assert "characters, a blank and a space are known of them." in refused(
        lines, "new", base=str(own)
    )


def test_a_pickle_with_code_in_it_is_not_opened(
    models: Path, lines: Path, tmp_path: Path
) -> None:
    class Code:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"state_dict": Code()}, tmp_path / "base.pth")
    words = refused(lines, "new", base=str(tmp_path / "base.pth"))
    assert words == "base.pth is no checkpoint that can be loaded safely."
    assert not (tmp_path / "ran").exists()


def test_openocrs_own_weights_where_they_are(models: Path) -> None:
    assert base_called("", None).label == "random"
    own = models / "mobile" / "openocr_repsvtr_ch.safetensors"
    own.parent.mkdir()
    own.touch()
    try:
        assert base_called("", None).weights == own
        assert base_called("random", None).weights is None
        assert base_called("", "svtrv2").weights is None
    finally:
        shutil.rmtree(own.parent)


def test_verdicts() -> None:
    good, bad = Score(10, 0.1, 0.8), Score(10, 0.4, 0.2)
    assert verdict(bad, good) == (
        "It reads better than before: 75% of the errors are gone."
    )
    assert verdict(good, bad).startswith("It reads worse than before: ")
    assert verdict(good, good) == "It reads as well as before."
