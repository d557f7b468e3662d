"""engines.bench: labelled pages, and engines that take turns on them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engines import FileError
from engines.bench import Labelled, Row, labelled_pages, score_folder, table
from tests.engines.pictures import RECEIPT, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages; the truth of the second names a line more than is printed."""
    entries = []
    for number, extra in enumerate(((), ("NEVER PRINTED",))):
        written().save(tmp_path / f"{number}.png")
        rows = enumerate([*RECEIPT, *extra])
        lines = [
            {"text": text.upper(), "roi": [64, 64 * i + 48, 400, 64 * i + 80]}
            for i, text in rows
        ]
        entries.append(json.dumps({"image": f"{number}.png", "lines": lines}))
    (tmp_path / "truth.jsonl").write_text("\n".join(entries) + "\n")
    return tmp_path


def test_it_works(folder):
    progress: list[tuple[int, int]] = []
    rows = score_folder(
        folder,
        ["ppocr", "rapidocr-plain"],
        progress=lambda done, total: progress.append((done, total)),
    )
    assert progress == [(1, 2), (2, 2)]
    ours, plain = rows
    assert (ours.engine, plain.engine) == ("ppocr", "rapidocr-plain")
    assert (ours.pages, ours.precision) == (2, 1.0)
    assert 0.9 < ours.recall < 1.0
    assert 0.0 < ours.cer == ours.cer_in_rows < 0.1
    assert min(ours.cpu, ours.wall, plain.cpu, plain.wall) > 0
    assert min(ours.peak, plain.peak) > 50


def test_a_limit(folder):
    (row,) = score_folder(folder, ["ppocr"], limit=1)
    assert (row.pages, row.recall, row.precision, row.cer) == (1, 1.0, 1.0, 0.0)


def test_truth_is_kept_in_its_order_and_in_rows(tmp_path):
    lines = [
        {"text": "12.50", "roi": [300, 0, 360, 20]},
        {"text": "Total", "roi": [0, 0, 60, 20]},
    ]
    entry = json.dumps({"image": "a.png", "lines": lines})
    (tmp_path / "truth.jsonl").write_text(entry)
    assert labelled_pages(tmp_path) == [
        Labelled(tmp_path / "a.png", "12.50\nTotal", "Total 12.50")
    ]


def test_a_page_that_cannot_be_read_holds_no_text(folder):
    (folder / "0.png").write_bytes(b"no picture")
    (row,) = score_folder(folder, ["ppocr"], limit=1)
    assert (row.recall, row.precision, row.cer) == (0.0, 0.0, 1.0)


def test_a_folder_without_truth(tmp_path):
    with pytest.raises(FileError, match=r"There is no truth\.jsonl in "):
        score_folder(tmp_path, ["ppocr"])


def test_a_truth_without_pages(tmp_path):
    (tmp_path / "truth.jsonl").write_text("\n")
    with pytest.raises(FileError, match="names no page"):
        score_folder(tmp_path, ["ppocr"])


def test_the_table():
    row = Row("ppocr", 35, 0.95, 0.951, 0.09, 0.03, 0.61, 0.7, 640.0)
    assert table([row, replace(row, engine="rapidocr-plain")]) == (
        "engine          pages  recall  precision    CER  CER in rows"
        "  CPU s  wall s  peak MB\n"
        "ppocr              35  0.9500     0.9510  0.090        0.030"
        "   0.61    0.70      640\n"
        "rapidocr-plain     35  0.9500     0.9510  0.090        0.030"
        "   0.61    0.70      640"
    )
