"""engines.digits.kit.evaluation.report: everything measured, said and returned."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from engines import EngineError, EngineUnavailable, Line, OcrError, Options, register
from engines.digits.kit.evaluation import tables
from engines.digits.kit.evaluation.readers import is_ours, parsed, reader_of
from engines.digits.kit.evaluation.report import Wish, measure, reading_with
from engines.digits.kit.evaluation.sheets import CELL, sheet
from engines.digits.kit.evaluation.speed import cost_of
from tests.engines.readers import Blocks


class Knowing(Blocks):
    """Reads the same number everywhere; in Arabic letters where it is asked to."""

    name = "knowing"

    def read_line(self, image: Image.Image, options: Options) -> Line:
        text = "قال ٣" if options.languages == ("ara",) else "AED 12.50"
        return Line(text, confidence=0.75, weakest=0.5)


class Unable(Blocks):
    """Cannot read a line."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        raise EngineError("This line is too hard.")


@pytest.fixture(autouse=True)
def known() -> None:
    register("knowing", f"{__name__}.Knowing")
    register("unable", f"{__name__}.Unable")
    register("blocks", "tests.engines.readers.Blocks")
    register("missing", "tests.engines.readers.Missing")


PAPER = Image.new("L", (64, 32), 255)


def test_an_engine_reads_in_symbols_as_surely_as_its_weakest():
    reading = reader_of("knowing")(PAPER)
    assert (reading.text, reading.confidence, reading.surely) == ("A12.50", 0.5, ())
    assert reader_of("knowing:ara")(PAPER).text == "ع٣"
    assert reader_of("unable")(PAPER).text == ""


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("nope", "There is no engine “nope”"),
        ("missing", "It is not installed. Install it."),
        ("blocks", "The engine “blocks” reads no single lines."),
    ],
)
def test_what_cannot_read_lines_says_why(spec, reason):
    with pytest.raises(EngineUnavailable, match=reason):
        reader_of(spec)


def test_weights_that_are_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("DIGITS_MODEL", "chosen")
    with pytest.raises(EngineUnavailable, match=f"There are no weights in {tmp_path}"):
        measure(Wish(engines=("digits",), model=tmp_path), print)
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        measure(Wish(engines=("network",), model=tmp_path), print)
    assert os.environ["DIGITS_MODEL"] == "chosen"


def test_weights_are_chosen_for_the_measuring_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("DIGITS_MODEL", raising=False)
    with reading_with(tmp_path):
        assert os.environ["DIGITS_MODEL"] == str(tmp_path)
    assert "DIGITS_MODEL" not in os.environ


def test_specs():
    assert parsed("tesseract:ara+eng")[1].languages == ("ara", "eng")
    assert [is_ours(spec) for spec in ("digits", "network", "ppocr")] == [True, True, 0]


def test_an_unknown_level():
    with pytest.raises(OcrError, match=r"There is no level “easy”\. Choose of: clean"):
        Wish(levels=("easy",))


def test_it_measures_what_is_wished_and_no_more(tmp_path):
    said: list[str] = []
    wish = Wish(
        engines=("knowing",),
        levels=("clean",),
        count=6,
        display_count=2,
        baseline_count=4,
        blank=3,
        worst=tmp_path,
    )
    figures = measure(wish, said.append)
    assert list(figures) == ["blank", "held-out"]
    assert sum(part["read"] for part in figures["blank"]["knowing"].values()) == 3
    assert list(figures["held-out"]) == ["clean", "clean, display faces"]
    found = figures["held-out"]["clean"]["knowing"]
    assert (found["score"]["strings"], found["score"]["exact"]) == (4, 0)
    assert found["calibration"]["of strings"] == pytest.approx(0.5)
    assert any("4 strings" in text or "6 strings" in text for text in said)
    assert measure(Wish(engines=("knowing",), count=0), said.append) == {}


def test_the_worst_are_shown(tmp_path):
    crops = [(Image.new("L", (900, 20), 0), "١٢ > ١٣"), (PAPER, "")]
    page = sheet(crops)
    assert page.width > 2 * CELL[0]
    assert page.getpixel((1, 1)) == 0
    assert sheet([]).height > 1


def test_costs_are_those_of_a_fresh_process():
    cost = cost_of("ppocr", [PAPER])
    assert cost.first_cpu > 0
    assert cost.median_ms > 0
    assert cost.cpu_ms > 0
    assert cost.peak_mb > 20
    assert "torch" not in cost.loaded


def test_costs_of_an_engine_that_fails():
    with pytest.raises(EngineError, match=r"“nope” could not be timed: .*no engine"):
        cost_of("nope", [PAPER])


def test_tables_are_aligned():
    made = tables.table(("name", "count"), [("a", 1), ("long name", 1000)])
    assert made.splitlines() == [
        "name       count",
        "a              1",
        "long name   1000",
    ]
    assert tables.ranking([("٦", "٩", 3), ("", "1", 1)]) == "٦→٩ 3, ∅→1 1"
    assert tables.ranking([]) == "none"


def test_a_table_of_confidence():
    said = tables.calibration("symbols", [(0.95, True), (0.95, False), (0.5, False)])
    assert said.splitlines()[1].split() == ["0.300..0.500", "1", "50.00", "0.00"]
    assert "Expected calibration error: 46.67 %." in said
    assert "0.0 % at 99 %" in said
