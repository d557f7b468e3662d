"""Making a crop plain: what is print, and what only stands around it."""

from __future__ import annotations

import numpy as np
import pytest

from engines import Box
from engines.regions.cleaning import Clean, clean
from engines.regions.cutting import cut
from tests.engines.regions.sheets import Sheet, wider


def cleaned(sheet: Sheet, box: Box, dots_count: bool = False) -> Clean:
    return clean(cut(np.asarray(sheet.image), box.polygon), dots_count)


def test_it_works() -> None:
    sheet = Sheet()
    found = cleaned(sheet, wider(sheet.write(300, 400, "1234")))
    assert len(found.boxes) == 4
    assert (found.is_blank, found.is_bare, found.cut_off) == (False, False, False)
    assert found.strength > 200
    assert found.bright[found.ink].mean() < 100
    assert found.bright[~found.ink].mean() > 240


def test_an_empty_place_is_blank_and_bare() -> None:
    found = cleaned(Sheet(), Box(300, 400, 600, 440))
    assert found.is_blank
    assert found.is_bare


@pytest.mark.parametrize("paper", ["white", "#c8c8c8", "#e0d0a0"])
def test_the_colour_of_the_paper_is_no_ink(paper: str) -> None:
    assert cleaned(Sheet(paper=paper), Box(300, 400, 600, 440)).is_blank


def test_a_shadow_across_the_place_is_no_ink() -> None:
    sheet = Sheet()
    for x in range(300, 600):
        grey = round(255 - 0.4 * (x - 300))
        sheet.draw.line((x, 380, x, 460), (grey, grey, grey))
    assert cleaned(sheet, Box(300, 400, 600, 440)).is_blank


def test_the_end_of_a_shaded_cell_is_no_ink() -> None:
    sheet = Sheet()
    sheet.draw.rectangle((0, 380, 480, 460), "#b0b0b0")
    sheet.write(330, 400, "65 838,00")
    found = cleaned(sheet, Box(300, 385, 600, 455))
    assert len(found.boxes) == 8


def test_pale_print_is_ink() -> None:
    sheet = Sheet()
    found = cleaned(sheet, wider(sheet.write(300, 400, "1234", ink="#b8b8b8")))
    assert len(found.boxes) == 4


def test_a_speck_far_from_the_print_is_dirt_unless_dots_count() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "1234")
    sheet.draw.ellipse((box.right + 40, 412, box.right + 44, 416), "black")
    place = wider(box, 60, 8)
    assert len(cleaned(sheet, place).boxes) == 4
    assert len(cleaned(sheet, place, dots_count=True).boxes) == 5


def test_specks_below_the_print_are_no_line() -> None:
    sheet = Sheet()
    box = sheet.write(300, 400, "1234")
    sheet.draw.ellipse((320, 446, 322, 448), "black")
    sheet.draw.ellipse((350, 450, 353, 453), "black")
    place = Box(box.left - 8, box.top - 8, box.right + 8, box.bottom + 30)
    assert len(cleaned(sheet, place).boxes) == 4


def test_points_within_a_number_are_kept() -> None:
    sheet = Sheet()
    place = wider(sheet.write(300, 400, "1.234,50"), 30, 8)
    assert len(cleaned(sheet, place).boxes) == 8


def test_a_word_that_runs_on_beyond_the_cut_is_told() -> None:
    sheet = Sheet()
    sheet.write(300, 400, "ABCDEFGH" * 3, size=30)
    assert cleaned(sheet, Box(400, 395, 500, 435)).cut_off
    alone = wider(sheet.write(300, 600, "ABCDEFGH", size=30))
    assert not cleaned(sheet, alone).cut_off
