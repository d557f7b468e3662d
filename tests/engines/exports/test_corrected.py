"""What formats say of the lines that people corrected."""

from __future__ import annotations

import json

import pypdfium2
import pytest
from PIL import Image

from engines import (
    EXPORTS,
    Page,
    PageImage,
    Result,
    Wishes,
    corrected_page,
    export_result,
)
from tests.engines.exports.made import line, page, told, worded
from tests.engines.exports.rules import alto_schema, check_hocr, etree, parsed_hocr

READ = page(worded("Tota1 12.50", 20, 10), line("specks", 20, 100), line("x", 20, 130))
TEXTS = {0: "Total 12.50", 1: ""}
CORRECTED = {3: frozenset(TEXTS)}


def picture(number: int) -> PageImage:
    return PageImage(Image.new("RGB", (600, 400), "white"), 72)


def result(read: Page = READ, texts: dict[int, str] = TEXTS) -> Result:
    page = corrected_page(read, texts)
    return Result({3: page}, "receipt", picture, {3: frozenset(texts)})


def exported(name: str, result: Result, wishes: Wishes | None = None) -> str:
    return export_result(name, result, wishes or Wishes()).decode("utf-8-sig")


def test_json() -> None:
    (found,) = json.loads(exported("json", result()))["pages"]
    assert [
        (one["text"], one["confidence"], one.get("corrected")) for one in found["lines"]
    ] == [("Total 12.50", 1.0, True), ("", 1.0, True), ("x", 0.9, None)]
    assert [(one["text"], one["confidence"]) for one in found["lines"][0]["words"]] == [
        ("Total", 1.0),
        ("12.50", 0.5),
    ]


def test_pdf() -> None:
    def keywords(result: Result) -> str:
        made = pypdfium2.PdfDocument(export_result("pdf", result))
        return made.get_metadata_dict()["Keywords"]

    assert keywords(result()) == "corrected"
    assert keywords(result(texts={})) == ""


def test_tables_count_every_line() -> None:
    rows = [row.split(",") for row in exported("csv", result()).splitlines()]
    assert [(row[1], row[2], row[-1]) for row in rows] == [
        ("line", "text", "corrected"),
        ("0", "Total 12.50", "1"),
        ("1", "", "1"),
        ("2", "x", "0"),
    ]


@pytest.mark.parametrize(
    ("name", "wishes", "said"),
    [
        ("txt", Wishes(), "Total 12.50\nx\n"),
        ("txt", Wishes(layout=True), "Total 12.50\nx\n"),
        ("md", Wishes(), "Total 12.50\nx\n"),
    ],
)
def test_an_emptied_line_is_not_said(name: str, wishes: Wishes, said: str) -> None:
    assert exported(name, result(), wishes) == said


def test_an_emptied_line_leaves_no_mark() -> None:
    assert "<ins></ins>" not in exported("html", result())
    assert exported("html", result()).count("<ins>") == 1


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "png"])
@pytest.mark.parametrize("wishes", [Wishes(), Wishes(layout=True, rows="word")])
def test_a_page_may_be_emptied(name: str, wishes: Wishes) -> None:
    for read in (READ, told("said without a place\n\nin two parts")):
        emptied = result(read, dict.fromkeys(range(len(read.lines)), ""))
        assert export_result(name, emptied, wishes)


@pytest.mark.parametrize("texts", [TEXTS, {0: "", 1: "", 2: ""}])
def test_files_for_archives_stay_valid(texts: dict[int, str]) -> None:
    check_hocr(parsed_hocr(result(texts=texts)))
    root = etree.fromstring(export_result("alto", result(texts=texts)))
    alto_schema().assertValid(root)


def test_paragraphs_told_without_places_stay() -> None:
    found = result(told("one\ntwo\n\nthree"), {1: ""})
    assert exported("md", found) == "one\n\nthree\n"
