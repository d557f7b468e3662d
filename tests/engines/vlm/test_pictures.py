"""Pictures made to fit, and blank ones told from faint print."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engines.errors import EngineError
from engines.vlm.pictures import fitted, is_blank

ROOM = 2_097_152  # pixels


def scan(shade: int = 240, noise: float = 2.0) -> Image.Image:
    """A blank page as a scanner gives it: uneven light, noise, a dark border, JPEG."""
    height, width = 1100, 800
    light = np.linspace(0, 12, width)[None, :] + np.linspace(0, 8, height)[:, None]
    grains = np.random.default_rng(7).normal(0, noise, (height, width))
    grey = shade - light + grains
    grey[:, :6] = 30
    grey[-9:, 100:700] = 10
    page = Image.fromarray(grey.clip(0, 255).astype(np.uint8)).convert("RGB")
    kept = BytesIO()
    page.save(kept, "JPEG", quality=70)
    return Image.open(kept).convert("RGB")


def written(page: Image.Image, text: str, shade: int, size: int = 24) -> Image.Image:
    drawn = page.copy()
    font = ImageFont.load_default(size)
    ImageDraw.Draw(drawn).text((200, 500), text, fill=(shade,) * 3, font=font)
    return drawn


@pytest.mark.parametrize(
    ("size", "max_side", "room", "fits"),
    [
        ((1000, 800), None, ROOM, (1000, 800)),  # nothing is enlarged
        ((3456, 1728), None, ROOM, (1728, 864)),
        ((1728, 3456), 864, ROOM, (432, 864)),
        ((3456, 1728), 0, 10**9, (3456, 1728)),
        ((4000, 4000), 0, 1_000_000, (1000, 1000)),
        ((4000, 1000), 2000, 250_000, (1000, 250)),
        ((500, 400), 1000, ROOM, (500, 400)),
    ],
)
def test_it_works(
    size: tuple[int, int], max_side: int | None, room: int, fits: tuple[int, int]
) -> None:
    assert fitted(Image.new("RGB", size), max_side, room).size == fits


def test_stripes_are_refused() -> None:
    with pytest.raises(EngineError, match="too narrow to be read"):
        fitted(Image.new("RGB", (4000, 20)), None, ROOM)


@pytest.mark.parametrize("noise", [0, 2, 5])
def test_scans_of_nothing_are_blank(noise: float) -> None:
    assert is_blank(scan(noise=noise))
    assert is_blank(scan(noise=noise).filter(ImageFilter.GaussianBlur(1)))


def test_bare_paper_is_blank() -> None:
    assert is_blank(Image.new("RGB", (800, 1100), "white"))
    assert is_blank(Image.new("RGB", (90, 60), "#e8e0d0"))
    assert is_blank(Image.new("RGB", (1, 1)))


def test_a_speck_is_no_print() -> None:
    page = scan()
    ImageDraw.Draw(page).ellipse((400, 400, 412, 412), fill="black")
    assert is_blank(page)


@pytest.mark.parametrize(("shade", "noise"), [(0, 5), (190, 2), (212, 2), (225, 0)])
def test_faint_print_is_not_blank(shade: int, noise: float) -> None:
    assert not is_blank(written(scan(noise=noise), "Paid with thanks", shade))


def test_print_on_dark_paper_is_not_blank() -> None:
    page = Image.new("RGB", (800, 1100), "#202040")
    assert not is_blank(written(page, "Entrance", 235))


def test_a_number_cut_to_its_edges_is_not_blank() -> None:
    page = written(Image.new("RGB", (800, 1100), "white"), "437", 0, 48)
    left, top, right, bottom = page.convert("L").point(lambda x: 255 - x).getbbox() or (
        0,
        0,
        1,
        1,
    )
    assert not is_blank(page.crop((left, top, right, bottom)))
