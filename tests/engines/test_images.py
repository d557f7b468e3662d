"""load_page: any readable file as upright RGB pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engines import BrokenFile, FileError, PageImage, load_page
from tests.engines.pictures import HEIC, form_pdf, saved, text_pdf, written

RED, WHITE, BLACK = (255, 0, 0), (255, 255, 255), (0, 0, 0)


def corner(page: PageImage) -> object:
    assert page.image.mode == "RGB"
    return page.image.getpixel((0, 0))


@pytest.mark.parametrize("kind", ["png", "bmp", "gif", "tiff", "webp", "jpeg"])
def test_it_works(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "no-ending"
    written().save(file, kind)
    page = load_page(file)
    assert page.image.mode == "RGB"
    assert page.image.size == written().size
    assert page.image.getpixel((0, 0)) == WHITE
    assert page.image.convert("L").getextrema()[0] < 30


def test_it_reads_heic(tmp_path: Path) -> None:
    page = load_page(saved(tmp_path / "a", HEIC))
    assert page.image.size == (64, 32)
    assert [page.image.getpixel((x, 9)) for x in (9, 60)] == [(200, 0, 0), WHITE]


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0, 0)), (3, (39, 19)), (6, (19, 0)), (8, (0, 39)), (2, (39, 0))],
)
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff"])
def test_it_turns_by_exif(
    tmp_path: Path, kind: str, orientation: int, red_at: tuple[int, int]
) -> None:
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("red", (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = tmp_path / "photo"
    picture.save(file, kind, exif=exif, **({"quality": 95} if kind == "jpeg" else {}))
    image = load_page(file).image
    assert image.size == ((40, 20) if orientation < 5 else (20, 40))
    red, green, blue = image.getpixel(red_at)
    assert red > 230
    assert green < 60
    assert blue < 60


def test_grey_tiffs_turn_too(tmp_path: Path) -> None:
    """They lie in their files as they lie in memory, but for the turn."""
    picture = Image.new("L", (40, 20), 255)
    picture.paste(0, (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(tmp_path / "scan.tiff", exif=exif)
    image = load_page(tmp_path / "scan.tiff").image
    assert image.size == (20, 40)
    assert [image.getpixel(at)[0] for at in [(19, 0), (12, 7), (11, 8)]] == [0, 0, 255]


def test_it_lays_alpha_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("LA", (4, 4), (0, 0)).save(tmp_path / "grey.png")
    Image.new("RGBA", (4, 4), (255, 0, 0, 255)).save(tmp_path / "solid.png")
    assert corner(load_page(tmp_path / "clear.png")) == WHITE
    assert corner(load_page(tmp_path / "grey.png")) == WHITE
    assert corner(load_page(tmp_path / "solid.png")) == RED


def test_it_reads_palettes(tmp_path: Path) -> None:
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.save(tmp_path / "red.png")
    palette.save(tmp_path / "clear.png", transparency=1)
    assert corner(load_page(tmp_path / "red.png")) == RED
    assert corner(load_page(tmp_path / "clear.png")) == WHITE


@pytest.mark.parametrize("adobe", [True, False])
def test_it_reads_cmyk(tmp_path: Path, adobe: bool) -> None:
    kind = "jpeg" if adobe else "tiff"
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(tmp_path / "ink", kind)
    red, green, blue = load_page(tmp_path / "ink").image.getpixel((8, 8))
    assert red > 240
    assert green < 20
    assert blue < 20


@pytest.mark.parametrize(
    ("mode", "paper", "ink"),
    [
        ("1", 1, 0),
        ("L", 255, 0),
        ("I;16", 65535, 0),
        ("I;16", 4095, 0),
        ("I", 65535, 0),
        ("F", 1.0, 0.0),
    ],
)
def test_it_reads_any_depth(
    tmp_path: Path, mode: str, paper: float, ink: float
) -> None:
    picture = Image.new(mode, (8, 8), paper)
    picture.putpixel((0, 0), ink)
    picture.save(tmp_path / "deep.tiff")
    image = load_page(tmp_path / "deep.tiff").image
    assert (image.getpixel((0, 0)), image.getpixel((4, 4))) == (BLACK, WHITE)


def test_frames_of_a_tiff_are_pages(tmp_path: Path) -> None:
    pages = [Image.new("1", (30 + n, 40), n % 2) for n in range(3)]
    file = tmp_path / "fax.tiff"
    pages[0].save(file, save_all=True, append_images=pages[1:], compression="group4")
    assert [load_page(file, n).image.size for n in (1, 2, 3)] == [
        (30, 40),
        (31, 40),
        (32, 40),
    ]
    with pytest.raises(FileError, match="The file has no page 4"):
        load_page(file, 4)
    with pytest.raises(FileError, match="Pages are numbered from 1"):
        load_page(file, 0)


def test_smaller_copies_in_a_tiff_are_no_pages(tmp_path: Path) -> None:
    page, copy = Image.new("L", (40, 40)), Image.new("L", (10, 10))
    copy.encoderinfo = {"tiffinfo": {254: 1}}
    file = tmp_path / "pyramid.tiff"
    page.save(file, save_all=True, append_images=[copy])
    assert load_page(file, 1).image.size == (40, 40)
    with pytest.raises(FileError, match="no page 2"):
        load_page(file, 2)


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_of_an_animation_the_first_picture_counts(tmp_path: Path, kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    extra = {"lossless": True} if kind == "webp" else {}
    file = tmp_path / "moving"
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], **extra)
    assert corner(load_page(file)) == RED
    with pytest.raises(FileError, match="no page 2"):
        load_page(file, 2)


@pytest.mark.parametrize(("said", "known"), [(300, 300), (72, None), (None, None)])
def test_it_knows_the_dpi(tmp_path: Path, said: int | None, known: int | None) -> None:
    extra = {"dpi": (said, said)} if said else {}
    written().save(tmp_path / "scan.jpg", **extra)
    assert load_page(tmp_path / "scan.jpg").dpi == known


def test_it_renders_pdfs(tmp_path: Path) -> None:
    file = saved(tmp_path / "a", b"junk\n" + text_pdf(pages=2))
    page = load_page(file, 2, dpi=144)
    assert page.dpi == 144
    assert page.image.size == (800, 1000)
    assert page.image.convert("L").getextrema() == (0, 255)
    assert load_page(file, 2).image.size == (1112, 1389)
    with pytest.raises(FileError, match="no page 3"):
        load_page(file, 3)


def test_it_renders_filled_forms(tmp_path: Path) -> None:
    image = load_page(saved(tmp_path / "a", form_pdf()), dpi=72).image
    assert [image.getpixel(point) for point in ((30, 30), (70, 70))] == [BLACK, WHITE]


def test_it_renders_posters_less_finely(tmp_path: Path) -> None:
    page = load_page(saved(tmp_path / "a", text_pdf(size=(4000, 3000))))
    assert page.image.size == (7303, 5478)
    assert page.dpi == 131


def test_it_renders_images_in_pdfs(tmp_path: Path) -> None:
    written().convert("1").save(tmp_path / "scan.pdf", resolution=200)
    page = load_page(tmp_path / "scan.pdf")
    assert page.image.size == written().size
    assert page.text_layer is None


@pytest.mark.parametrize("quarters", range(5))
def test_it_turns(tmp_path: Path, quarters: int) -> None:
    page = load_page(saved(tmp_path / "a", text_pdf(["Upright"]))).turned(quarters)
    upright = load_page(saved(tmp_path / "b", text_pdf(["Upright"])))
    back = page.turned(-quarters)
    assert back.image.tobytes() == upright.image.tobytes()
    assert page.image.size == upright.image.size[:: -1 if quarters % 2 else 1]
    assert page.text_layer.text == "Upright"
    box = page.text_layer.lines[0].box
    inked = page.image.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert inked is not None
    assert abs(box.centre[0] - (inked[0] + inked[2]) / 2) < 8
    assert abs(box.centre[1] - (inked[1] + inked[3]) / 2) < 8


def test_a_damaged_picture_is_named_so(tmp_path: Path) -> None:
    written().save(tmp_path / "whole.jpg")
    half = (tmp_path / "whole.jpg").read_bytes()[:4000]
    with pytest.raises(BrokenFile, match="damaged or cut short"):
        load_page(saved(tmp_path / "half.jpg", half))
