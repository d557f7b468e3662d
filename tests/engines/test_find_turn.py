"""find_turn: which way is up."""

from __future__ import annotations

import pytest
from PIL import Image

from engines import PageImage, find_turn
from tests.engines.pictures import ARABIC_FONT, written

ARABIC = ["فاتورة ضريبية رقم 12345", "شركة التقنية الحديثة للتجارة"] * 4


@pytest.mark.parametrize("quarters", range(4))
def test_it_works(quarters: int) -> None:
    page = PageImage(written()).turned(quarters)
    assert find_turn(page) == -quarters % 4


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("tilt", [-6, 6])
def test_it_copes_with_tilt(quarters: int, tilt: int) -> None:
    crooked = written().rotate(tilt, expand=True, fillcolor="white")
    page = PageImage(crooked).turned(quarters)
    assert find_turn(page) == -quarters % 4


@pytest.mark.parametrize("quarters", range(4))
def test_it_knows_arabic(quarters: int) -> None:
    page = PageImage(written(ARABIC, font=ARABIC_FONT)).turned(quarters)
    assert find_turn(page) == -quarters % 4


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("lines", [["Hi"], ["."], ["12"]])
def test_in_doubt_it_leaves_the_page(lines: list[str], quarters: int) -> None:
    assert find_turn(PageImage(written(lines)).turned(quarters)) == 0


def test_a_blank_page_stays() -> None:
    assert find_turn(PageImage(Image.new("RGB", (600, 800), "white"))) == 0
    assert find_turn(PageImage(Image.new("RGB", (1, 1)))) == 0


def test_a_picture_without_print_stays() -> None:
    noise = Image.effect_noise((600, 800), 60).convert("RGB")
    stripes = Image.new("RGB", (600, 800), "white")
    for left in range(0, 600, 24):
        stripes.paste("black", (left, 0, left + 6, 800))
    assert [find_turn(PageImage(picture)) for picture in (noise, stripes)] == [0, 0]
