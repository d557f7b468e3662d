"""train: a tiny language for Tesseract, really trained, and read with."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from shutil import copytree

import pytest

from engines import Options
from engines.digits.alphabet import as_ascii
from engines.digits.kit.tesseract.installing import install
from engines.digits.kit.tesseract.lines import drawn
from engines.digits.kit.tesseract.plan import Lot, Plan, Stage
from engines.digits.kit.tesseract.training import (
    Report,
    Run,
    at_rate,
    beginning,
    train,
)
from engines.tesseract import Tesseract

LOT = Lot("tiny", "clean", 300, longest=2, script="western")
NET = "[1,36,0,1 Ct3,3,8 Mp3,3 Lfys24 Lbx32 O1c{classes}]"
RATE = 8e-3
FIRST, ALL = 1_000, 4_400

Told = list[tuple[float, str]]


def plan(iterations: int, **wishes: object) -> Plan:
    stages = (Stage(0.5, (LOT,), RATE), Stage(1.0, (LOT,), RATE))
    return Plan("tiny", iterations, stages=stages, net=NET, **wishes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tesseract")


@pytest.fixture(scope="module")
def runs(folder: Path) -> list[tuple[Report, Told]]:
    """Two trainings in one folder: the second goes on from the first."""
    runs = []
    for iterations in (FIRST, ALL):
        told: Told = []
        report = train(plan(iterations), folder, lambda *one, to=told: to.append(one))
        runs.append((report, told))
    return runs


def test_it_learns(runs: list[tuple[Report, Told]]) -> None:
    report = runs[-1][0]
    assert report.iterations == ALL
    iterations, errors = zip(*report.errors, strict=True)
    assert iterations == tuple(range(100, ALL + 1, 100))
    assert errors[0] > 0.95
    assert errors[-1] < 0.75


def test_it_says_how_far_it_is(runs: list[tuple[Report, Told]]) -> None:
    told = runs[0][1]
    assert told[0] == (0.0, "0 of 1000, tiny-000-300.lstmf drawn")
    assert told[-1][0] == 1.0
    assert told[-1][1].endswith("% of symbols wrong")
    assert [share for share, _ in told] == sorted(share for share, _ in told)


def test_it_goes_on_from_where_it_was(runs: list[tuple[Report, Told]]) -> None:
    (first, _), (whole, told) = runs
    assert first.errors == whole.errors[: FIRST // 100]
    assert told[0][1].startswith(f"{FIRST} of {ALL}, ")


def test_the_language_is_offered_and_reads(
    runs: list[tuple[Report, Told]], tmp_path: Path
) -> None:
    install(runs[-1][0].traineddata, "tiny", tmp_path)
    engine = Tesseract(tmp_path)
    assert "tiny" in engine.languages()
    lines = list(islice(drawn(LOT), 60))
    wish = Options(languages=("tiny",))
    read = [engine.read_line(line.image, wish).text for line in lines]
    right = sum(a == as_ascii(b.text) for a, b in zip(read, lines, strict=True))
    assert right >= 10  # by chance it would be none or one


def test_the_rate_falls_and_what_was_learnt_stays(
    runs: list[tuple[Report, Told]], folder: Path, tmp_path: Path
) -> None:
    copytree(folder, tmp_path, dirs_exist_ok=True)
    before = runs[-1][0].errors
    for iterations in (ALL + 300, ALL + 600):  # stopped on the way, and taken up again
        one = falling(iterations)
        report = train(one, tmp_path, lambda *_: None)
        assert report.iterations == iterations
    assert report.errors[: len(before)] == before
    assert [row[0] for row in report.errors] == list(range(100, ALL + 601, 100))
    assert report.errors[-1][1] < before[-1][1]
    run = Run(one, tmp_path, lambda *_: None)
    rates = [row.rate for row in run.rows()]
    assert rates == [RATE] * len(before) + [RATE / 4] * 6


def falling(iterations: int) -> Plan:
    stages = (
        Stage(ALL / iterations, (LOT,), RATE),
        Stage(1.0, (LOT,), RATE / 4),
    )
    return replace(plan(iterations), stages=stages)


def test_a_rate_that_has_no_checkpoint_yet_begins_from_the_one_before(
    runs: list[tuple[Report, Told]], folder: Path, tmp_path: Path
) -> None:
    copytree(folder, tmp_path, dirs_exist_ok=True)
    run = Run(falling(ALL + 100), tmp_path, lambda *_: None)
    assert at_rate(run, RATE) == 0
    for _ in range(2):  # the second time as if nothing had been reached
        assert at_rate(run, RATE / 4) == ALL
        assert not run.checkpoint.exists()
        assert run.latest == run.before
        assert run.errors() == runs[-1][0].errors
    assert beginning(run)[0] == "--continue_from"


def test_weights_can_be_whole_numbers(
    runs: list[tuple[Report, Told]], folder: Path
) -> None:
    size = runs[-1][0].traineddata.stat().st_size
    report = train(plan(ALL, is_whole=True), folder, lambda *_: None)
    assert report.errors == runs[-1][0].errors  # nothing was left to train
    assert report.traineddata.stat().st_size < size / 2


def test_the_time_is_bounded_and_a_fresh_one_forgets(
    runs: list[tuple[Report, Told]], folder: Path
) -> None:
    report = train(plan(ALL, minutes=0.001), folder, lambda *_: None, fresh=True)
    assert report.iterations == 100
    assert len(report.errors) == 1
