"""Tesseract's programs: missing, failing, stopped; and the language they begin with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engines import EngineError, EngineUnavailable
from engines.digits.kit.tesseract.installing import check_name, install
from engines.digits.kit.tesseract.language import CHARS, starter
from engines.digits.kit.tesseract.plan import MEDIUM, Plan
from engines.digits.kit.tesseract.programs import check_programs, lines_said, run
from engines.digits.kit.tesseract.training import train


def shell(script: str) -> tuple[str, ...]:
    return ("sh", "-c", script)


def test_missing_programs_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "tesseract"
    here.write_text("#!/bin/sh\n")
    here.chmod(0o755)
    check_programs()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineUnavailable) as caught:
        train(Plan(), tmp_path / "run", lambda *_: None)
    assert str(caught.value) == (
        "Tesseract cannot be trained, not installed: unicharset_extractor, "
        "combine_lang_model, lstmtraining. On Debian: apt-get install tesseract-ocr"
    )
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo the disk is full >&2; exit 3", "sh failed: the disk is full"),
        ("exit 1", "sh failed: it did not say why"),
    ],
)
def test_a_failure_is_told(tmp_path: Path, script: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        run(*shell(script), folder=tmp_path)
    with pytest.raises(EngineError, match=words):
        list(lines_said(*shell(script), folder=tmp_path))


def test_what_is_said_comes_line_by_line(tmp_path: Path) -> None:
    said = lines_said(*shell("pwd; echo $OMP_THREAD_LIMIT >&2"), folder=tmp_path)
    assert list(said) == [f"{tmp_path}\n", "1\n"]


def test_who_stops_asking_ends_the_program(tmp_path: Path) -> None:
    said = lines_said(*shell("echo $$; exec sleep 60"), folder=tmp_path)
    process = int(next(said))
    said.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_language_to_begin_with(tmp_path: Path) -> None:
    one = starter("some", tmp_path)
    assert one.classes == len(CHARS) + 2  # and the blank between words, and CTC's
    made = one.traineddata.stat().st_mtime_ns
    assert starter("some", tmp_path).traineddata.stat().st_mtime_ns == made
    assert len(set(CHARS)) == len(CHARS) == 33


@pytest.mark.parametrize(
    "wish",
    [{"iterations": 0}, {"minutes": 0.0}, {"lines": -1}, {"name": "../x"}],
)
def test_plans_that_cannot_be(wish: dict[str, object]) -> None:
    with pytest.raises(EngineError, match=r"above 0|cannot name a language"):
        Plan(**wish)


def test_a_plan_limits_its_lines() -> None:
    assert Plan(lines=10).limited(MEDIUM).number == 10
    assert Plan().limited(MEDIUM) == MEDIUM


def test_a_language_of_the_system_keeps_its_name() -> None:
    check_name("ardigit")
    with pytest.raises(EngineError, match="has a language “ara”"):
        check_name("ara")


def test_a_language_is_put_in_its_place_at_once(tmp_path: Path) -> None:
    source = tmp_path / "new"
    for words in ("first", "second"):
        source.write_text(words)
        target = install(source, "own", tmp_path / "models")
        assert target == tmp_path / "models" / "own.traineddata"
        assert target.read_text() == words
        assert list(target.parent.iterdir()) == [target]
