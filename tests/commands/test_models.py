"""manage.py models: what is here, bringing more, trying it; no site, no database."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engines import Availability, Options, Page, Traits, models, register
from engines.tessdata import data_folder
from tests.engines.models.made import TINY, checkpoint

ROOT = Path(__file__).resolve().parents[2]


class Tiny:
    """An engine that can be asked about its models."""

    name = "tiny"
    label = "Tiny"
    version = "1"
    options_schema: dict[str, Any] = {}
    traits = Traits(runs_on="gpu", describes=True)

    def languages(self) -> tuple[str, ...]:
        return ()

    def models(self) -> tuple[models.Model, ...]:
        return (TINY,)

    def availability(self) -> Availability:
        found = models.standing(TINY)
        return Availability(found.ok, found.trouble, found.remedy)

    def warm_up(self) -> None: ...

    def read(self, image: Any, options: Options) -> Page:
        return Page(*image.size, text="a card", is_description=True)


class Choosy(Tiny):
    name = label = "choosy"

    def models(self) -> tuple[models.Model, ...]:
        large = replace(TINY, name="tiny-8b", title="Tiny 8B", optional=True)
        return (TINY, large)


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("TESSERACT_MODELS", str(tmp_path / "models" / "tesseract"))
    monkeypatch.delenv("TINY_MODEL", raising=False)
    register("tiny", f"{__name__}.Tiny")
    return tmp_path / "models"


def run(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("models", *words, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_it_works(root: Path, tmp_path: Path) -> None:
    assert run("tiny") == (
        "tiny\n"
        "  tiny-2b: missing (3.9 KB, MIT, acme/tiny-2b)\n"
        "    The model Tiny 2B is not here.\n"
        f"    looked for in the models: {root}/tiny/tiny-2b\n"
        f"    looked for in the hub's cache: {tmp_path}/hub/models--acme--tiny-2b\n"
        "    python manage.py models install tiny tiny-2b\n"
    )
    source = checkpoint(tmp_path / "source")
    place = root / "tiny" / "tiny-2b"
    assert run("install", "tiny", "--from", str(source)) == (
        f"Tiny 2B is in {place}.\n"
    )
    size = sum((place / name).stat().st_size for name in TINY.files)
    assert run("tiny") == (
        "tiny\n"
        f"  tiny-2b: here ({size} bytes, MIT, acme/tiny-2b)\n"
        f"    in the models: {place}\n"
    )


def test_what_is_not_needed_takes_two_lines(root: Path, tmp_path: Path) -> None:
    register("choosy", f"{__name__}.Choosy")
    assert run("choosy").splitlines()[-2:] == [
        "  tiny-8b: optional (3.9 KB, MIT, acme/tiny-2b)",
        "    python manage.py models install tiny tiny-8b",
    ]
    source = str(checkpoint(tmp_path / "source"))
    run("install", "choosy", "--from", source)  # what it cannot do without
    assert (root / "tiny" / "tiny-2b").is_dir()
    assert not (root / "tiny" / "tiny-8b").exists()
    run("install", "choosy", "tiny-8b", "--from", source)
    assert (root / "tiny" / "tiny-8b").is_dir()


def test_every_engine_is_told() -> None:
    said = run()
    heads = [line for line in said.splitlines() if not line.startswith(" ")]
    assert heads[:3] == ["auto", "ppocr", "tesseract"]
    assert heads[-1] == "tiny"
    assert "auto\n  needs no files of its own\n" in said
    assert "  PP-OCRv6_small: here (30.3 MB, Apache-2.0)\n    in a package: " in said


def test_json_for_programs(root: Path) -> None:
    (checkpoint(root / "tiny" / "tiny-2b") / "config.json").write_text("")
    (told,) = json.loads(run("tiny", "--json"))
    (model,) = told.pop("models")
    trouble = "Tiny 2B: config.json is empty."
    remedy = "python manage.py models install tiny tiny-2b"
    assert told == {
        "engine": "tiny",
        "label": "Tiny",
        "available": False,
        "reason": trouble,
        "remedy": remedy,
    }
    del model["looked_in"]
    assert model == {
        "name": "tiny-2b",
        "title": "Tiny 2B",
        "format": "safetensors",
        "files": ["config.json", "model.safetensors"],
        "hub": "acme/tiny-2b",
        "revision": "c0ffee",
        "licence": "MIT",
        "optional": False,
        "state": "broken",
        "bytes": 4000,
        "origin": "folder",
        "path": str(root / "tiny" / "tiny-2b"),
        "trouble": trouble,
        "remedy": remedy,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("magic",), "There is no engine “magic”. "),
        (("install",), "Say which engine: models install ENGINE [NAME]."),
        (("install", "tiny", "x"), "tiny has no model x. It has: tiny-2b."),
        (("install", "auto"), "The engine auto needs no files of its own."),
        (
            ("install", "digits"),
            "Reader of digits comes along in the package engines.",
        ),
        (("install", "tiny", "--lang", "fra"), "Languages are Tesseract's: "),
        (("install", "tesseract"), "Say which language: --lang fra."),
        (("install", "tiny", "--from", "/gone"), "There is no folder or file /gone."),
    ],
)
def test_what_cannot_be_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError) as error:
        run(*words)
    assert str(error.value).startswith(said)


def test_a_language_from_a_file(root: Path, tmp_path: Path) -> None:
    folder = data_folder()
    assert folder is not None
    file = copyfile(folder / "eng.traineddata", tmp_path / "fra.traineddata")
    said = run("install", "tesseract", "--lang", "fra", "--from", str(file))
    assert said == f"Tesseract fra is in {root}/tesseract/installed.\n"
    assert "  fra: here (3.9 MB, Apache-2.0)\n" in run("tesseract")


def test_check_tries_those_that_are_here(settings: Any) -> None:
    settings.DEFAULT_ENGINE = "digits"
    told = json.loads(run("check", "tesseract", "digits", "--json"))
    assert [(one["engine"], one["ok"], one["recall"]) for one in told] == [
        ("tesseract", True, 1.0),
        ("digits", True, 1.0),
    ]


def test_check_fails_where_one_that_should_run_does_not(root: Path) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("models", "check", "tiny", stdout=out)
    assert ended.value.code == 1
    assert out.getvalue() == (
        "tiny             –     0.0 s  not OK: The model Tiny 2B is not here. "
        "python manage.py models install tiny tiny-2b\n"
    )
    checkpoint(root / "tiny" / "tiny-2b")
    assert run("check", "tiny").endswith(" s  OK\n")


def test_it_needs_no_site(tmp_path: Path) -> None:
    data = tmp_path / "none"
    answer = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "models", "digits"],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("digits\n  line: here (1.1 MB, MIT)\n")
    assert not data.exists()
