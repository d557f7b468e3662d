"""engines.ppocr.PPOCR: the real models on print drawn for the test."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from PIL import Image

from engines import LineReader, Options, Page
from engines.ppocr import PPOCR
from engines.ppocr.networks import load_networks
from tests.engines.pictures import RECEIPT, written

ENGLISH = Options()


@pytest.fixture(scope="module")
def engine() -> PPOCR:
    return PPOCR()


def lines_of(page: Page) -> tuple[str, ...]:
    return tuple(line.text for line in page.lines)


def test_it_works(engine):
    picture = written()
    page = engine.read(picture, ENGLISH)
    assert lines_of(page) == RECEIPT
    assert (page.width, page.height, page.engine) == (*picture.size, "ppocr")
    assert page.notes == ()
    assert all(line.confidence > 0.9 for line in page.lines)


def test_words_lie_in_their_lines_from_left_to_right(engine):
    for line in engine.read(written(), ENGLISH).lines:
        assert " ".join(word.text for word in line.words) == line.text
        boxes = [word.box for word in line.words]
        assert boxes == sorted(boxes, key=lambda box: box.left)
        assert all(line.box.left <= box.left <= box.right for box in boxes)
        assert all(a.right <= b.right for a, b in pairwise(boxes))


@pytest.mark.parametrize("size", [14, 20, 64])
def test_small_and_large_print(engine, size):
    assert lines_of(engine.read(written(size=size), ENGLISH)) == RECEIPT


@pytest.mark.parametrize("angle", [-4, 3])
def test_skewed_print(engine, angle):
    skewed = written().rotate(angle, expand=True, fillcolor="white", resample=3)
    read = engine.read(skewed, ENGLISH)
    assert sorted(" ".join(lines_of(read)).split()) == sorted(" ".join(RECEIPT).split())


@pytest.mark.parametrize("runtime", ["openvino", "onnxruntime"])
def test_either_runtime(runtime):
    assert lines_of(PPOCR(runtime=runtime).read(written(), ENGLISH)) == RECEIPT


@pytest.mark.parametrize(
    ("angle", "corner"), [(90, (400, 413)), (-90, (420, 118))], ids=["up", "down"]
)
def test_print_that_runs_up_or_down_the_margin(engine, angle, corner):
    level = written(size=24)
    page = Image.new("RGB", (level.width + 120, level.height), "white")
    page.paste(level)
    number = written(["INVOICE 620915734"], size=24).crop((30, 30, 360, 72))
    page.paste(number.rotate(angle, expand=True), (level.width + 20, 100))
    (turned,) = (
        line for line in engine.read(page, ENGLISH).lines if line.box.left > level.width
    )
    assert turned.text == "INVOICE 620915734"
    assert turned.polygon[0] == pytest.approx(corner, abs=8)


def test_a_line_alone(engine):
    line = engine.read_line(written(["Total 13.20"]), ENGLISH)
    assert line.text == "Total 13.20"
    assert [word.text for word in line.words] == ["Total", "13.20"]
    assert isinstance(engine, LineReader)


def test_lines_found_without_being_read(engine):
    found = engine.find_lines(written())
    read = engine.read(written(), ENGLISH)
    assert sorted(found) == sorted(line.polygon for line in read.lines)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (4000, 20), (300, 300)])
@pytest.mark.parametrize("colour", ["white", "black"])
def test_nothing_to_read(engine, size, colour):
    empty = Image.new("RGB", size, colour)
    assert engine.read(empty, ENGLISH) == Page(*size, engine="ppocr")
    assert engine.read_line(empty, ENGLISH).text == ""


def test_accents_belong_to_their_language(engine):
    picture = written(["Crème brûlée à la carte"], font="DejaVuSans.ttf")
    french = engine.read(picture, Options(languages=("fra",)))
    assert lines_of(french) == ("Crème brûlée à la carte",)
    english = engine.read(picture, ENGLISH)
    assert "".join(lines_of(english)).isascii()


def test_a_language_it_does_not_know(engine):
    page = engine.read(written(), Options(languages=("eng", "ara")))
    assert page.notes == ("PP-OCR does not know ara; it read what it could.",)
    assert lines_of(page) == RECEIPT


def test_the_same_page_from_many_threads(engine):
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: engine.read(written(), ENGLISH), range(4)))
    assert pages == [engine.read(written(), ENGLISH)] * 4


def test_models_load_once():
    assert load_networks("onnxruntime", 1) is load_networks("onnxruntime", 1)


def test_it_says_what_it_is(engine):
    assert engine.availability().ok
    assert engine.version.startswith("PP-OCRv6-small rapidocr-3.10.0 decoding-")
    assert {"eng", "fra", "jpn"} <= set(engine.languages())
    assert "ara" not in engine.languages()


def test_asking_whether_it_can_run_imports_nothing_heavy():
    asked = (
        "import sys; from engines.ppocr import PPOCR; engine = PPOCR();"
        "engine.availability(), engine.version, engine.languages();"
        "print(sorted({'cv2', 'numpy', 'onnxruntime', 'openvino', 'spellchecker'}"
        " & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
