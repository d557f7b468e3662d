"""read_vision: every shape that a file of Google Vision comes in."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from engines import FileError, Page, read_vision
from tests.engines.vision.made import TOTAL, written

FAILED = {"error": {"code": 3, "message": "Bad image data."}}


def only(value: object) -> Page:
    """The one page of a file in which nothing failed."""
    found = read_vision(written(value))
    assert found.errors == {}
    assert list(found.pages) == [1]
    return found.pages[1]


def snake(value: Any) -> Any:
    if isinstance(value, list):
        return [snake(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name): snake(one)
        for name, one in value.items()
    }


@pytest.mark.parametrize(
    "value",
    [
        TOTAL,
        {"responses": [TOTAL]},
        [TOTAL],
        [{"responses": [TOTAL]}, None, None],
        {"responses": [{"responses": [TOTAL], "totalPages": 1}]},
        snake({"responses": [TOTAL]}),
        {"inputConfig": {}, "responses": [{**TOTAL, "context": {"pageNumber": 1}}]},
        json.loads(json.dumps(TOTAL).replace('"LINE_BREAK"', "5")),
        json.loads(json.dumps(TOTAL).replace('"TEXT"', "1").replace('"SPACE"', "1")),
        {**TOTAL, "error": None, "faceAnnotations": [], "context": None},
    ],
    ids=[
        *("bare", "responses", "list", "client for Node", "files", "snake case"),
        *("bucket", "breaks as numbers", "blocks as numbers", "with empty fields"),
    ],
)
def test_it_works(value):
    page = only(value)
    assert (page.width, page.height, page.text) == (200, 100, "Total 12.50")
    assert [line.text for line in page.lines] == ["Total 12.50"]
    assert [one.text for one in page.lines[0].words] == ["Total", "12.50"]
    assert (page.engine, page.notes) == ("google-vision", ())
    assert page.confidence == 0.5


def test_a_batch_of_a_bucket_knows_its_page_numbers():
    pages = [{**copy.deepcopy(TOTAL), "context": {"pageNumber": n}} for n in (21, 22)]
    assert list(read_vision(written({"responses": pages})).pages) == [21, 22]


def test_numbers_that_meet_are_counted():
    twice = [{"responses": [{**TOTAL, "context": {"pageNumber": 1}}]}] * 2
    assert list(read_vision(written(twice)).pages) == [1, 2]


def test_several_pages_in_one_answer():
    both = copy.deepcopy(TOTAL)
    full = both["fullTextAnnotation"]
    full["pages"] *= 2
    full["text"] = "Total 12.50\nTotal 12.50"
    found = read_vision(written([both, TOTAL]))
    assert [page.text for page in found.pages.values()] == ["Total 12.50"] * 3
    assert list(found.pages) == [1, 2, 3]


def test_a_page_without_text_is_blank():
    found = read_vision(written({"responses": [{}, TOTAL]}))
    assert found.pages[1] == Page(1, 1, engine="google-vision")
    assert found.pages[2].text == "Total 12.50"


def test_what_failed_is_told_page_by_page():
    found = read_vision(written({"responses": [FAILED, TOTAL, {"error": {"code": 4}}]}))
    assert list(found.pages) == [2]
    assert found.errors == {
        1: "Google Vision failed: Bad image data.",
        3: "Google Vision failed: it gave no reason",
    }


def test_the_list_of_words_is_enough():
    words = [
        {"description": "Total\n12.50\n"},
        {"description": "Total", "boundingPoly": TOTAL_BOX},
        {"description": "12.50", "boundingPoly": {"vertices": [{"x": 3, "y": 50}] * 4}},
    ]
    page = only({"textAnnotations": words})
    assert page.text == "Total\n12.50\n"
    assert [(x.text, len(x.words)) for x in page.lines] == [("Total", 1), ("12.50", 1)]
    assert (page.width, page.height) == (60, 50)


TOTAL_BOX = {"vertices": [{"y": 9}, {"x": 60, "y": 9}, {"x": 60, "y": 30}, {"y": 30}]}


def test_words_that_the_text_lacks_stay():
    words = [{"description": "Total"}, {"description": "Sum"}, {"description": "Total"}]
    page = only({"textAnnotations": words, "fullTextAnnotation": {"text": "Total"}})
    assert [line.text for line in page.lines] == ["Total"]
    assert page.text == "Total"


def test_the_text_alone_is_enough():
    page = only({"fullTextAnnotation": {"text": "one\ntwo"}})
    assert page.text == "one\ntwo"
    assert [line.text for line in page.lines] == ["one", "two"]


@pytest.mark.parametrize(
    "value", [{}, [], {"responses": []}, {"pages": []}, 5, "x", None, [[TOTAL]], [{}]]
)
def test_other_json_is_refused(value):
    with pytest.raises(FileError, match=r"Google Vision.*\.$"):
        read_vision(written(value))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG",
        b'{"error"',
        b"[" * 100_000,
        b'{"error": {"message": "\\ud800"}}',
        b'{"error": {"code": NaN}}',
        b"9" * 10_000,
    ],
)
def test_what_is_no_json_is_refused(content):
    with pytest.raises(FileError, match="no JSON, or damaged"):
        read_vision(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fullTextAnnotation", []),
        ("fullTextAnnotation.text", 5),
        ("fullTextAnnotation.text", "\0"),
        ("fullTextAnnotation.pages", {}),
        ("fullTextAnnotation.pages[0]", 7),
        ("fullTextAnnotation.pages[0].width", "wide"),
        ("fullTextAnnotation.pages[0].width", 1e300),
        ("fullTextAnnotation.pages[0].blocks[0].paragraphs", "x"),
    ],
)
def test_the_place_of_what_is_damaged_is_told(path, value):
    damaged = copy.deepcopy(TOTAL)
    *steps, last = re.findall(r"\w+", path)
    inside: Any = damaged
    for step in steps:
        inside = inside[int(step) if step.isdigit() else step]
    inside[int(last) if last.isdigit() else last] = value
    with pytest.raises(FileError, match=re.escape(f"look at “{path}”.")):
        read_vision(written(damaged))
