"""engines.register_page"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from engines import Page, register_page
from engines.geometry import move_page, scaling
from engines.types import Point
from tests.engines.registration.drawings import (
    SIZE,
    Drawing,
    Plane,
    bakery,
    carried,
    farthest,
    lying,
    seen,
    timber,
)

CLOSE = 4.0  # pixels of 1240: an eighth of a millimetre more than a stroke's width


def unread() -> Page:
    raise AssertionError("The page was read although its looks were enough.")


def miss(found: Callable[[Point], Point], plane: Plane) -> float:
    """The most that the page's corners, a tenth inside, are off."""
    width, height = SIZE
    inner = [(x * width, y * height) for x in (0.1, 0.9) for y in (0.1, 0.9)]
    return farthest([found(p) for p in inner], [carried(plane, p) for p in inner])


def test_it_works() -> None:
    found = register_page(timber("XK-9", rows=6).image, timber().reference, unread)
    assert (found.rung, found.holds, found.reason) == ("features", True, "")
    assert 0.5 <= found.score <= 1.0
    assert miss(found.carry, np.eye(3)) < 1.0


@pytest.mark.parametrize(
    ("plane", "size"),
    [
        (lying(shift=25), SIZE),
        (lying(scale=0.6), (744, 1052)),
        (lying(scale=1.5), (1860, 2631)),
        (lying(turn=4), SIZE),
        (lying(turn=-7, shift=90), (1480, 1980)),
        (lying(lean=0.12, shift=100), (1440, 1960)),
        (lying(turn=6, scale=0.8, lean=-0.1, shift=160), (1320, 1700)),
    ],
    ids=("shifted", "smaller", "larger", "skewed", "turned", "leaning", "photographed"),
)
def test_it_follows_the_page(plane: Plane, size: tuple[int, int]) -> None:
    page = seen(timber("QQ-7731", rows=5).image, plane, size)
    found = register_page(page, timber().reference, unread)
    assert found.rung == "features"
    assert miss(found.carry, plane) < CLOSE * np.sqrt(abs(np.linalg.det(plane[:2, :2])))


def test_it_follows_curled_paper() -> None:
    image = np.asarray(timber("QQ-1", rows=5).image)
    y, x = np.mgrid[: SIZE[1], : SIZE[0]].astype(np.float32)
    bow = 14 * np.sin(np.pi * x / SIZE[0])
    page = Image.fromarray(cv2.remap(image, x, y - bow, cv2.INTER_LINEAR))
    found = register_page(page, timber().reference, unread)
    assert found.rung == "features"
    for place in ((800.0, 130.0), (300.0, 470.0), (1050.0, 470.0), (200.0, 1670.0)):
        lies = (place[0], place[1] + 14 * np.sin(np.pi * place[0] / SIZE[0]))
        assert farthest([found.carry(place)], [lies]) < CLOSE


def test_a_block_that_slid_down_does_not_take_the_page_along() -> None:
    few, many = timber(rows=1), timber("ZZ-1", rows=14)
    found = register_page(many.image, few.reference, unread)
    assert miss(found.carry, np.eye(3)) < 1.0
    found = register_page(few.image, many.reference, unread)
    assert miss(found.carry, np.eye(3)) < 1.0


def test_it_carries_boxes() -> None:
    plane = lying(scale=0.8)
    drawing = timber()
    page = seen(drawing.image, plane, (992, 1403))
    box = drawing.boxes["number"]
    found = register_page(page, drawing.reference)
    true = [carried(plane, corner) for corner in box.polygon]
    assert farthest(found.carry_box(box), true) < 2.0


@pytest.mark.parametrize(
    "page",
    [
        bakery().image,
        Image.new("RGB", SIZE, "white"),
        Image.new("RGB", SIZE, "black"),
        Image.effect_noise(SIZE, 80).convert("RGB"),
        Image.new("RGB", (1, 1), "white"),
        Image.new("RGB", (3, 900), "white"),
        timber().image.rotate(180),
        timber().image.resize((40, 57)),
    ],
    ids=(
        "another layout",
        "blank",
        "black",
        "noise",
        "one pixel",
        "a sliver",
        "upside down",
        "a thumbnail",
    ),
)
def test_it_refuses_what_is_not_the_layout(page: Image.Image) -> None:
    found = register_page(page, timber().reference, lambda: Page(*page.size))
    assert (found.rung, found.holds) == ("", False)
    assert found.score < 0.5
    assert found.reason.endswith(".")


def test_one_shared_block_of_an_address_is_not_enough() -> None:
    address = ("Harbour Books", "7 Quay Road", "Oldtown")
    page = bakery()
    for index, line in enumerate(address):
        page.write(240, 260 + 40 * index, line)
    assert not register_page(page.image, timber().reference, lambda: page.page).holds


def read_at(drawing: Drawing, factor: float) -> Page:
    width, height = (round(side * factor) for side in SIZE)
    return move_page(drawing.page, scaling(factor), width, height)


def test_words_hold_where_looks_are_lost() -> None:
    drawing = timber("WW-12", rows=4)
    grown = drawing.image.resize((round(SIZE[0] * 1.2), round(SIZE[1] * 1.2)))
    faint = Image.blend(grown, Image.effect_noise(grown.size, 250).convert("RGB"), 0.97)
    found = register_page(faint, timber().reference, lambda: read_at(drawing, 1.2))
    assert found.rung == "anchors"
    assert miss(found.carry, np.diag([1.2, 1.2, 1.0])) < 2 * CLOSE


def test_words_of_another_layout_do_not_hold() -> None:
    page = bakery()
    noise = Image.effect_noise(SIZE, 250).convert("RGB")
    assert not register_page(noise, timber().reference, lambda: page.page).holds
