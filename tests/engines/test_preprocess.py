"""prepare: the steps, when "auto" takes them, and the way back."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageOps

from engines import EngineError
from engines.geometry import IDENTITY
from engines.preprocess import STEPS, letter_size, prepare, skew_angle
from tests.engines.pictures import written

ALL = tuple(STEPS)


def crooked(degrees: float) -> Image.Image:
    """Print whose lines fall to the right by *degrees*."""
    return written().rotate(-degrees, Image.Resampling.BICUBIC, True, fillcolor="white")


def specked(picture: Image.Image) -> Image.Image:
    pixels = np.array(picture)
    random = np.random.default_rng(7).random(pixels.shape[:2])
    pixels[random < 0.01], pixels[random > 0.99] = 0, 255
    return Image.fromarray(pixels)


def faded(picture: Image.Image) -> Image.Image:
    """Pale print on grey paper."""
    return picture.convert("L").point(lambda v: 150 + v // 5).convert("RGB")


def small(picture: Image.Image) -> Image.Image:
    size = (picture.width // 3, picture.height // 3)
    return picture.resize(size, Image.Resampling.LANCZOS)


def darkest(picture: Image.Image) -> int:
    return picture.convert("L").getextrema()[0]


def test_none_does_nothing() -> None:
    page = crooked(5)
    prepared = prepare(page, "none", ALL)
    assert prepared.image is page
    assert (prepared.back, prepared.done) == (IDENTITY, ())


@pytest.mark.parametrize(
    ("picture", "done"),
    [
        (written(), ()),
        (Image.new("RGB", (600, 800), "white"), ()),
        (crooked(5), ("deskew",)),
        (crooked(-5), ("deskew",)),
        (crooked(0.5), ()),
        (specked(written()), ("denoise",)),
        (faded(written()), ("contrast",)),
        (small(written()), ("upscale",)),
    ],
)
def test_auto_does_what_the_page_needs(
    picture: Image.Image, done: tuple[str, ...]
) -> None:
    assert prepare(picture, "auto", ALL).done == done


def test_auto_does_only_what_helps_the_engine() -> None:
    assert prepare(crooked(5), "auto", ("denoise",)).done == ()
    assert prepare(crooked(5), "auto").done == ()


def test_wishes_are_done_in_the_right_order() -> None:
    prepared = prepare(small(written()), "contrast, upscale,deskew", ())
    assert prepared.done == ("deskew", "upscale", "contrast")


def test_an_unknown_step_is_named() -> None:
    with pytest.raises(EngineError, match="There is no preprocessing “bleach”") as it:
        prepare(written(), "deskew,bleach")
    assert all(name in str(it.value) for name in ("auto", "none", *STEPS))


@pytest.mark.parametrize("degrees", [-12, -3, 2, 9.5])
def test_deskew_levels(degrees: float) -> None:
    page = crooked(degrees)
    assert skew_angle(page) == pytest.approx(degrees, abs=0.3)
    assert skew_angle(prepare(page, "deskew").image) == pytest.approx(0, abs=0.3)


@pytest.mark.parametrize("wish", ["deskew", "upscale", "deskew,upscale"])
def test_the_way_back(wish: str) -> None:
    """A mark found on the prepared picture lies where it was on the page."""
    page = ImageOps.expand(small(crooked(6)), 20, "white")
    page.paste("red", (200, 90, 210, 100))
    prepared = prepare(page, wish)
    pixels = np.asarray(prepared.image).astype(int)
    y, x = np.nonzero(pixels[:, :, 0] - pixels[:, :, 1:].max(axis=2) > 128)
    assert prepared.back((x.mean() + 0.5, y.mean() + 0.5)) == pytest.approx(
        (205, 95), abs=0.7
    )


def test_nothing_is_cut_off() -> None:
    prepared = prepare(crooked(10), "deskew")
    corner = prepared.back.inverse()((0, 0))
    assert min(corner) >= -1
    assert prepared.image.getpixel((0, 0)) == (255, 255, 255)


def test_upscale_stops_at_twice() -> None:
    tiny = small(written())
    assert 0 < letter_size(tiny) < 18
    assert prepare(tiny, "upscale").image.size == (tiny.width * 2, tiny.height * 2)


def test_denoise_takes_specks_and_leaves_strokes() -> None:
    page = Image.new("RGB", (100, 100), "white")
    page.paste("black", (10, 10, 12, 90))  # a thin stroke
    page.putpixel((50, 50), (0, 0, 0))
    cleaned = prepare(page, "denoise").image
    page.putpixel((50, 50), (255, 255, 255))
    differ = ImageChops.difference(cleaned, page).convert("L")
    assert sum(count for count, level in differ.getcolors() if level) <= 4


def test_contrast_makes_paper_white_and_ink_black() -> None:
    page = faded(written())
    assert darkest(page) == 150
    even = prepare(page, "contrast").image
    assert darkest(even) < 20
    assert even.getpixel((0, 0)) == (255, 255, 255)


def test_threshold_leaves_two_colours() -> None:
    black_and_white = prepare(faded(written()), "threshold").image.convert("L")
    assert {level for _, level in black_and_white.getcolors()} == {0, 255}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3)])
def test_tiny_pictures_pass(name: str, size: tuple[int, int]) -> None:
    assert prepare(Image.new("RGB", size), name).done == (name,)
