"""read_vision: boxes, in the frame of the upright page."""

from __future__ import annotations

import pytest

from engines import Box, FileError, Page, fit_vision_page, read_vision
from engines.geometry import move_page, quarter_turns
from tests.engines.vision.made import (
    NEW_LINE,
    TOTAL,
    Json,
    answer,
    box,
    paragraph,
    word,
    written,
)

WIDTH, HEIGHT = 200, 100


def page_of(value: Json) -> Page:
    return read_vision(written(value)).pages[1]


def box_of(bounding: Json, **page: object) -> Box:
    found = page_of(answer(paragraph(word("one", bounding, NEW_LINE)), **page))
    return found.lines[0].words[0].box


def test_words_and_lines_have_places():
    line = page_of(TOTAL).lines[0]
    assert [x.box for x in line.words] == [Box(10, 20, 60, 40), Box(70, 20, 120, 40)]
    assert line.polygon == Box(10, 20, 120, 40).polygon


def test_zeros_may_be_missing():
    assert box_of({"vertices": [{}, {"x": 9}, {"x": 9, "y": 5}, {"y": 5}]}) == Box(
        0, 0, 9, 5
    )


def test_numbers_may_be_in_quotes():
    corners = [{"x": "1", "y": "2"}, {"x": "9", "y": "2"}]
    assert box_of({"vertices": corners}) == Box(1, 2, 9, 2)


def test_what_reaches_over_the_edge_is_cut():
    assert box_of(box(-5, -3, 300, 40)) == Box(0, 0, 200, 40)


def test_fractions_of_the_page():
    shares = [{"x": 0.1}, {"x": 0.5}, {"x": 0.5, "y": 0.25}, {"x": 0.1, "y": 0.25}]
    assert box_of({"normalizedVertices": shares}) == Box(20, 0, 100, 25)


def test_a_page_without_a_size_holds_its_words():
    found = page_of(answer(paragraph(word("one", box(5, 5, 90, 31))), width=0))
    assert (found.width, found.height) == (90, 31)


def test_the_letters_of_a_word_tell_where_it_is():
    one = word("on", {}, NEW_LINE)
    one["symbols"][0]["boundingBox"] = box(5, 5, 10, 20)
    one["symbols"][1]["boundingBox"] = box(11, 6, 16, 21)
    found = page_of(answer(paragraph(one)))
    assert found.lines[0].words[0].box == Box(5, 5, 16, 21)


def test_a_word_without_a_place_is_in_the_text_alone():
    found = page_of(answer(paragraph(word("one", {}, NEW_LINE))))
    assert [(x.text, x.polygon, x.words) for x in found.lines] == [("one", None, ())]


def test_a_paragraph_of_one_line_tells_its_outline():
    whole = paragraph(word("one", box(5, 5, 16, 21)))
    whole["boundingBox"] = box(4, 4, 17, 22)
    assert page_of(answer(whole)).lines[0].polygon == Box(4, 4, 17, 22).polygon


def test_a_line_leans_as_its_words_do():
    def leaning(left: int) -> Json:
        corners = [(0, 0), (40, 4), (38, 24), (-2, 20)]
        start, top = left, 20 + left // 10
        return {"vertices": [{"x": x + start, "y": y + top} for x, y in corners]}

    words = word("one", leaning(10), {"type": "SPACE"}), word("two", leaning(110))
    polygon = page_of(answer(paragraph(*words))).lines[0].polygon
    expected = (10, 21), (150, 35), (148, 55), (8, 41)
    for point, wanted in zip(polygon, expected, strict=True):
        assert point == pytest.approx(wanted, abs=0.3)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_picture_becomes_upright(turns):
    """EXIF: the camera lay on its side, and Google read what the file stores."""
    upright = page_of(TOTAL)
    move = quarter_turns(turns, WIDTH, HEIGHT)
    turned = answer(
        paragraph(
            *(
                word(x.text, {"vertices": corners(x.box, move)}, {"type": after})
                for x, after in zip(
                    upright.lines[0].words, ("SPACE", "LINE_BREAK"), strict=True
                )
            )
        ),
        width=HEIGHT if turns % 2 else WIDTH,
        height=WIDTH if turns % 2 else HEIGHT,
    )
    assert page_of(turned) == upright


def corners(found: Box, move) -> list[dict[str, float]]:
    return [dict(zip("xy", move(corner), strict=True)) for corner in found.polygon]


def test_a_line_up_the_edge_turns_no_page():
    lying = word("up", {"vertices": [{"x": 5, "y": 90}, {"x": 5, "y": 50}] * 2})
    whole = TOTAL["fullTextAnnotation"]["pages"][0]["blocks"][0]["paragraphs"][0]
    found = page_of(answer(whole, paragraph(lying)))
    assert (found.width, found.height) == (WIDTH, HEIGHT)
    assert found.lines[0].words[0].box == Box(10, 20, 60, 40)


def test_moving_there_and_back_is_no_loss():
    page = page_of(TOTAL)
    there = move_page(page, quarter_turns(1, WIDTH, HEIGHT), HEIGHT, WIDTH)
    assert move_page(there, quarter_turns(3, HEIGHT, WIDTH), WIDTH, HEIGHT) == page


def test_a_page_fits_a_picture_of_its_shape():
    found = fit_vision_page(page_of(TOTAL), 400, 202)
    assert (found.width, found.height) == (400, 202)
    assert found.lines[0].words[0].box == Box(20, 40.4, 120, 80.8)


def test_a_page_that_told_no_size_stays_in_pixels():
    page = page_of(answer(paragraph(word("one", box(5, 5, 90, 31))), width=0))
    found = fit_vision_page(page, 100, 100)
    assert found.lines[0].words[0].box == Box(5, 5, 90, 31)


def test_a_page_fits_no_picture_of_another_shape():
    with pytest.raises(FileError, match="another shape"):
        fit_vision_page(page_of(TOTAL), 100, 200)
