"""tests.invoices.captures: the same again by seed, and its mapping is the truth."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from engines import Box
from tests.invoices.captures import Capture, Kind, capture
from tests.invoices.sheets import Curl, View, keystone, projected

SIZE = (600, 850)
CROSSES = [(60.0, 70.0), (540.0, 80.0), (300.0, 420.0), (80.0, 780.0), (530.0, 770.0)]
NEAR = 1.5  # pixels


def crossed() -> Image.Image:
    """A page with a black cross at each of CROSSES, exactly on it."""
    page = Image.new("RGB", (SIZE[0] * 4, SIZE[1] * 4), "white")
    draw = ImageDraw.Draw(page)
    for x, y in CROSSES:
        # Pillow draws both corners too: 4 fine pixels each side of the very point.
        draw.rectangle((4 * x - 48, 4 * y - 4, 4 * x + 47, 4 * y + 3), "black")
        draw.rectangle((4 * x - 4, 4 * y - 48, 4 * x + 3, 4 * y + 47), "black")
    return page.resize(SIZE, Image.Resampling.BOX)


def seen_near(taken: Capture, point: tuple[float, float]) -> tuple[float, float]:
    """The centre of the darkness around where *point* of the page should be seen."""
    x, y = taken.carry(point)
    reach = 25
    left, top = round(x) - reach, round(y) - reach
    window = taken.image.convert("L").crop((left, top, left + 50, top + 50))
    pixels = np.asarray(window, dtype=float)
    dark = np.clip(np.median(pixels) * 0.75 - pixels, 0, None)
    rows, columns = np.indices(dark.shape) + 0.5
    weight = dark.sum()
    return (
        left + float((columns * dark).sum() / weight),
        top + float((rows * dark).sum() / weight),
    )


@pytest.mark.parametrize("kind", ["scan", "photo"])
@pytest.mark.parametrize("seed", range(6))
def test_it_works(seed: int, kind: Kind) -> None:
    """A cross drawn on the page lands where the mapping says."""
    taken = capture(crossed(), seed, kind)
    for point in CROSSES:
        x, y = taken.carry(point)
        seen = seen_near(taken, point)
        assert np.hypot(seen[0] - x, seen[1] - y) < NEAR


def test_the_same_seed_gives_the_same_picture() -> None:
    first, again, other = (capture(crossed(), seed) for seed in (3, 3, 4))
    assert ImageChops.difference(first.image, again.image).getbbox() is None
    assert first.carry(CROSSES[0]) == again.carry(CROSSES[0])
    assert other.image.size != first.image.size


def test_kinds_differ() -> None:
    photo, scan = capture(crossed(), 1, "photo"), capture(crossed(), 1, "scan")
    assert photo.image.size != scan.image.size
    # A scan does not bend: the middle of two points stays in their middle.
    (x1, y1), (x2, y2) = scan.carry((0, 0)), scan.carry((600, 850))
    assert scan.carry((300, 425)) == pytest.approx(((x1 + x2) / 2, (y1 + y2) / 2))


@pytest.mark.parametrize("seed", range(20))
def test_a_photo_shows_the_whole_sheet(seed: int) -> None:
    taken = capture(Image.new("RGB", (120, 170), "white"), seed)
    width, height = taken.image.size
    outline = Box.around(list(taken.carry_box(Box(0, 0, 120, 170))))
    assert min(outline.left, outline.top) > -2
    assert outline.right < width + 2
    assert outline.bottom < height + 2


def test_the_way_back_leads_home() -> None:
    curl = Curl(SIZE, 0.3, 0.02, (200, 500), (1, 0.5, -0.3, 0.2))
    view = View(curl, keystone(SIZE, 0.08, -0.08))
    points = np.array(CROSSES)
    assert view.back(view.carry_all(points)) == pytest.approx(points, abs=0.01)


def test_a_poor_capture_has_fewer_pixels_and_less_contrast_of_edges() -> None:
    good, poor = capture(crossed(), 1, "photo"), capture(crossed(), 1, "poor")
    assert poor.image.width < good.image.width
    x, y = poor.carry(CROSSES[2])
    assert np.hypot(*np.subtract(seen_near(poor, CROSSES[2]), (x, y))) < NEAR


def test_curl_bends_straight_lines() -> None:

    curl = Curl(SIZE, np.pi / 2, 0.02, (300, 425), (1, 0, 0, 0))
    top, middle, low = curl.shift(np.array([[0.0, 0.0], [0.0, 425.0], [0.0, 850.0]]))
    assert middle == pytest.approx([0, 0])
    assert top[0] < -2
    assert low[0] < -2


def test_a_keystone_of_8_per_cent_makes_edges_differ_by_16() -> None:
    corners = np.array([[0.0, 0.0], [600.0, 0.0], [0.0, 850.0], [600.0, 850.0]])
    a, b, c, d = projected(corners, keystone(SIZE, 0.0, 0.08))
    top, bottom = b[0] - a[0], d[0] - c[0]
    assert top / 600 == pytest.approx(1 / 0.92)
    assert bottom / 600 == pytest.approx(1 / 1.08)
