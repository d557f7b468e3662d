"""html: one file that needs nothing else, and runs nothing."""

from __future__ import annotations

from lxml import html

from engines import Page, Result, export_result
from tests.engines.exports.made import ARABIC, EVERYTHING, HOSTILE, line, page, told


def body(result: Result) -> str:
    text = export_result("html", result).decode()
    return text.partition("<body>\n")[2].removesuffix("</body>\n</html>\n")


def test_it_works() -> None:
    found = page(
        line("CORNER BAKERY", 20, 10, height=40),
        line("12 Market Street, behind the", 20, 80),
        line("old mill", 20, 105),
        line("Thank you", 20, 130),
        line("Item", 20, 200),
        line("Price", -30, 200),
        line("Bread", 20, 225),
        line("7.80", -30, 227),
        line("Honey", 20, 250),
        line("5.40", -30, 252),
    )
    assert body(Result({3: found}, corrected={3: frozenset({2, 9})})) == (
        '<section id="page-3">\n'
        "<h1>CORNER BAKERY</h1>\n"
        "<p>12 Market Street, behind the\n<ins>old mill</ins><br>\nThank you</p>\n"
        "<table>\n"
        '<tr><th>Item</th><th class="amount">Price</th></tr>\n'
        '<tr><td>Bread</td><td class="amount">7.80</td></tr>\n'
        '<tr><td>Honey</td><td class="amount"><ins>5.40</ins></td></tr>\n'
        "</table>\n"
        "</section>\n"
    )


def test_text_that_runs_from_the_right() -> None:
    """What runs against what is around it says so; amounts are read from the left."""
    found = page(
        line("الوصف", -30, 10),
        line(ARABIC, 50, 10),
        line("خبز", -30, 35),
        line("-12.50", 50, 35),
    )
    arabic = line(f"{ARABIC} TVA", 20, 300)
    latin = page(line("Total", 20, 10), line("Cash", 20, 35), arabic)
    text = export_result("html", Result({1: found, 2: latin})).decode()
    assert '<html lang="" dir="rtl">' in text
    assert body(Result({1: found, 2: latin})) == (
        '<section id="page-1">\n'
        "<table>\n"
        f'<tr><th>الوصف</th><th class="amount">{ARABIC}</th></tr>\n'
        '<tr><td>خبز</td><td class="amount" dir="ltr">-12.50</td></tr>\n'
        "</table>\n"
        "</section>\n"
        '<section id="page-2" dir="ltr">\n'
        "<p>Total\nCash</p>\n"
        f'<p dir="rtl">{ARABIC} TVA</p>\n'
        "</section>\n"
    )


def test_what_has_no_place_keeps_its_paragraphs() -> None:
    assert body(Result({1: told("one\ntwo\n\nthree")})) == (
        '<section id="page-1">\n<p>one<br>\ntwo</p>\n<p>three</p>\n</section>\n'
    )


def test_nothing_that_was_read_is_markup() -> None:
    content = export_result("html", EVERYTHING)
    tree = html.document_fromstring(content, html.HTMLParser(encoding="utf-8"))
    assert {node.tag for node in tree.body.iter()} == {
        *("body", "section", "h1", "p", "br", "ins"),
        *("table", "tr", "td"),
    }
    attributes = {name for node in tree.body.iter() for name in node.attrib}
    assert attributes == {"id", "dir", "class"}
    assert tree.find("head/title").text == "a <b> & c.jpg"
    assert HOSTILE[:20] in tree.body.text_content()
    assert [node.tag for node in tree.find("head")] == ["meta"] * 3 + ["title", "style"]


def test_an_empty_page_is_a_section() -> None:
    assert body(Result({1: Page(9, 9)})) == '<section id="page-1">\n</section>\n'
