"""vision_response(…): places in the picture as its file stores it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageOps

from engines import Box, Line, Page, Word, load_page, read_vision
from engines import vision_response as response
from engines.images import orientation
from tests.engines.vision.made import written

WIDTH, HEIGHT = 60, 40  # as stored
BOX = (10, 5, 30, 15)  # the place of the word, as stored
INK = 0


def stored(path: Path, noted: int, kind: str, **more: object) -> Path:
    """A white picture with ink where BOX is, and a note of how it was held."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    image.paste(INK, BOX)
    exif = Image.Exif()
    exif[274] = noted
    image.save(path, kind, exif=exif, **more)
    return path


def seen(path: Path, turn: int = 0) -> Page:
    """What an engine that finds ink reads on the upright page."""
    image = load_page(path).turned(turn).image
    box = Box(*ImageOps.invert(image.convert("L")).point(lambda x: x > 99).getbbox())
    line = Line("Tea", box.polygon, (Word("Tea", box, 0.5),), 0.5)
    return Page(*image.size, (line,), "Tea")


def corners(answer: dict) -> list[tuple[int, int]]:
    [whole, word] = answer["textAnnotations"]
    [page] = answer["fullTextAnnotation"]["pages"]
    [block] = page["blocks"]
    [paragraph] = block["paragraphs"]
    places = [
        *(one["boundingBox"]["vertices"] for one in (block, paragraph)),
        *(one["boundingBox"]["vertices"] for one in paragraph["words"]),
        word["boundingPoly"]["vertices"],
    ]
    assert places.count(places[0]) == len(places)
    assert (page["width"], page["height"]) == (WIDTH, HEIGHT)
    left, top, right, bottom = BOX
    around = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert points(whole["boundingPoly"]["vertices"]) == around
    return points(places[0])


def points(vertices: list[dict[str, int]]) -> list[tuple[int, int]]:
    return [(vertex["x"], vertex["y"]) for vertex in vertices]


# The corners of BOX, clockwise from 0 at its left top, as the text has them.
ORDER = {1: "0123", 2: "1032", 3: "2301", 4: "3210"} | {
    5: "0321",
    6: "3012",
    7: "2103",
    8: "1230",
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("noted", range(1, 9))
def test_it_works(tmp_path: Path, noted: int, kind: str) -> None:
    """The corners are where the ink is stored, in the order in which its text runs."""
    more = {"quality": 100, "subsampling": 0} if kind == "JPEG" else {}
    more = {"lossless": True} if kind == "WEBP" else more
    path = stored(tmp_path / "scan", noted, kind, **more)
    page = seen(path)
    assert (page.width, page.height) == (60, 40) if noted < 5 else (40, 60)
    left, top, right, bottom = BOX
    clockwise = [(left, top), (right, top), (right, bottom), (left, bottom)]
    answer = response({1: page}, path, {1: 0})
    assert corners(answer) == [clockwise[int(place)] for place in ORDER[noted]]


@pytest.mark.parametrize("noted", [1, 6, 7])
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_pages_that_were_turned_after_exif(
    tmp_path: Path, noted: int, turn: int
) -> None:
    path = stored(tmp_path / "scan", noted, "PNG")
    page = seen(path, turn)
    found = corners(response({1: page}, path, {1: turn}))
    upright = corners(response({1: seen(path)}, path, {1: 0}))
    assert found == upright[-turn:] + upright[:-turn]


def test_letters_run_as_their_word(tmp_path: Path) -> None:
    path = stored(tmp_path / "scan", 6, "PNG")
    [page] = response({1: seen(path)}, path, {})["fullTextAnnotation"]["pages"]
    symbols = page["blocks"][0]["paragraphs"][0]["words"][0]["symbols"]
    starts = [points(one["boundingBox"]["vertices"])[0] for one in symbols]
    assert starts == [(10, 15), (10, 12), (10, 8)]  # upwards


def test_reading_it_back_sets_it_upright(tmp_path: Path) -> None:
    path = stored(tmp_path / "scan", 8, "PNG")
    page = seen(path)
    again = read_vision(written(response({1: page}, path, {1: 0}))).pages[1]
    assert (again.width, again.height, again.text) == (40, 60, "Tea")
    assert again.lines[0].words[0].box == page.lines[0].words[0].box


def test_a_note_at_the_end_of_a_png(tmp_path: Path) -> None:
    """The standard lets it stand after the pixels."""
    path = stored(tmp_path / "scan", 6, "PNG")
    content = path.read_bytes()
    at = content.index(b"eXIf") - 4
    size = int.from_bytes(content[at : at + 4]) + 12
    chunk, end = content[at : at + size], content[-12:]
    path.write_bytes(content[:at] + content[at + size : -12] + chunk + end)
    assert load_page(path).image.size == (40, 60)
    assert orientation(path, 1) == 6


@pytest.mark.parametrize("noted", [0, 9, 77])
def test_notes_that_make_no_sense(tmp_path: Path, noted: int) -> None:
    assert orientation(stored(tmp_path / "scan", noted, "PNG"), 1) == 1


def test_frames_of_a_tiff_are_held_each_in_its_own_way(tmp_path: Path) -> None:
    pages = [Image.new("L", (WIDTH, HEIGHT), 255) for _ in range(2)]
    for page, noted in zip(pages, (6, 3), strict=True):
        page.getexif()[274] = noted
    path = tmp_path / "scan.tiff"
    exif = Image.Exif()
    exif[274] = 6
    pages[0].save(path, save_all=True, append_images=pages[1:], exif=exif)
    held = [orientation(path, number) for number in (1, 2)]
    assert held[0] == 6
    sizes = [load_page(path, number).image.size for number in (1, 2)]
    assert [size == (40, 60) for size in sizes] == [way >= 5 for way in held]
