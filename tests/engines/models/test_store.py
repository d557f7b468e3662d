"""Where a model is found, and what is said where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

from engines import EngineUnavailable, ModelError, get_engine
from engines.models import Model, Standing, folder_of, install, places_of, standing
from engines.models.hub import cache_folder
from tests.engines.models.made import COMMAND, TINY, cached, checkpoint
from tests.engines.models.test_formats import POINTER

IN_PACKAGE = Model(
    "ppocr",
    "small",
    "Small",
    "onnx",
    ("det.onnx",),
    package="rapidocr",
    inside=("models/PP-OCRv6_det_small.onnx",),
    needs="requirements/core.txt",
)
DOWNLOAD = (
    "hf download acme/tiny-2b --revision c0ffee --include '*.safetensors' "
    "--include '*.json' --include '*.txt' --include '*.jinja' --include '*.model' "
    "--local-dir {}"
)


def files(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / name for name in TINY.files)


def test_it_lies_among_the_models(root: Path) -> None:
    folder = checkpoint(root / "tiny" / "tiny-2b")
    assert standing(TINY) == Standing(TINY, folder, "folder", files=files(folder))
    assert folder_of(TINY) == folder


def test_it_is_nowhere(root: Path) -> None:
    trouble = "The model Tiny 2B is not here."
    assert standing(TINY) == Standing(TINY, trouble=trouble, remedy=COMMAND)
    assert not standing(TINY).ok
    with pytest.raises(EngineUnavailable) as refused:
        folder_of(TINY)
    assert str(refused.value) == f"{trouble} {COMMAND}"
    assert standing(replace(TINY, hub="")).remedy == f"{COMMAND} --from FOLDER"


def test_it_is_broken(root: Path) -> None:
    folder = checkpoint(root / "tiny" / "tiny-2b")
    (folder / "model.safetensors").write_bytes(POINTER)
    said = (
        "Tiny 2B: model.safetensors is a pointer of Git LFS, "
        "not the file that it points to."
    )
    assert standing(TINY) == Standing(TINY, folder, "folder", said, COMMAND)
    with pytest.raises(EngineUnavailable, match="is a pointer of Git LFS"):
        folder_of(TINY)


def test_a_setting_names_a_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint(root / "tiny" / "tiny-2b")
    named = tmp_path / "named"
    monkeypatch.setenv("TINY_MODEL", str(named))
    assert standing(TINY) == Standing(
        TINY,
        origin="setting",
        trouble=f"Tiny 2B: there is no folder {named}, which TINY_MODEL names.",
        remedy=DOWNLOAD.format(named),
    )
    checkpoint(named)
    assert standing(TINY) == Standing(TINY, named, "setting", files=files(named))
    (named / "config.json").unlink()
    found = standing(TINY)
    assert (found.trouble, found.remedy) == (
        f"Tiny 2B: config.json is missing in {named}.",
        DOWNLOAD.format(named),
    )


def test_a_setting_may_name_a_repository(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = checkpoint(root / "tiny" / "tiny-2b")
    monkeypatch.setenv("TINY_MODEL", "acme/tiny-2b")
    assert standing(TINY).path == folder


@pytest.mark.parametrize(("commit", "branch"), [("c0ffee", ""), ("abcd", "c0ffee")])
def test_it_lies_in_the_hubs_cache(
    root: Path, tmp_path: Path, commit: str, branch: str
) -> None:
    snapshot = cached(tmp_path / "hub", commit, branch)
    assert standing(TINY) == Standing(
        TINY, snapshot, "hub", files=files(snapshot), revision=commit
    )


def test_without_a_pinned_revision_the_main_branch_counts(
    root: Path, tmp_path: Path
) -> None:
    snapshot = cached(tmp_path / "hub", "abcd", "main")
    assert standing(replace(TINY, revision="")).path == snapshot


def test_another_revision_is_not_taken(root: Path, tmp_path: Path) -> None:
    cached(tmp_path / "hub", "abcd", "main")
    assert standing(TINY) == Standing(
        TINY,
        origin="hub",
        trouble="Tiny 2B: the hub's cache holds abcd, not the revision c0ffee.",
        remedy=COMMAND,
    )


def test_a_download_that_broke_off_is_told(root: Path, tmp_path: Path) -> None:
    snapshot = cached(tmp_path / "hub")
    (snapshot / "model.safetensors").resolve().unlink()
    found = standing(TINY)
    assert (found.ok, found.trouble) == (
        False,
        f"Tiny 2B: model.safetensors is missing in {snapshot}.",
    )


def test_a_whole_one_elsewhere_is_taken_for_a_broken_one(
    root: Path, tmp_path: Path
) -> None:
    (checkpoint(root / "tiny" / "tiny-2b") / "config.json").unlink()
    snapshot = cached(tmp_path / "hub")
    assert standing(TINY).path == snapshot


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"HF_HUB_CACHE": "/c"}, "/c"),
        ({"HF_HOME": "/h"}, "/h/hub"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/huggingface/hub"),
        ({}, "/home/o/.cache/huggingface/hub"),
    ],
)
def test_the_hubs_cache_is_where_its_library_has_it(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], place: str
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/o")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(cache_folder()) == place


def test_a_place_that_cannot_be_looked_into_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may look into everything, but not under a name that is too long.
    monkeypatch.setenv("HF_HUB_CACHE", f"/{'x' * 300}")
    found = standing(TINY)
    assert found.trouble.startswith("Tiny 2B: /xxx")
    assert found.trouble.endswith(" cannot be read (File name too long).")
    assert found.remedy == COMMAND
    folder = checkpoint(root / "tiny" / "tiny-2b")
    assert standing(TINY).path == folder


def test_it_lies_in_a_package(root: Path) -> None:
    found = standing(IN_PACKAGE)
    assert (found.ok, found.origin, found.path and found.path.name) == (
        True,
        "package",
        "models",
    )
    assert [path.name for path in found.files] == ["PP-OCRv6_det_small.onnx"]


def test_the_package_is_missing_or_too_old(root: Path) -> None:
    missing = standing(replace(IN_PACKAGE, package="no_such_package"))
    assert (missing.trouble, missing.remedy) == (
        "The model Small is not here.",
        "pip install -r requirements/core.txt",
    )
    old = standing(replace(IN_PACKAGE, inside=("models/v7.onnx",)))
    assert old.trouble == f"Small: v7.onnx is missing in {old.path}."
    assert old.remedy.startswith("pip install --force-reinstall --no-deps rapidocr==")


def test_what_is_fixed_lies_in_its_package_alone(root: Path) -> None:
    fixed = replace(IN_PACKAGE, fixed=True, package="no_such_package")
    place = root / "ppocr" / "small"
    place.mkdir(parents=True)
    copyfile(standing(IN_PACKAGE).files[0], place / "det.onnx")
    assert standing(replace(fixed, fixed=False)).path == place
    found = standing(fixed)
    assert (found.path, found.trouble, found.remedy) == (
        None,
        "The model Small is not here.",
        "pip install -r requirements/core.txt",
    )
    with pytest.raises(ModelError, match="comes along in the package no_such_package"):
        install(fixed, place)


def test_a_chosen_reader_of_digits_that_is_gone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITS_MODEL", "/gone")
    (model,) = get_engine("digits").models()
    found = standing(model)
    assert (found.trouble, found.remedy) == (
        "Reader of digits: there is no folder /gone, which DIGITS_MODEL names.",
        "",
    )


def test_it_lies_in_the_system(root: Path, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "system")
    model = replace(TINY, folders=("/nowhere", str(folder)))
    assert standing(model) == Standing(model, folder, "system", files=files(folder))
    assert places_of(model) == {
        "folder": str(root / "tiny" / "tiny-2b"),
        "hub": str(tmp_path / "hub" / "models--acme--tiny-2b"),
        "system": f"/nowhere, {folder}",
    }


@pytest.mark.parametrize("name", ["ppocr", "digits", "tesseract"])
def test_the_models_that_come_along_are_here(root: Path, name: str) -> None:
    states = [standing(model) for model in get_engine(name).models()]
    assert states
    assert all(state.ok for state in states), states


def test_without_languages_english_is_wanted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.tessdata.data_folder", lambda: None)
    (english,) = get_engine("tesseract").models()
    assert standing(english).remedy == (
        "python manage.py models install tesseract --lang eng"
    )
