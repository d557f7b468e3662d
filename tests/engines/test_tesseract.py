"""Engine "tesseract", the real one: in this process, and as a program."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from engines import (
    Availability,
    Box,
    EngineUnavailable,
    Line,
    Options,
    Word,
    get_engine,
    read_page,
)
from engines.tessdata import data_folder
from engines.tesseract import (
    InProcess,
    Program,
    Tesseract,
    dpi_of,
    joined,
    lines_of,
)
from tests.engines.pictures import ARABIC_FONT, RECEIPT, written

TSV = "\n".join(
    "\t".join(map(str, row))
    for row in [
        (
            "level",
            "page",
            "block",
            "paragraph",
            "line",
            "word",
            *"LTWH",
            "conf",
            "text",
        ),
        (1, 1, 0, 0, 0, 0, 0, 0, 200, 100, -1, ""),
        (4, 1, 1, 1, 1, 0, 10, 20, 90, 20, -1, ""),
        (5, 1, 1, 1, 1, 1, 10, 20, 40, 20, 75, 'To"tal'),
        (5, 1, 1, 1, 1, 2, 60, 22, 40, 18, 100, "5.00\u200f"),
        (5, 1, 1, 1, 2, 1, 10, 60, 5, 20, 95, " "),
        (5, 1, 2, 1, 1, 1, 10, 80, 30, 20, 0, "Bye"),
    ]
)


@pytest.fixture
def engine() -> Tesseract:
    return Tesseract()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without language data."""
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("engines.tessdata.DATA_FOLDERS", (str(tmp_path),))


def test_it_works(engine: Tesseract) -> None:
    page = read_page(written(), engine="tesseract")
    assert page.text == "\n".join(RECEIPT)
    assert (page.engine, page.notes) == ("tesseract", ())
    assert min(line.confidence for line in page.lines) > 0.8
    total = page.lines[6]
    assert [word.text for word in total.words] == ["Total", "13.20"]
    assert total.box == Box.around([p for w in total.words for p in w.box.polygon])


@pytest.mark.parametrize("backend", [InProcess, Program])
def test_both_ways_read(backend: type[InProcess] | type[Program]) -> None:
    table = backend(data_folder()).read(written(), "eng", 3)
    assert [line.text for line in lines_of(table)] == list(RECEIPT)


def test_it_reads_a_line(engine: Tesseract) -> None:
    line = engine.read_line(written(["Total 13.20"]), Options())
    assert line.text == "Total 13.20"
    assert [word.text for word in line.words] == ["Total", "13.20"]
    whole = engine.read(written(["Total 13.20"]), Options()).lines[0].words[0].box
    assert line.words[0].box.left == pytest.approx(whole.left, abs=3)
    assert line.words[0].box.top == pytest.approx(whole.top, abs=3)


def test_a_line_without_print_is_empty(engine: Tesseract) -> None:
    blank = Image.new("RGB", (200, 40), "white")
    assert engine.read_line(blank, Options()) == Line("", confidence=0.0)
    assert engine.read(blank, Options()).lines == ()


def test_arabic_comes_in_logical_order(engine: Tesseract) -> None:
    picture = written(["شركة التقنية الحديثة للتجارة"], font=ARABIC_FONT)
    line = engine.read_line(picture, Options(languages=("ara",)))
    assert line.text == "شركة التقنية الحديثة للتجارة"
    lefts = [word.box.left for word in line.words]
    assert lefts == sorted(lefts, reverse=True)


def test_a_missing_language_is_noted(engine: Tesseract) -> None:
    page = engine.read(written(["Total"]), Options(languages=("xyz", "eng")))
    assert page.notes == ("Tesseract has no data for the language “xyz” here.",)
    assert [line.text for line in page.lines] == ["Total"]
    assert engine.languages_for(Options(languages=("xyz",)))[0] == "eng"
    assert engine.languages_for(Options(languages=("ara", "eng")))[0] == "ara+eng"


def test_it_reads_from_many_threads(engine: Tesseract) -> None:
    pictures = [written([f"Number {n}000"]) for n in range(1, 7)]
    with ThreadPoolExecutor(3) as pool:
        pages = list(pool.map(lambda one: engine.read(one, Options()), pictures))
    texts = [page.lines[0].text for page in pages]
    assert texts == [f"Number {n}000" for n in range(1, 7)]


def test_it_knows_what_it_has(engine: Tesseract) -> None:
    engine.warm_up()
    assert engine.availability() == Availability(ok=True)
    assert {"ara", "eng"} <= set(engine.languages())
    assert "osd" not in engine.languages()
    assert engine.version.startswith("tesserocr ")
    assert get_engine("tesseract").name == "tesseract"


def test_without_data_it_is_unavailable(nowhere: None) -> None:
    engine = Tesseract()
    assert engine.availability() == Availability(
        ok=False,
        reason="Tesseract has no language data.",
        remedy="Install it, on Debian: apt-get install tesseract-ocr",
    )
    assert engine.languages() == ()
    with pytest.raises(EngineUnavailable, match="no language data on this machine"):
        engine.read(written(), Options())


def test_it_finds_its_data(
    nowhere: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert data_folder() is None
    own = tmp_path / "own" / "tessdata"
    own.mkdir(parents=True)
    (own / "eng.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "own"))
    assert data_folder() == own
    monkeypatch.setenv("TESSDATA_PREFIX", str(own))
    assert data_folder() == own
    assert Tesseract().languages() == ("eng",)


def test_a_table_becomes_lines() -> None:
    total = Word('To"tal', Box(10, 20, 50, 40), 0.75)
    amount = Word("5.00", Box(60, 22, 100, 40), 1.0)
    bye = Word("Bye", Box(10, 80, 40, 100), 0.0)
    box = Box(10, 20, 100, 40)
    first = Line('To"tal 5.00', box.polygon, (total, amount), 0.85)
    second = Line("Bye", bye.box.polygon, (bye,), 0.0)
    assert list(lines_of(TSV)) == [first, second]
    assert joined([first, second]).text == 'To"tal 5.00 Bye'


@pytest.mark.parametrize(
    ("said", "size", "dpi"),
    [
        ((300, 300), (10, 10), 300),
        (None, (1654, 2339), 200),
        (None, (50, 50), 70),
        (None, (50_000, 50), 600),
    ],
)
def test_the_dpi_is_said_or_guessed(
    said: tuple[int, int] | None, size: tuple[int, int], dpi: int
) -> None:
    picture = Image.new("1", size)
    if said:
        picture.info["dpi"] = said
    assert dpi_of(picture) == dpi
