"""engines.digits.kit.evaluation.folders: scans of numbers, lines and forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engines import EngineError, FileError, Line, Options, Page, register
from engines.digits.kit.evaluation import folders
from engines.digits.kit.evaluation.cells import read_crops
from engines.digits.kit.evaluation.lines import (
    BookLine,
    LineScore,
    normalised,
    read_lines,
    score_lines,
    wrong_digits,
)
from engines.digits.kit.evaluation.numbers import read_numbers
from engines.digits.kit.evaluation.types import Reader, Reading
from tests.engines.readers import Blocks


class Sayer(Blocks):
    """Reads the same words on every line and every page."""

    def read(self, image: Image.Image, options: Options) -> Page:
        return Page(*image.size, (self.read_line(image, options),))

    def read_line(self, image: Image.Image, options: Options) -> Line:
        return Line("قال (٣)", confidence=0.9)


def saying(*texts: str) -> Reader:
    readings = iter([Reading(text, 0.9) for text in texts])
    return lambda image: next(readings)


def folder_of(path: Path, rows: list[dict[str, Any]]) -> Path:
    for row in rows:
        Image.new("L", (64, 32), 255).save(path / row["image"])
    lines = [json.dumps(row) for row in rows]
    (path / "truth.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    return folder_of(
        tmp_path,
        [
            {"image": "0.png", "text": "٤٠٥", "value": "405"},
            {"image": "1.png", "text": "۴۰", "value": "40"},
            {"image": "2.png", "text": "٧"},
        ],
    )


@pytest.fixture
def form(tmp_path: Path) -> Path:
    Image.new("RGB", (200, 100), "white").save(tmp_path / "form.png")
    fields = [
        {"name": "sum", "roi": [10, 10, 90, 30], "text": "AED ٥٠٠", "value": 500},
        {"name": "share", "roi": [10, 50, 60, 70], "text": "٥%", "value": 5},
    ]
    (tmp_path / "truth.json").write_text(json.dumps({"fields": fields}))
    return tmp_path


def test_numbers_are_right_by_text_or_by_value(numbers):
    found = read_numbers(numbers, saying("٤٠٥", "40", "٨"))
    assert [(n.is_exact, n.has_value) for n in found] == [
        (True, True),
        (False, True),
        (False, False),
    ]


def test_numbers_are_told_and_returned(numbers):
    said: list[str] = []
    readers = {"ours": saying("٤٠٥", "40", "٨")}
    figures = folders.numbers(numbers, readers, said.append)
    assert figures == {
        "ours": {
            "exact": 1,
            "value": 2,
            "wrong": ["1.png ۴۰→40 0.90", "2.png ٧→٨ 0.90"],
        }
    }
    assert said[0].splitlines()[2].split()[:4] == ["ours", "3", "1", "2"]


def test_a_folder_without_truth(tmp_path):
    with pytest.raises(FileError, match=r"There is no truth\.jsonl in "):
        read_numbers(tmp_path, saying())
    with pytest.raises(FileError, match=r"does not hold a picture and a truth\.json"):
        read_crops(tmp_path, saying())
    (tmp_path / "truth.jsonl").write_text("\n")
    with pytest.raises(FileError, match="names no picture"):
        read_numbers(tmp_path, saying())


def test_digits_and_letters_of_lines_are_counted_apart():
    lines = [
        BookLine(Path("0"), "قال (12)", "قال (13)"),
        BookLine(Path("1"), "ذكر", "ذكر7"),
        BookLine(Path("2"), "3 باب", "3 بات"),
    ]
    assert score_lines(lines) == LineScore(
        lines=3, digits=3, right=2, read_digits=4, letters=6 + 3 + 3, edits=1
    )
    assert wrong_digits(lines) == [("2", "3", 1), ("", "7", 1)]


def test_rates_of_lines():
    found = LineScore(lines=1, digits=4, right=3, read_digits=6, letters=10, edits=1)
    assert (found.recall, found.precision, found.letter_errors) == (0.75, 0.5, 0.1)


def test_letters_are_compared_composed_and_without_diacritics():
    typed = "\u0627\u0654\u0644\u064e\u0640 \u200f٣"  # alef, hamza; lam, fatha
    assert normalised(typed) == "\u0623\u0644 3"


def test_lines_are_read_by_engines(tmp_path):
    register("sayer", f"{__name__}.Sayer")
    folder = folder_of(tmp_path, [{"image": "0.png", "text": "قال (٣)"}])
    said: list[str] = []
    figures = folders.lines(folder, ["sayer"], said.append)
    counts = figures["sayer, line"]["counts"]
    assert (counts["digits"], counts["right"], counts["edits"]) == (1, 1, 0)
    assert "sayer, as a line" in said[-1]
    assert "sayer, as a page" in said[-1]


def test_a_line_that_cannot_be_read_holds_no_text(tmp_path):
    folder = folder_of(tmp_path, [{"image": "0.png", "text": "باب ٣"}])

    def read(path: Path) -> str:
        raise EngineError("No.")

    (line,) = read_lines(folder, read)
    assert (line.text, line.read) == ("باب 3", "")


def test_cells_are_read_as_crops_and_as_regions(form):
    said: list[str] = []
    figures = folders.invoice(form, {"ours": saying("A٥٠٠", "0%")}, said.append)
    assert [cell["read"] for cell in figures["crop ours"]] == ["A٥٠٠", "0%"]
    assert [cell["cause"] for cell in figures["region amount"]] == ["", ""]
    assert said[0] == "Crops by ours, wrong: share “٥%”→“0%”"
    rows = [line.split()[-4:] for line in said[-1].splitlines()[2:]]
    assert rows == [["2", "1", "-", "-"], ["2", "0", "0", "2"], ["2", "0", "0", "2"]]
