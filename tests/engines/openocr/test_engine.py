"""engines.openocr.OpenOCR: the genuine library, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import pairwise

import pytest
from PIL import Image

from engines import LineFinder, LineReader, Options, Page
from engines.errors import EngineError
from tests.engines.pictures import RECEIPT, written

ENGLISH = Options()
DETECTION = Options(extra={"task": "detection"})
RECOGNITION = Options(extra={"task": "recognition"})


def lines_of(page: Page) -> tuple[str, ...]:
    return tuple(line.text for line in page.lines)


def test_it_works(engine):
    picture = written()
    page = engine.read(picture, ENGLISH)
    assert lines_of(page) == RECEIPT
    assert (page.width, page.height, page.engine) == (*picture.size, "openocr")
    assert page.notes == ()
    assert all(line.confidence > 0.9 for line in page.lines)


def test_words_lie_in_their_lines_from_left_to_right(engine):
    for line in engine.read(written(), ENGLISH).lines:
        assert " ".join(word.text for word in line.words) == line.text
        boxes = [word.box for word in line.words]
        assert all(line.box.left <= box.left <= box.right for box in boxes)
        assert all(a.right <= b.left + 2 for a, b in pairwise(boxes))


def test_a_word_stands_where_its_print_is(engine):
    picture = written(["Total 13.20"])
    dark = picture.convert("L").point(lambda value: 255 * (value < 128))
    (line,) = engine.read(picture, ENGLISH).lines
    left, _, right, _ = dark.getbbox()
    first, last = line.words[0].box, line.words[-1].box
    assert (first.left, last.right) == (
        pytest.approx(left, abs=10),
        pytest.approx(right, abs=10),
    )


def test_lines_found_alone(engine):
    page = engine.read(written(), DETECTION)
    assert [(line.text, line.words, line.confidence) for line in page.lines] == [
        ("", (), None)
    ] * len(RECEIPT)
    read = engine.read(written(), ENGLISH)
    assert [x.polygon for x in page.lines] == [x.polygon for x in read.lines]
    assert sorted(engine.find_lines(written())) == sorted(
        line.polygon for line in page.lines
    )
    assert isinstance(engine, LineFinder)


def test_a_picture_that_is_one_line(engine):
    picture = written(["Total 13.20"])
    page = engine.read(picture, RECOGNITION)
    (line,) = page.lines
    assert page.text == line.text == "Total 13.20"
    assert (line.box.right, line.box.bottom) == picture.size
    assert [word.text for word in line.words] == ["Total", "13.20"]
    assert line == engine.read_line(picture, ENGLISH)
    assert 0 < line.weakest <= line.confidence <= 1
    assert isinstance(engine, LineReader)


@pytest.mark.parametrize(
    ("angle", "corner"), [(90, (397, 209)), (-90, (426, 114))], ids=["up", "down"]
)
def test_print_that_runs_up_or_down_the_margin(engine, angle, corner):
    level = written(size=24)
    page = Image.new("RGB", (level.width + 120, level.height), "white")
    page.paste(level)
    word = written(["INVOICE"], size=24).crop((30, 30, 150, 72))
    page.paste(word.rotate(angle, expand=True), (level.width + 20, 100))
    (turned,) = (
        line for line in engine.read(page, ENGLISH).lines if line.box.left > level.width
    )
    assert turned.text == "INVOICE"
    assert turned.polygon[0] == pytest.approx(corner, abs=10)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (900, 20), (300, 300)])
@pytest.mark.parametrize("colour", ["white", "black"])
def test_nothing_to_read(engine, size, colour):
    empty = Image.new("RGB", size, colour)
    assert engine.read(empty, ENGLISH) == Page(*size, engine="openocr")
    assert engine.read_line(empty, ENGLISH).text == ""
    assert engine.find_lines(empty) == ()


def test_the_longest_side_of_one_page_is_not_the_next_ones(engine):
    small = Options(max_side=32)
    assert lines_of(engine.read(written(), small)) != RECEIPT
    assert lines_of(engine.read(written(), ENGLISH)) == RECEIPT
    assert lines_of(engine.read(written(), Options(max_side=0))) == RECEIPT


def test_a_language_it_does_not_know(engine):
    asked = Options(languages=("eng", "ara"))
    assert engine.read(written(), asked).notes == (
        "OpenOCR does not know ara; it read what it could.",
    )


def test_the_same_page_from_many_threads(engine):
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: engine.read(written(), ENGLISH), range(4)))
    assert pages == [pages[0]] * 4
    assert lines_of(pages[0]) == RECEIPT


def test_its_modules_are_not_in_this_process(engine):
    before = list(sys.path)
    engine.read(written(), ENGLISH)
    assert sys.path == before
    assert not {"openocr", "tools", "opendet", "openrec"} & set(sys.modules)
    assert [find_spec(name) for name in ("tools", "opendet", "openrec")] == [None] * 3


@pytest.mark.parametrize("extra", [{"mode": "giant"}, {"task": "giant"}])
def test_wishes_that_it_does_not_know(engine, extra):
    with pytest.raises(EngineError, match=r"^OpenOCR has no “giant”. Choose one of: "):
        engine.read(written(), Options(extra=extra))


def test_it_says_what_it_is(engine, models):
    assert engine.availability().ok
    assert engine.version == "openocr-0.1.5 PP-OCRv4-1.4.4 decoding-1"
    assert engine.languages() == ("eng", "chi_sim", "chi_tra")
    assert [model.name for model in engine.models()] == ["ppocrv4", "mobile", "server"]
    assert engine.options_schema["properties"].keys() == {
        *("languages", "max_side", "mode", "task", "recogniser")
    }
    assert engine.options_schema["properties"]["recogniser"]["enum"] == [""]


def test_asking_whether_it_can_run_imports_nothing_heavy():
    asked = (
        "import sys; from engines.openocr import OpenOCR; engine = OpenOCR();"
        "engine.availability(), engine.version, engine.languages(), engine.models();"
        "engine.options_schema;"
        "print(sorted({'cv2', 'numpy', 'onnxruntime', 'openocr', 'safetensors',"
        " 'torch'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"


def test_without_the_library():
    asked = (
        "import sys; sys.modules['openocr'] = None;"
        "from engines.openocr import OpenOCR; print(OpenOCR().availability().reason)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "Not installed: openocr.\n"
