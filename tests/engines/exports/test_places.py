"""Pages whose lines were found and not read: places without text, in every format."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from engines import Box, Line, Page, PageImage, Result, export_result
from engines.exports import EXPORTS, Wishes
from engines.exports.alto import NAMESPACE
from engines.layout import arranged
from tests.engines.exports.rules import alto_schema, box, check_hocr, elements
from tests.engines.exports.rules import parsed_hocr as parsed
from tests.engines.pictures import written

PLACES = [(60, top, 300, top + 30) for top in (60, 120, 180)]
FOUND = tuple(Line("", Box(*place).polygon) for place in PLACES)
READ = Line("Total 5.40", Box(320, 60, 440, 90).polygon)
PICTURE = written()


def result(*lines: Line) -> Result:
    page = arranged(Page(*PICTURE.size, lines, engine="openocr"))
    return Result({1: page}, "boxes", lambda _: PageImage(PICTURE))


@pytest.mark.parametrize("lines", [FOUND, (*FOUND, READ)], ids=["alone", "beside text"])
@pytest.mark.parametrize("layout", [True, False])
@pytest.mark.parametrize("name", EXPORTS)
def test_it_works(name, layout, lines):
    wishes = Wishes(layout=layout, rows="word" if layout else "line")
    assert export_result(name, result(*lines), wishes)


def test_they_are_no_part_of_the_text():
    assert result(*FOUND).pages[1].text == ""
    assert result(*FOUND, READ).pages[1].text == "Total 5.40"
    assert export_result("md", result(*FOUND, READ)) == b"Total 5.40\n"


def test_json_and_csv_say_where_they_are():
    (page,) = json.loads(export_result("json", result(*FOUND)))["pages"]
    assert [line["polygon"][::2] for line in page["lines"]] == [
        [[left, top], [right, bottom]] for left, top, right, bottom in PLACES
    ]
    rows = export_result("csv", result(*FOUND)).decode("utf-8-sig").splitlines()
    assert rows[1] == "1,0,,60.0,60.0,300.0,90.0,,0"
    assert len(rows) == 1 + len(PLACES)


def test_hocr_says_where_they_are():
    root = parsed(result(*FOUND, READ))
    check_hocr(root)
    boxes = [box(line) for line in elements(root, "ocr_line")]
    assert boxes == [(320, 60, 440, 90), *PLACES]


def test_alto_says_where_they_are():
    root = etree.fromstring(export_result("alto", result(*FOUND)))
    alto_schema().assertValid(root)
    lines = list(root.iter(f"{{{NAMESPACE}}}TextLine"))
    assert [int(line.get("VPOS")) for line in lines] == [60, 120, 180]
    strings = [line.find(f"{{{NAMESPACE}}}String") for line in lines]
    assert [string.get("CONTENT") for string in strings] == ["", "", ""]
