"""GET /jobs/<id>/pages/<n>/drawn/, …/<key>/ and …/<key>/file/: a page drawn anew."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client
from PIL import Image

from documents.models import Delivery, Job
from documents.services.deliveries import ordered
from documents.services.errands import run_next
from documents.services.texts.corrections import correct_line
from documents.views import drawn
from tests.made import HEIGHT, WIDTH, made_document, made_job
from tests.pages.saying import says


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOMENT", 0)


@pytest.fixture
def job(alice: User) -> Job:
    return made_job(made_document(alice, name="trip.tiff", pages=2))


def url(job: Job, number: int = 1, door: str = "") -> str:
    return f"/jobs/{job.pk}/pages/{number}/drawn/{door}"


def image_in(response: HttpResponseBase) -> Image.Image:
    return Image.open(BytesIO(b"".join(response.streaming_content)))


def test_it_works(as_alice: Client, job: Job) -> None:
    begun = as_alice.get(url(job))
    delivery = Delivery.objects.get()
    assert delivery.wish == {
        "as": "png",
        "page": 1,
        "wishes": {"background": "white"},
    }
    assert says(begun, "nothing") == ["The page is being drawn …"]
    state = url(job, door=f"{delivery.pk}/")
    assert f'hx-get="{state}" hx-trigger="every 1s"' in begun.content.decode()
    assert as_alice.get(state).content == begun.content

    run_next()
    there = as_alice.get(state)
    text = there.content.decode()
    assert "hx-get" not in text
    assert f'<image href="{state}file/" width="400" height="300"' in text
    assert f'href="/deliveries/{delivery.pk}/file/"' in text
    assert "private" in there["Cache-Control"]

    file = as_alice.get(f"{state}file/")
    assert file["Content-Type"] == "image/png"
    assert file["Cache-Control"] == "private, max-age=86400"
    image = image_in(file)
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert image.convert("L").getextrema() == (0, 255)


def test_it_is_drawn_once(as_alice: Client, job: Job) -> None:
    as_alice.get(url(job))
    run_next()
    assert "<image" in as_alice.get(url(job)).content.decode()
    assert Delivery.objects.count() == 1
    as_alice.get(url(job), {"background": "original"})
    as_alice.get(url(job, 2))
    assert Delivery.objects.count() == 3


def test_a_corrected_text_is_drawn_anew(
    as_alice: Client, alice: User, job: Job
) -> None:
    as_alice.get(url(job))
    run_next()
    first = Delivery.objects.get()
    correct_line(job.page_reads.get(number=1), 0, "Corner Café", user=alice)
    assert says(as_alice.get(url(job)), "nothing") == ["The page is being drawn …"]
    run_next()
    second = Delivery.objects.exclude(pk=first.pk).get()
    before, after = (
        image_in(as_alice.get(url(job, 1, f"{one.pk}/file/")))
        for one in (first, second)
    )
    assert before.size == after.size
    assert before.tobytes() != after.tobytes()


def test_it_is_drawn_on_the_scan(as_alice: Client, job: Job) -> None:
    as_alice.get(url(job), {"background": "original"})
    run_next()
    state = url(job, door=f"{Delivery.objects.get().pk}/")
    assert image_in(as_alice.get(f"{state}file/")).size == (WIDTH, HEIGHT)


def test_a_failure_is_told_and_not_tried_again_by_itself(
    as_alice: Client, job: Job
) -> None:
    job.document.file.storage.delete(job.document.file.name)
    begun = as_alice.get(url(job), {"background": "original"})
    run_next()
    state = url(job, door=f"{Delivery.objects.get().pk}/")
    failed = as_alice.get(state)
    assert says(failed, "nothing") == [
        "There is no picture of its text This could not be done. "
        "The site's log says why; try something else."
    ]
    assert "hx-get" not in failed.content.decode()
    assert not run_next()
    again = as_alice.get(url(job), {"background": "original"})
    assert again.content == begun.content


@pytest.mark.parametrize(
    ("states", "reason", "is_awaited"),
    [
        ("sq", "The document is still being read. Ask again soon.", True),
        ("fs", "No page was read: the job was cancelled.", False),
    ],
)
def test_a_page_that_is_not_read_says_so(
    as_alice: Client, alice: User, states: str, reason: str, is_awaited: bool
) -> None:
    job = made_job(made_document(alice, pages=2), states)
    response = as_alice.get(url(job))
    assert says(response, "nothing") == [f"There is no picture of its text {reason}"]
    assert ("hx-get" in response.content.decode()) == is_awaited
    assert not Delivery.objects.exists()


def test_a_page_without_text_says_so(as_alice: Client, alice: User) -> None:
    job = made_job(made_document(alice), words=())
    assert says(as_alice.get(url(job)), "nothing") == [
        "There is no picture of its text No text was found on this page."
    ]
    assert not Delivery.objects.exists()


def test_a_background_that_is_none(as_alice: Client, job: Job) -> None:
    response = as_alice.get(url(job), {"background": "pink"})
    assert says(response, "nothing") == [
        "There is no picture of its text "
        "A format cannot be had that way. Choose one from the menu."
    ]
    assert not Delivery.objects.exists()


def test_nothing_else_is_shown_inline(as_alice: Client, job: Job) -> None:
    other_page = ordered(job, "png", 2, {})
    zipped = ordered(job, "png", None, {})
    searchable = ordered(job, "pdf", 1, {})
    while run_next():
        pass
    for delivery in (other_page, zipped, searchable):
        for door in (f"{delivery.pk}/", f"{delivery.pk}/file/"):
            assert as_alice.get(url(job, 1, door)).status_code == 404
    assert image_in(as_alice.get(url(job, 2, f"{other_page.pk}/file/"))).format == "PNG"


def test_what_is_not_there(as_alice: Client, job: Job) -> None:
    as_alice.get(url(job))
    waiting = Delivery.objects.get()
    doors = (
        url(job, 3),
        url(job, 1, f"{uuid4()}/"),
        url(job, 1, f"{waiting.pk}/file/"),
    )
    assert [as_alice.get(door).status_code for door in doors] == [404, 404, 404]


def test_a_stranger_finds_nothing(
    as_alice: Client, as_charlie: Client, job: Job
) -> None:
    as_alice.get(url(job))
    run_next()
    key = Delivery.objects.get().pk
    doors = ("", f"{key}/", f"{key}/file/")
    assert [as_charlie.get(url(job, 1, d)).status_code for d in doors] == [404] * 3
    assert Delivery.objects.count() == 1
    assert image_in(as_alice.get(url(job, 1, doors[-1]))).format == "PNG"


def test_a_viewer_may_look(as_vera: Client, job: Job) -> None:
    assert as_vera.get(url(job)).status_code == 200


def test_without_a_user_it_asks_for_one(client: Client, job: Job) -> None:
    assert client.get(url(job)).url == f"/accounts/login/?next={url(job)}"
