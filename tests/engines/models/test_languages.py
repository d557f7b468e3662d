"""Tesseract's languages: Debian's, and files brought from elsewhere."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest

from engines import ModelError, Options
from engines.models import install_language, standing
from engines.models.languages import package_of
from engines.tessdata import data_folder, own_languages, traineddata
from engines.tesseract import Tesseract
from tests.engines.pictures import written


def system(code: str) -> Path:
    folder = data_folder()
    assert folder is not None
    return traineddata(folder, code)


@pytest.fixture
def models(root: Path) -> Path:
    return root / "tesseract"


def refused(code: str, source: Path | str = "") -> str:
    with pytest.raises(ModelError) as error:
        install_language(code, source, print)
    return str(error.value)


def test_a_file_is_brought_and_reads_like_the_systems(
    models: Path, tmp_path: Path
) -> None:
    engine = Tesseract(models)
    before = engine.version
    file = copyfile(system("eng"), tmp_path / "downloaded.traineddata")
    found = install_language("fra", file)
    assert (found.ok, found.path) == (True, models / "installed")
    assert engine.languages() == ("ara", "eng", "fra")
    assert own_languages(models) == set()
    line = engine.read_line(written(["Total 13.20"]), Options(languages=("fra",)))
    assert line.text == "Total 13.20"
    assert not traineddata(models, "fra").is_symlink()  # alone it needs no link
    page = engine.read(written(["Total 13.20"]), Options(languages=("fra", "ara")))
    assert ([line.text for line in page.lines], page.notes) == (["Total 13.20"], ())
    # Links beside each other, and still none that was trained here.
    assert own_languages(models) == set()
    assert traineddata(models, "fra").readlink() == models / "installed/fra.traineddata"
    assert engine.version != before
    assert [standing(model).ok for model in engine.models()] == [True] * 3


def test_it_takes_the_place_of_the_systems(models: Path) -> None:
    own = copyfile(system("eng"), traineddata(models_made(models), "own"))
    engine = Tesseract(models)
    picture = written(["Total 13.20"])
    engine.read(picture, Options(languages=("own", "ara")))
    assert traineddata(models, "ara").readlink() == system("ara")
    install_language("ara", system("ara"))
    assert Tesseract(models).read(picture, Options(languages=("own", "ara"))).lines
    assert traineddata(models, "ara").readlink() == models / "installed/ara.traineddata"
    assert own_languages(models) == {own.stem}


def models_made(models: Path) -> Path:
    models.mkdir(parents=True)
    return models


def test_a_file_that_is_none(models: Path, tmp_path: Path) -> None:
    file = tmp_path / "fra.traineddata"
    assert refused("fra", file) == f"There is no file {file}."
    file.write_bytes(b"<!DOCTYPE html><p>Not found")
    assert refused("fra", file) == (
        "fra.traineddata is a web page, not a part of a model."
    )
    whole = system("eng").read_bytes()
    file.write_bytes(whole[:2_000_000])
    assert refused("fra", file).startswith("fra.traineddata is cut short: ")
    # Its table is whole, its network is none.
    file.write_bytes(whole[:300] + bytes(len(whole) - 300))
    assert refused("fra", file) == (
        "Tesseract cannot open fra.traineddata: it is damaged."
    )
    assert Tesseract(models).languages() == ("ara", "eng")
    assert list((models / "installed").iterdir()) == []


@pytest.mark.parametrize("code", ["", "french", "../eng", "en", "fra; reboot"])
def test_a_language_that_is_none(models: Path, code: str) -> None:
    assert refused(code) == (
        f"“{code}” is no language of Tesseract, as eng or chi_sim are."
    )


def test_debians_packages_are_named_with_hyphens() -> None:
    assert [package_of(code) for code in ("fra", "chi_sim", "chi_tra_vert")] == [
        "tesseract-ocr-fra",
        "tesseract-ocr-chi-sim",
        "tesseract-ocr-chi-tra-vert",
    ]


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a program apt-get, which knows French after an update."""
    programs, log = tmp_path / "bin", tmp_path / "log"
    programs.mkdir()
    program = programs / "apt-get"
    program.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> {log}\n'
        '[ "$1" = update ] && exit 0\n'
        f'[ "$3" = tesseract-ocr-fra ] && grep -q update {log} && exit 0\n'
        'echo "E: Unable to locate package $3" >&2\n'
        "exit 100\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return log


def test_on_debian_root_installs_the_package(
    models: Path, debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    said: list[str] = []
    install_language("fra", say=said.append)
    assert debian.read_text().splitlines() == [
        "install -y tesseract-ocr-fra",
        "update",
        "install -y tesseract-ocr-fra",
    ]
    assert said == [
        "apt-get install -y tesseract-ocr-fra",
        "E: Unable to locate package tesseract-ocr-fra",
        "apt-get update",
        "apt-get install -y tesseract-ocr-fra",
    ]


def test_a_package_that_does_not_come(
    models: Path, debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert refused("qqq") == (
        "Debian's package tesseract-ocr-qqq could not be installed. Where there is no "
        "network, bring a file with --from qqq.traineddata."
    )


def test_others_than_root_are_told_the_command(
    models: Path, debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert refused("chi_sim") == (
        "Only root installs packages: sudo apt-get install -y tesseract-ocr-chi-sim"
    )
    assert not debian.exists()


def test_elsewhere_a_file_is_asked_for(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused("fra") == (
        "This is no Debian: install Tesseract's language fra as your system does, "
        "or bring a file with --from fra.traineddata."
    )
