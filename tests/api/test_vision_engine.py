"""The official client of Google Vision, this site, and its real default engine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import mean

import pytest
from google.cloud import vision
from PIL import Image, ImageFont, ImageOps

from documents.services import waiting
from documents.services.keys import create_key
from documents.services.readings import read_next
from engines import Box
from engines.geometry import Frame, held, move_polygon, quarter_turns
from tests.engines.pictures import RECEIPT, written

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 32  # of the print
Corners = list[tuple[float, float]]
# What a camera notes, and how its picture is made from the upright one.
HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits does a worker's work meanwhile."""
    monkeypatch.setattr(waiting, "pause", lambda _seconds: read_next())


@pytest.fixture
def client(live_server, alice) -> vision.ImageAnnotatorClient:
    key = create_key(alice, name="a till")[1]
    options = {"api_endpoint": live_server.url, "api_key": key}
    return vision.ImageAnnotatorClient(transport="rest", client_options=options)


def read(client: vision.ImageAnnotatorClient, picture: Image.Image, noted: int):
    out, exif = io.BytesIO(), Image.Exif()
    exif[274] = noted
    picture.save(out, "JPEG", quality=95, exif=exif)
    answer = client.document_text_detection(image=vision.Image(content=out.getvalue()))
    assert answer.error.message == ""
    return answer


@pytest.mark.parametrize("noted", HELD)
def test_it_works(client, noted: int) -> None:
    """Text to the letter, and each word where it lies in the picture as stored."""
    page, way = written(), HELD[noted]
    picture = page if way is None else page.transpose(way)
    back = held(noted, *picture.size).inverse()
    check(read(client, picture, noted), Frame(back, *picture.size))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_that_lie_on_their_side(client, quarters: int) -> None:
    """No camera has noted it; the page is turned by what is printed on it."""
    page = written()
    picture = page.rotate(-90 * quarters, expand=True)
    move = quarter_turns(quarters, *page.size)
    check(read(client, picture, 1), Frame(move, *picture.size))


def check(answer: vision.AnnotateImageResponse, frame: Frame) -> None:
    assert answer.full_text_annotation.text == "\n".join(RECEIPT)
    [page] = answer.full_text_annotation.pages
    assert (page.width, page.height) == (frame.width, frame.height)
    words = answer.text_annotations[1:]
    printed = list(places())
    assert [one.description for one in words] == [word for word, _ in printed]
    shares = []
    for one, (_word, box) in zip(words, printed, strict=True):
        found = [(vertex.x, vertex.y) for vertex in one.bounding_poly.vertices]
        wanted = list(move_polygon(box.polygon, frame.move))
        shares.append(overlap(Box.around(found), Box.around(wanted)))
        # In the order of the text: each corner is nearest to its own.
        assert [nearest(corner, wanted) for corner in found] == [0, 1, 2, 3]
    assert min(shares) > 0.4
    assert mean(shares) > 0.6


def places() -> Iterator[tuple[str, Box]]:
    """The words of ``written()``, as high as the ink of their line."""
    face = ImageFont.load_default(SIZE)
    for number, line in enumerate(RECEIPT):
        start = 0
        _, top, _, bottom = face.getbbox(line, anchor="la")
        above = 2 * (number + 1) * SIZE - SIZE // 2
        for word in line.split():
            start = line.index(word, start)
            left = 2 * SIZE + face.getlength(line[:start])
            right = left + face.getlength(word)
            yield word, Box(left, above + top, right, above + bottom)
            start += len(word)


def overlap(one: Box, other: Box) -> float:
    """The intersection's share of the union."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0, across) * max(0, down)
    return both / (area(one) + area(other) - both)


def area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def nearest(corner: tuple[float, float], corners: Corners) -> int:
    return min(range(4), key=lambda n: abs(complex(*corner) - complex(*corners[n])))


@pytest.mark.parametrize("noted", HELD)
def test_the_pictures_are_seen_upright(noted: int) -> None:
    page, way = written(["Up"]), HELD[noted]
    picture = page if way is None else page.transpose(way)
    picture.getexif()[274] = noted
    assert ImageOps.exif_transpose(picture).tobytes() == page.tobytes()
