"""export_result("png"): pages drawn anew, on white or over the old print."""

from __future__ import annotations

from io import BytesIO
from typing import Literal
from zipfile import ZipFile

import pytest
from PIL import Image, ImageChops, ImageDraw

from engines import (
    Box,
    Line,
    OcrError,
    Options,
    Page,
    PageImage,
    Result,
    Wishes,
    export_result,
    read_page,
)
from engines.exports import drawn_text
from tests.engines.exports_drawn.pages import ARABIC, ENGLISH, line, page, result

WHITE = Wishes(background="white")
SMALL = (("Total", 50, 250),)


def drawn(read: Page, wishes: Wishes = WHITE) -> Image.Image:
    return Image.open(BytesIO(export_result("png", result(read), wishes)))


def redrawn(read: Page, picture: Image.Image) -> Image.Image:
    known = Result({1: read}, "", lambda _number: PageImage(picture))
    return Image.open(BytesIO(export_result("png", known)))


def ink(image: Image.Image) -> Box:
    box = (
        ImageChops.invert(image.convert("L")).point(lambda x: 255 * (x > 99)).getbbox()
    )
    assert box
    return Box(*box)


def printed(paper: str, print_: str) -> Image.Image:
    """A picture whose line at 100 is hatched, as print is, not words."""
    picture = Image.new("RGB", (800, 800), paper)
    draw = ImageDraw.Draw(picture)
    for x in range(52, 250, 8):
        draw.line((x, 102, x, 127), print_, 2)
    return picture


def test_every_word_is_drawn_in_its_place() -> None:
    image = drawn(page(line(ENGLISH, 100)))
    assert image.size == (800, 800)
    for text, left, right in ENGLISH:
        found = ink(image.crop((left - 9, 0, right + 9, 800)))
        assert found.centre[0] == pytest.approx((right - left) / 2 + 9, abs=2), text
        assert found.width > 0.8 * (right - left), text
        assert 100 <= found.top < found.bottom <= 130, text


@pytest.mark.parametrize("degrees", [30, 90, -90, 180])
def test_a_line_is_drawn_at_its_angle(degrees: float) -> None:
    level, turned = page(line(SMALL, 385)), page(line(SMALL, 385), degrees=degrees)
    upright = drawn(turned).rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
    seen, wanted = ink(upright), ink(drawn(level))
    for side in ("left", "top", "right", "bottom"):
        assert getattr(seen, side) == pytest.approx(getattr(wanted, side), abs=3)


@pytest.mark.parametrize(
    ("words", "language", "engine"),
    [(ENGLISH, "eng", "ppocr"), (ARABIC[:2], "ara", "tesseract")],
)
def test_what_is_drawn_can_be_read(
    words: tuple[tuple[str, float, float], ...], language: str, engine: str
) -> None:
    """Letters of Arabic are joined and run from the right."""
    read = line(words, 100)
    found = read_page(drawn(page(read)), engine=engine, options=Options((language,)))
    assert " ".join(found.text.split()) == read.text


def test_arabic_looks_the_same_where_pillow_cannot_join_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    joined = ink(drawn(page(line(ARABIC[:1], 100))))
    monkeypatch.setattr(drawn_text, "_can_shape", lambda: False)
    other = ink(drawn(page(line(ARABIC[:1], 100))))
    assert (other.left, other.right) == pytest.approx(
        (joined.left, joined.right), abs=3
    )


def test_words_that_touch_are_drawn_apart() -> None:
    image = drawn(page(line((("MM", 50, 150), ("MM", 150, 250)), 100)))
    columns = [image.crop((x, 0, x + 1, 800)) for x in range(140, 160)]
    white = sum(ink_free(column) for column in columns)
    assert white >= 5


def ink_free(image: Image.Image) -> bool:
    return image.convert("L").getextrema()[0] > 200


@pytest.mark.parametrize("paper", ["#ffffff", "#e0d080", "#203040"])
def test_the_old_print_is_painted_out(paper: str) -> None:
    dark = paper == "#203040"
    picture = printed(paper, "white" if dark else "black")
    image = redrawn(page(line(((".", 50, 250),), 100)), picture)
    hatched = image.crop((160, 95, 260, 135))  # a full stop is not so wide
    plain = Image.new("RGB", hatched.size, paper)
    worst = max(high for _, high in ImageChops.difference(hatched, plain).getextrema())
    assert worst < 12


@pytest.mark.parametrize(
    ("paper", "print_"), [("white", "#c00000"), ("#203040", "#ffff80")]
)
def test_print_keeps_its_colour(paper: str, print_: str) -> None:
    image = redrawn(page(line(SMALL, 100)), printed(paper, print_))
    colours = image.crop((50, 100, 250, 130)).getcolors(10_000) or []
    full = Image.new("RGB", (1, 1), print_).getpixel((0, 0))
    assert full in [colour for _, colour in colours]


def test_print_that_cannot_be_told_from_paper_is_legible_all_the_same() -> None:
    image = redrawn(page(line(SMALL, 100)), printed("#303030", "#404040"))
    assert image.crop((50, 100, 250, 130)).convert("L").getextrema()[1] == 255


def test_the_picture_beside_the_print_stays() -> None:
    picture = printed("#e0d080", "black")
    picture.putpixel((400, 400), (1, 2, 3))
    image = redrawn(page(line(SMALL, 100)), picture)
    below = (0, 160, 800, 800)
    assert not ImageChops.difference(image.crop(below), picture.crop(below)).getbbox()


def test_a_picture_of_nothing_but_print() -> None:
    picture = printed("white", "black").crop((50, 100, 250, 130))
    found = Page(200, 30, (Line("Total", Box(0, 0, 200, 30).polygon),), "Total")
    assert redrawn(found, picture).size == (200, 30)


@pytest.mark.parametrize("background", ["white", "original"])
def test_text_without_a_place_is_drawn_on_white(
    background: Literal["white", "original"],
) -> None:
    """Nobody knows where the old print is."""
    said = Page(800, 800, (Line("said by a model"),), "")
    known = Result({1: said})  # without pictures
    image = export_result("png", known, Wishes(background=background))
    assert ink(Image.open(BytesIO(image))).top < 40


def test_several_pages_are_zipped() -> None:
    pages = [page(line(SMALL, 9), side=300), page(side=100)]
    made = export_result("png", result(*pages), WHITE)
    with ZipFile(BytesIO(made)) as together:
        sizes = {
            info.filename: Image.open(together.open(info)).size
            for info in together.infolist()
        }
    assert sizes == {"page-1.png": (300, 300), "page-2.png": (100, 100)}


def test_the_original_is_needed_for_its_background() -> None:
    with pytest.raises(OcrError, match=r"There is no picture of page 1\."):
        export_result("png", Result({1: page(line(SMALL, 9))}))
