"""alto: valid by the Library of Congress' own schema."""

from __future__ import annotations

import pytest
from lxml import etree

from engines import Page, Result, export_result
from engines.exports.alto import NAMESPACE
from tests.engines.exports.made import ARABIC, EVERYTHING, line, page, told, worded
from tests.engines.exports.rules import alto_schema

NAMES = {"a": NAMESPACE}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return alto_schema()


def exported(result: Result, schema: etree.XMLSchema) -> etree._Element:
    root = etree.fromstring(export_result("alto", result))
    schema.assertValid(root)
    return root


def values(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(value) for value in found]


def test_it_works(schema: etree.XMLSchema) -> None:
    found = page(worded("Thank you", 20, 10))
    root = exported(Result({3: found}, corrected={3: frozenset({0})}), schema)
    (block,) = root.iter(f"{{{NAMESPACE}}}TextBlock")
    assert etree.tostring(block, encoding="unicode", with_tail=False).split("\n", 1)[
        1
    ] == (
        '          <TextLine ID="line_3_1" HPOS="20" VPOS="10" WIDTH="90" HEIGHT="20"'
        ' BASEDIRECTION="ltr" CS="true">\n'
        "            <Shape>\n"
        '              <Polygon POINTS="20,10 110,10 110,30 20,30"/>\n'
        "            </Shape>\n"
        '            <String ID="word_3_1_1" CONTENT="Thank" HPOS="20" VPOS="10"'
        ' WIDTH="50" HEIGHT="20" WC="0.500"/>\n'
        "            <SP/>\n"
        '            <String ID="word_3_1_2" CONTENT="you" HPOS="80" VPOS="10"'
        ' WIDTH="30" HEIGHT="20" WC="0.500"/>\n'
        "          </TextLine>\n"
        "        </TextBlock>"
    )
    assert values(root, "//a:Page/@PHYSICAL_IMG_NR") == ["3"]
    assert values(root, "//a:Page/@PC") == ["0.750"]


def test_everything_is_valid(schema: etree.XMLSchema) -> None:
    root = exported(EVERYTHING, schema)
    assert values(root, "//a:Page/@ID") == ["page_1", "page_2", "page_4", "page_7"]
    assert values(root, "//a:TextLine[@CS='true']/@ID") == [
        *("line_1_2", "line_1_4", "line_2_1")
    ]
    assert values(root, "//a:softwareName/text()") == ["ppocr", "qwen3-vl", "tesseract"]
    assert values(root, "//a:fileName/text()") == ["a <b> & c.jpg"]
    assert values(root, "//a:Page[@ID='page_4']//a:String/@CONTENT") == [
        *("said without a place", "in two parts")
    ]


def test_arabic_is_in_logical_order(schema: etree.XMLSchema) -> None:
    root = exported(Result({1: page(worded(f"{ARABIC} 12.50", 300, 10))}), schema)
    assert values(root, "//a:TextLine/@BASEDIRECTION") == ["rtl"]
    assert values(root, "//a:String/@CONTENT") == [ARABIC, "12.50"]
    assert values(root, "//a:String/@HPOS") == ["360", "300"]


@pytest.mark.parametrize(
    "found", [Page(9, 9), told(""), page(line("", 0, 0)), Page(9, 9, text="alone")]
)
def test_next_to_nothing_is_valid(found: Page, schema: etree.XMLSchema) -> None:
    root = exported(Result({1: found}), schema)
    assert "".join(values(root, "//a:String/@CONTENT")) == found.text
