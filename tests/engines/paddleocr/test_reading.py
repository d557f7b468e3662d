"""engines.paddleocr.reading: lines and words from what PaddleOCR says."""

from __future__ import annotations

import numpy as np
import pytest

from engines.paddleocr.reading import Piece, line_alone, lines_in, side_for, words_of
from engines.types import Box

LEVEL = np.array([[10, 20], [110, 20], [110, 40], [10, 40]], np.int16)
DOWN = np.array([[10, 20], [30, 20], [30, 120], [10, 120]], np.int16)


def found(text="To all", score=0.9, corners=LEVEL, boxes=None):
    parts = ["To", " ", "all"]
    level = [[10, 20, 40, 40], [40, 20, 60, 40], [60, 20, 110, 40]]
    return {
        "rec_texts": [text],
        "rec_scores": [score],
        "rec_polys": [corners],
        "text_word": [parts],
        "text_word_boxes": [np.array(level if boxes is None else boxes)],
    }


def test_it_works():
    (line,) = lines_in(found())
    assert (line.text, line.confidence) == ("To all", 0.9)
    assert line.polygon == ((10, 20), (110, 20), (110, 40), (10, 40))
    assert [(word.text, word.confidence) for word in line.words] == [
        ("To", 0.9),
        ("all", 0.9),
    ]
    first, second = (word.box for word in line.words)
    assert (first.left, first.top, first.bottom) == (10, 20, 40)
    assert first.right == pytest.approx(45.6, abs=0.1)
    assert (second.left, second.right) == (pytest.approx(54.4, abs=0.1), 110)


def test_a_line_that_runs_down_begins_at_its_top_right():
    boxes = [[10, 20, 30, 50], [10, 50, 30, 70], [10, 70, 30, 120]]
    (line,) = lines_in(found(corners=DOWN, boxes=boxes))
    assert line.polygon == ((30, 20), (30, 120), (10, 120), (10, 20))
    first, second = (word.box for word in line.words)
    assert (first.left, first.top, first.right) == (10, 20, 30)
    assert first.bottom == pytest.approx(55.6, abs=0.1)
    assert second.bottom == 120


@pytest.mark.parametrize(("text", "score"), [("To all", 0.4), (" ", 0.9), ("", 0.9)])
def test_dirt_is_left_out(text, score):
    assert list(lines_in(found(text, score))) == []


def test_parts_that_do_not_make_up_the_text_are_no_words():
    (line,) = lines_in(found("lla oT"))
    assert (line.text, line.words) == ("lla oT", ())


def test_signs_between_spaces_belong_to_their_words():
    pieces = [Piece("No", 0.0, 0.2), Piece(".: ", 0.2, 0.5), Piece("7", 0.5, 0.6)]
    assert [word.text for word in words_of("No.: 7", pieces)] == ["No.:", "7"]


def test_a_line_alone():
    said = ("a b", [20.0, [["a"], [" "], ["b"]], [[2], [9], [17]], ["en&num"] * 3])
    line = line_alone({"rec_text": said, "rec_score": 1.0000001}, 100, 30)
    assert (line.text, line.confidence) == ("a b", 1.0)
    assert line.polygon == Box(0, 0, 100, 30).polygon
    first, second = (word.box for word in line.words)
    assert first.left < 10 < 15 < first.right
    assert second.left < 85 < 90 < second.right


def test_a_line_that_is_empty():
    said = {"rec_text": ("", [20.0, [], [], []]), "rec_score": 0.0}
    line = line_alone(said, 100, 30)
    assert (line.text, line.words, line.confidence) == ("", (), 0.0)


def quads(height: float):
    return np.array([[[0, 0], [99, 0], [99, height], [0, height]]] * 3, np.float32)


@pytest.mark.parametrize(
    ("height", "size", "max_side", "side"),
    [
        (40, (600, 800), None, 800),
        (40, (1600, 1200), None, 960),
        (20, (1600, 1200), None, 1549),  # the area caps it
        (20, (1600, 1200), 0, 1600),
        (20, (1600, 1200), 700, 700),
        (5, (300, 200), None, 600),  # no more than twice as large
        (0, (3, 2000), None, 960),
        (0, (1, 1), None, 1),
    ],
)
def test_small_print_is_looked_at_more_closely(height, size, max_side, side):
    seen = quads(height) if height else np.zeros((0, 4, 2), np.float32)
    assert side_for(seen, *size, max_side) == side
