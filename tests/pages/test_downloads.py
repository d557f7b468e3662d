"""The menu of downloads, and GET /jobs/<id>/result/ with what the menu asks for."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from documents.models import Delivery, Document, Job
from documents.services.errands import run_next
from documents.views import deliveries
from documents.views.formats import format_groups, formats
from engines import EXPORTS
from tests.made import made_document, made_job
from tests.pages.saying import says
from tests.slides import add_slides


@pytest.fixture
def job(alice: User) -> Job:
    return made_job(made_document(alice, name="trip.tiff", pages=3), "ssf")


def url(job: Job) -> str:
    return f"/jobs/{job.pk}/result/"


def offered(client: Client, document: Document) -> list[str]:
    """What the menu asks for."""
    text = client.get(f"/documents/{document.pk}/").content.decode()
    links = re.findall(r'href="/jobs/[^"]+/result/\?([^"]+)" data-export', text)
    return [link.replace("&amp;", "&") for link in links]


def rows(response: HttpResponse) -> list[str]:
    return response.content.decode("utf-8-sig").splitlines()


def test_it_works(as_alice: Client, job: Job) -> None:
    assert offered(as_alice, job.document) == [
        "as=txt",
        "as=txt&layout=true",
        "as=md",
        "as=xlsx",
        "as=csv",
        "as=csv&rows=word",
        "as=tsv",
        "as=pdf",
        "as=html",
        "as=png&background=white",
        "as=png",
        "as=json",
        "as=hocr",
        "as=alto",
        "as=vision",
    ]
    page = as_alice.get(f"/documents/{job.document_id}/")
    assert says(page, "scope") == ["All 3 pages This page"]
    assert says(page, "groups")[0].startswith("Text Plain text line by line Text with")


def test_every_choice_can_be_had(
    as_alice: Client, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOMENT", 0)
    for query in offered(as_alice, job.document):
        response = as_alice.get(f"{url(job)}?{query}&page=1")
        is_slow = EXPORTS[query.split("&")[0].removeprefix("as=")].is_slow
        assert response.status_code == (302 if is_slow else 200)
        assert [str(one) for one in get_messages(response.wsgi_request)] == []


def test_a_single_page_has_no_choice_of_pages(as_alice: Client, alice: User) -> None:
    job = made_job(made_document(alice))
    page = as_alice.get(f"/documents/{job.document_id}/")
    assert len(says(page, "groups")) == 1
    assert says(page, "scope") == []


@pytest.mark.parametrize("state", ["q", "r", "f", "c"])
def test_before_there_is_a_text_there_is_the_original_alone(
    as_alice: Client, alice: User, state: str
) -> None:
    job = made_job(made_document(alice), state)
    page = as_alice.get(f"/documents/{job.document_id}/")
    assert says(page, "downloads") == [
        "Download The text is here once it has been read. The original file"
    ]


def test_a_page_alone(as_alice: Client, job: Job) -> None:
    line = "Corner Shop\n2 apples  1.20\nT0tal  1.20\n"
    alone = as_alice.get(url(job), {"as": "txt", "page": "2"})
    assert alone.content.decode() == line
    both = as_alice.get(url(job), {"as": "json"}).json()
    assert [page["number"] for page in both["pages"]] == [1, 2]


def test_a_row_for_each_word(as_alice: Client, job: Job) -> None:
    by_line = rows(as_alice.get(url(job), {"as": "csv", "rows": "line"}))
    by_word = rows(as_alice.get(url(job), {"as": "csv", "rows": "word"}))
    assert by_line[0].startswith("page,line,text")
    assert by_word[0].startswith("page,line,word,text")
    assert rows(as_alice.get(url(job), {"as": "csv"})) == by_line


def test_a_picture_on_white_of_one_page(
    as_alice: Client, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOMENT", 0)
    wish = {"as": "png", "background": "white", "page": "1"}
    waiting = as_alice.get(url(job), wish)
    delivery = Delivery.objects.get()
    assert waiting.url == f"/deliveries/{delivery.pk}/"
    assert delivery.wish == {
        "as": "png",
        "page": 1,
        "wishes": {"background": "white"},
    }
    run_next()
    file = as_alice.get(f"/deliveries/{delivery.pk}/file/")
    assert Image.open(BytesIO(b"".join(file.streaming_content))).format == "PNG"


def test_what_is_usual_is_the_same_file(
    as_alice: Client, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOMENT", 0)
    as_alice.get(url(job), {"as": "png"})
    as_alice.get(url(job), {"as": "png", "background": "original"})
    assert [one.wish["wishes"] for one in Delivery.objects.all()] == [{}]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"as": "mp3"}, "There is no such format. Choose one from the menu."),
        (
            {"as": "csv", "rows": "letter"},
            "A format cannot be had that way. Choose one from the menu.",
        ),
        (
            {"as": "png", "background": "pink"},
            "A format cannot be had that way. Choose one from the menu.",
        ),
        (
            {"layout": "maybe"},
            "A format cannot be had that way. Choose one from the menu.",
        ),
        ({"page": "4"}, "There is no such page. Choose one of the document's."),
        ({"page": "0"}, "There is no such page. Choose one of the document's."),
        ({"page": "x"}, "There is no such page. Choose one of the document's."),
        ({"page": "9" * 5000}, "There is no such page. Choose one of the document's."),
    ],
)
def test_what_the_menu_does_not_offer(
    as_alice: Client, job: Job, wish: dict[str, str], sentence: str
) -> None:
    response = as_alice.get(url(job), wish)
    assert response.status_code == 302
    assert response.url == f"/documents/{job.document_id}/?job={job.pk}"
    assert [str(one) for one in get_messages(response.wsgi_request)] == [sentence]
    assert not Delivery.objects.exists()


def test_a_new_format_is_offered_by_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_slides(monkeypatch)
    title, choices = format_groups()[-1]
    assert (title, choices[-1].words, choices[-1].query) == (
        "For other software",
        "SLIDES",
        "as=slides",
    )
    assert formats()[-1] == ("slides", "SLIDES", True)
    assert len(format_groups()[-1][1]) == len(choices)


def test_formats_alone_have_no_wishes() -> None:
    words = {name: words for name, words, _is_slow in formats()}
    assert list(words) == [name for name in EXPORTS if name != "txt"]
    assert words["png"] == "Picture on the scan (PNG)"
    assert words["csv"] == "CSV of its lines"


def test_a_stranger_finds_nothing(as_charlie: Client, job: Job) -> None:
    wish = {"as": "png", "background": "white", "page": "1"}
    assert as_charlie.get(url(job), wish).status_code == 404
    assert as_charlie.get(url(job), {"as": "mp3"}).status_code == 404
    assert not Delivery.objects.exists()
