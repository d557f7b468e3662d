"""Engine "arabic": lines, letters and numbers each by who knows them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from engines import Availability, EngineUnavailable, Options, get_engine, read_page
from engines.arabic.engine import Arabic
from engines.protocol import LineReader
from tests.engines.pictures import ARABIC_FONT, written

LETTERS = ("شركة التقنية الحديثة للتجارة", "المدينة المنورة طريق الملك")
NUMBERS = ("فاتورة رقم ٣٤٨٢ بتاريخ ١٥ يناير", "المبلغ المستحق ٩٦٧٥ درهما")
Enlist = Callable[[str, str], None]


def page_of(*lines: str) -> Image.Image:
    return written(lines, font=ARABIC_FONT)


def test_it_works() -> None:
    page = read_page(page_of(*LETTERS, *NUMBERS), engine="arabic", turn=0)
    assert page.text == "\n".join((*LETTERS, *NUMBERS))
    assert (page.engine, page.notes) == ("arabic", ())
    boxes = [word.box for word in page.lines[2].words]
    assert [word.text for word in page.lines[2].words] == NUMBERS[0].split()
    assert [box.left for box in boxes] == sorted(
        (box.left for box in boxes), reverse=True
    )


def test_it_reads_a_line_whatever_way_it_is_asked() -> None:
    """The crop of a line is too low for the finder of lines."""
    page = page_of(NUMBERS[1])
    strip = page.crop((40, 30, page.width - 20, 110))
    engine = get_engine("arabic")
    assert isinstance(engine, LineReader)
    assert engine.read_line(strip, Options()).text == NUMBERS[1]
    assert engine.read(strip, Options()).text == NUMBERS[1]


def test_latin_letters_beside_a_number_stay_latin() -> None:
    page = read_page(page_of(*LETTERS, "AED ٥٢٥٠٠"), engine="arabic", turn=0)
    assert page.lines[-1].text == "AED ٥٢٥٠٠"


@pytest.mark.parametrize("size", [(1, 1), (600, 1), (600, 800), (2000, 40)])
def test_paper_is_empty(size: tuple[int, int]) -> None:
    page = get_engine("arabic").read(Image.new("RGB", size, "white"), Options())
    assert (page.lines, page.text) == ((), "")


def test_black_is_empty() -> None:
    page = get_engine("arabic").read(Image.new("RGB", (300, 60)), Options())
    assert (page.lines, page.text) == ((), "")


def test_it_says_what_it_lacks(enlist: Enlist) -> None:
    assert Arabic().availability() == Availability(ok=True)
    enlist("tesseract", "Blocks")
    assert Arabic().availability() == Availability(
        ok=False,
        reason="Tesseract has no data for Arabic.",
        remedy="Install it, on Debian: apt-get install tesseract-ocr-ara",
    )
    enlist("digits", "Missing")
    assert Arabic().availability() == Availability(
        ok=False, reason="It is not installed.", remedy="Install it."
    )
    with pytest.raises(EngineUnavailable, match="read by Tesseract alone"):
        Arabic().read_line(page_of(*LETTERS), Options())


def test_its_version_changes_with_any_that_it_asks() -> None:
    version = get_engine("arabic").version
    for name in ("ppocr", "tesseract", "digits"):
        assert get_engine(name).version in version
    assert version in get_engine("auto").version


def test_it_knows_arabic() -> None:
    assert get_engine("arabic").languages() == ("ara",)
    get_engine("arabic").warm_up()
