"""python -m tests.invoices.bench: end to end on a small folder that is drawn here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.invoices.bench import main
from tests.invoices.drawn import folder


def test_it_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the eight fields is read by the template that the other page gave; the
    rows are written down, too."""
    given = folder(tmp_path)
    rows = tmp_path / "rows.jsonl"
    words = ["--only", "fields", "--captures", "0", "--rows", str(rows)]
    main([str(given), *words])
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == [
        *("fields", "fixed", "floating"),
        *("wrong", "in", "review", "right", "in", "review"),
    ]
    assert out[1].startswith("as scanned         100.0 % (6/6)  100.0 % (2/2)  -")
    found = [json.loads(line) for line in rows.read_text().splitlines()]
    told = {
        (x["picture"], x["name"]): x["value"]
        for x in found
        if x["condition"] == "as scanned"
    }
    assert told == {
        ("layout 1 first", "NUMBER"): "AB-1201",
        ("layout 1 first", "DATE"): "2021-12-27",
        ("layout 1 first", "TOTAL"): "1250.00",
        ("layout 1 second", "NUMBER"): "CD-3402",
        ("layout 1 second", "DATE"): "2022-01-03",
        ("layout 1 second", "TOTAL"): "80.50",
        ("layout 2 fourth", "SENDER"): "Harbour Books",
        ("layout 2 third", "SENDER"): "Corner Bakery",
    }


def test_places_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder(tmp_path)), "--only", "registration", "--captures", "0"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "places"
    assert line.startswith("as scanned  median 0.")
    assert line.split()[-6:] == ["100.0", "%", "(6/6)", "100.0", "%", "(2/2)"]


def test_choices_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder(tmp_path)), "--only", "choice", "--captures", "0"])
    _, known, removed = capsys.readouterr().out.splitlines()
    assert known == "right layout, as scanned    100.0 % (4/4)"
    assert removed == "layout removed, as scanned  100.0 % (4/4)"


def test_cpu_time_is_set_beside_a_whole_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder(tmp_path)), "--only", "speed", "--captures", "0"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "CPU"
    assert line.startswith("as scanned")
    assert line.count(" s") == 4  # the condition's name, and three medians in seconds


def test_one_layout_alone_can_be_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--only", "registration", "--captures", "0", "--layouts", "2"]
    main([str(folder(tmp_path)), *words])
    _, line = capsys.readouterr().out.splitlines()
    assert line.split()[-4:] == ["100.0", "%", "(2/2)", "-"]
