"""engines.paddleocr.PaddleOCR: the genuine library on print drawn for the test."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from engines import SHIPPED_FONT, LineFinder, LineReader, Options, Page
from engines.errors import EngineError
from engines.paddleocr import PaddleOCR
from tests.engines.paddleocr.networks import copy_of
from tests.engines.paddleocr.prints import drawn, lines_of
from tests.engines.pictures import RECEIPT, written

ENGLISH = Options()


def test_it_works(engine):
    picture = drawn()
    page = engine.read(picture, ENGLISH)
    assert lines_of(page) == RECEIPT
    assert (page.width, page.height, page.engine) == (*picture.size, "paddleocr")
    assert page.notes == ()
    assert all(line.confidence > 0.9 for line in page.lines)


def test_words_lie_where_they_were_drawn(engine):
    picture = drawn()
    face = ImageFont.truetype(str(SHIPPED_FONT), 32)
    for line in engine.read(picture, ENGLISH).lines:
        assert " ".join(word.text for word in line.words) == line.text
        assert all(a.box.right < b.box.right for a, b in pairwise(line.words))
        begin = 64.0
        for word in line.words:
            end = begin + face.getlength(word.text)
            assert word.box.left == pytest.approx(begin, abs=14)
            assert word.box.right == pytest.approx(end, abs=14)
            assert line.box.top <= word.box.top < word.box.bottom <= line.box.bottom
            assert word.confidence == line.confidence
            begin = end + face.getlength(" ")


def test_colours_are_not_swapped(engine, monkeypatch):
    seen = []
    _, library = engine._library(ENGLISH)
    read = library._pipeline.predict
    monkeypatch.setattr(
        library._pipeline,
        "predict",
        lambda image, **wishes: seen.append(image) or read(image, **wishes),
    )
    engine.read(Image.new("RGB", (80, 60), (250, 20, 10)), ENGLISH)
    assert seen[0][0, 0].tolist() == [10, 20, 250]


@pytest.mark.parametrize("size", [14, 64])
def test_small_and_large_print(engine, size):
    assert lines_of(engine.read(drawn(size=size), ENGLISH)) == RECEIPT


def test_small_print_on_a_large_page(engine):
    page = Image.new("RGB", (1800, 2600), "white")
    page.paste(drawn(size=18), (900, 1900))
    assert lines_of(engine.read(page, ENGLISH)) == RECEIPT


def test_print_that_runs_down_the_page_begins_at_its_top(engine):
    page = Image.new("RGB", (300, 700), "white")
    line = written(["INVOICE 620915734"], 32, str(SHIPPED_FONT)).crop((50, 30, 460, 90))
    page.paste(line.rotate(-90, expand=True), (100, 100))
    (turned,) = engine.read(page, ENGLISH).lines
    assert turned.text == "INVOICE 620915734"
    first, second, *_ = turned.polygon
    assert (first[0], second[1] - first[1]) == (
        pytest.approx(155, abs=20),
        pytest.approx(350, abs=60),
    )
    assert [word.text for word in turned.words] == ["INVOICE", "620915734"]
    assert turned.words[0].box.bottom <= turned.words[1].box.top + 12


def test_a_line_alone(engine):
    line = engine.read_line(drawn(["Total 13.20"]), ENGLISH)
    assert (line.text, [word.text for word in line.words]) == (
        "Total 13.20",
        ["Total", "13.20"],
    )
    assert line.words[0].box.right < line.words[1].box.left + 8
    assert line.confidence > 0.9
    assert isinstance(engine, LineReader)


def test_lines_found_without_being_read(engine):
    found = engine.find_lines(drawn())
    read = engine.read(drawn(), ENGLISH)
    assert sorted(found) == sorted(line.polygon for line in read.lines)
    assert isinstance(engine, LineFinder)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (4000, 20), (300, 300)])
@pytest.mark.parametrize("colour", ["white", "black"])
def test_nothing_to_read(engine, size, colour):
    empty = Image.new("RGB", size, colour)
    assert engine.read(empty, ENGLISH) == Page(*size, engine="paddleocr")
    assert engine.read_line(empty, ENGLISH).text == ""
    assert engine.find_lines(empty) == ()


def test_a_page_longer_than_paddleocr_can_count(engine):
    long = Image.new("RGB", (40_000, 100), "white")
    face = ImageFont.truetype(str(SHIPPED_FONT), 64)
    ImageDraw.Draw(long).text((38_000, 15), "the far end", "black", face)
    page = engine.read(long, Options(max_side=0))
    assert (page.width, page.height) == long.size
    (line,) = page.lines
    assert line.text == "the far end"
    assert line.box.left == pytest.approx(38_000, abs=80)
    assert line.box.right == pytest.approx(38_000 + face.getlength(line.text), abs=80)


def test_a_language_it_does_not_know(engine):
    page = engine.read(drawn(["Total 13.20"]), Options(languages=("eng", "ara")))
    assert page.notes == ("PaddleOCR does not know ara; it read what it could.",)
    assert lines_of(page) == ("Total 13.20",)


def test_the_recogniser_follows_the_languages(root):
    engine = PaddleOCR()
    arabic = Options(languages=("ara",))
    copy_of("PP-OCRv6_small_rec", "arabic_PP-OCRv5_mobile_rec", root)
    assert {"ara", "fas"} <= set(engine.languages())
    page = engine.read(drawn(["Total 13.20"]), arabic)
    assert page.notes == ()
    assert lines_of(page) == ("Total 13.20",)
    assert engine._library(arabic)[0].recognition == "arabic_PP-OCRv5_mobile_rec"
    assert engine._library(ENGLISH)[0].recognition == "PP-OCRv6_small_rec"


def test_a_network_that_cannot_be_loaded(root):
    folder = copy_of("PP-OCRv6_small_det", "PP-OCRv5_mobile_det", root)
    network = folder / "inference.onnx"
    data = bytearray(network.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    network.write_bytes(data)
    with pytest.raises(EngineError, match=r"^PaddleOCR failed: |is damaged"):
        PaddleOCR().read(drawn(), Options(extra={"detection": "PP-OCRv5_mobile_det"}))


def test_the_same_page_from_many_threads(engine):
    picture = drawn(RECEIPT[:3])
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: engine.read(picture, ENGLISH), range(4)))
    assert pages == [engine.read(picture, ENGLISH)] * 4


def test_it_says_what_it_is(engine):
    assert engine.availability().ok
    assert engine.version.startswith("paddleocr-3.7.0 paddlex-3.7.2 onnxruntime-")
    assert "rapidocr-3.10.0" in engine.version
    assert {"eng", "fra", "jpn"} <= set(engine.languages())
    assert "ara" not in engine.languages()


def test_its_version_changes_with_its_models(root):
    before = PaddleOCR().version
    copy_of("PP-OCRv6_small_rec", "PP-OCRv5_mobile_rec", root)
    assert PaddleOCR().version != before
