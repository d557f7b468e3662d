"""Tesseract's languages: of the system, trained here, and both together."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest

from engines import EngineUnavailable, Options
from engines.tessdata import (
    MODELS,
    data_folder,
    folder_of,
    own_languages,
    traineddata,
    use_models,
)
from engines.tesseract import InProcess, Program, Tesseract, lines_of
from tests.engines.pictures import written


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with a language of our own: English, under another name."""
    copyfile(system("eng"), traineddata(tmp_path, "own"))
    return tmp_path


def system(code: str) -> Path:
    folder = data_folder()
    assert folder is not None
    return traineddata(folder, code)


def test_a_language_of_our_own_is_offered_and_reads(models: Path) -> None:
    engine = Tesseract(models)
    assert set(engine.languages()) == {*Tesseract().languages(), "own"}
    assert "own" not in Tesseract().languages()
    line = engine.read_line(written(["Total 13.20"]), Options(languages=("own",)))
    assert line.text == "Total 13.20"
    assert own_languages(models) == {"own"}


def test_it_reads_together_with_those_of_the_system(models: Path) -> None:
    engine = Tesseract(models)
    page = engine.read(written(["Total 13.20"]), Options(languages=("own", "ara")))
    assert [line.text for line in page.lines] == ["Total 13.20"]
    assert page.notes == ()
    linked = traineddata(models, "ara")
    assert linked.readlink() == system("ara")
    assert own_languages(models) == {"own"}
    again = engine.read_line(written(["Total"]), Options(languages=("ara", "own")))
    assert again.text


@pytest.mark.parametrize("backend", [InProcess, Program])
def test_both_ways_find_it(
    backend: type[InProcess] | type[Program], models: Path
) -> None:
    table = backend(folder_of(["own"], models)).read(written(["Total"]), "own", 3)
    assert [line.text for line in lines_of(table)] == ["Total"]


def test_without_our_own_the_system_is_read_from(models: Path) -> None:
    assert folder_of(["eng", "ara"], models) == data_folder()
    assert folder_of(["eng"], None) == data_folder()
    assert list(models.iterdir()) == [traineddata(models, "own")]


def test_a_link_that_leads_nowhere_is_no_language_and_is_renewed(models: Path) -> None:
    gone = traineddata(models, "ara")
    gone.symlink_to(models / "gone")
    assert own_languages(models) == {"own"}
    assert folder_of(["own", "ara"], models) == models
    assert gone.readlink() == system("ara")


def test_a_folder_that_cannot_be_written_speaks(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(EngineUnavailable, match="is not writable"):
        folder_of(["own", "ara"], models)


def test_the_environment_names_the_folder(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(MODELS, raising=False)
    assert Tesseract().folder is None
    use_models(models)
    assert Tesseract().folder == models
    use_models(models / "another")
    assert Tesseract().folder == models
