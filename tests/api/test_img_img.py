"""POST /img_img"""

from __future__ import annotations

import io

import pytest
from PIL import Image
from rest_framework.test import APIClient

from documents.models import Delivery, Document, Job
from documents.services import errands
from tests.api.conftest import with_key

pytestmark = pytest.mark.usefixtures("worker_at_hand", "reading_meanwhile")
URL = "/img_img"
GREY = (200, 200, 200)


@pytest.fixture
def program(alice) -> APIClient:
    return with_key(alice, ["write"])


def scan(name: str = "till.jpg", kind: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), GREY).save(out, kind)
    out.seek(0)
    out.name = name
    return out


def send(client: APIClient, **more: object):
    return client.post(URL, {"image": scan(), **more}, format="multipart")


def drawn(response) -> Image.Image:
    assert response.status_code == 200
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def test_it_works(program):
    response = send(program)
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'attachment; filename="till.png"'
    assert response["Location"] == f"/api/v1/jobs/{Job.objects.get().pk}/"
    picture = drawn(response)
    assert (picture.format, picture.size) == ("PNG", (60, 40))
    assert picture.getpixel((59, 39)) == GREY
    assert dark(picture)


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        *((said, (255, 255, 255)) for said in ("true", "True", "1", "on")),
        *((said, GREY) for said in ("false", "0", "off")),
    ],
)
def test_on_white_or_not(program, said, paper):
    picture = drawn(send(program, white_background=said))
    assert picture.getpixel((59, 39)) == paper
    assert dark(picture)


def dark(picture: Image.Image) -> bool:
    """Whether there is print on it."""
    return picture.convert("L").getextrema()[0] < 100


def test_the_query_may_say_so_too(program):
    response = program.post(
        f"{URL}?white_background=true", {"image": scan()}, format="multipart"
    )
    assert drawn(response).getpixel((59, 39)) == (255, 255, 255)


def test_what_is_neither_true_nor_false(program):
    response = send(program, white_background="paper")
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == ["white_background"]
    assert Document.objects.count() == 0


def test_what_takes_too_long_to_draw(program, monkeypatch, settings):
    """It was read before; the second time, nobody draws."""
    program.post("/img_txt", {"image": scan()}, format="multipart")
    settings.READ_WAIT_SECONDS = 0
    monkeypatch.setattr(errands, "pause", lambda _seconds: None)
    response = send(program)
    assert response.status_code == 504
    newest = Job.objects.order_by("created").last()
    assert response["Location"] == f"/api/v1/jobs/{newest.pk}/"
    assert Delivery.objects.get().file.name == ""


def test_strangers(db):
    assert send(APIClient()).status_code == 401
    assert Document.objects.count() == 0
