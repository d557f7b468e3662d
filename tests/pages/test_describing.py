"""POST /documents/{id}/tags/ and …/alt-text/, and how descriptions are shown"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from documents.models import (
    Correction,
    Document,
    Job,
    PageText,
    Reading,
    RoiTemplate,
    Tag,
)
from documents.services.answers import known_words
from documents.services.deliveries.pieces import no_text
from documents.services.descriptions import readings_of_text
from documents.services.tags import add_tags, names_of, proposed
from documents.services.texts.choice import choose_text, text_job, text_key
from documents.services.texts.corrections import InvalidLine, correct_line
from documents.views.roi.scans import newest_read
from engines import Traits, register
from tests.described import CAPTION, NAMES, described_job
from tests.fakes import Fine
from tests.made import made_document, made_job

pytestmark = pytest.mark.django_db


class Seer(Fine):
    """Stands for a model that would take minutes to load."""

    traits = Traits(describes=True)


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


@pytest.fixture
def job(document: Document) -> Job:
    return described_job(document)


def tags_url(document: Document) -> str:
    return reverse("change_tags", args=[document.pk])


def alt_text_url(document: Document) -> str:
    return reverse("change_alt_text", args=[document.pk])


def page_of(client: Client, document: Document, query: str = "") -> str:
    response = client.get(reverse("document", args=[document.pk]) + query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_it_is_called_a_description_and_not_to_be_corrected(as_alice, document, job):
    page = page_of(as_alice, document)
    assert CAPTION in page
    assert "not what is written on it" in page
    assert 'id="tab-lines"' in page
    assert ">Description</button>" in page
    for absent in ("tab-layout", "tab-drawn", "editable", 'id="to-compare"', "% sure"):
        assert absent not in page
    assert len(re.findall(r'<polygon [^>]*class="thing"', page)) == 4
    assert re.findall(r'<text class="thing"[^>]*>([^<]*)</text>', page) == [
        "a red car",
        "two trees",
        "two trees",
        "The sky",
    ]
    assert '<span id="doubtful"></span>' in page


def test_it_is_never_the_text_of_the_document(as_alice, document, job):
    assert (text_job(document), text_key(document)) == (None, None)
    texts = PageText.objects.filter(document=document, number__gt=0)
    assert [row.text for row in texts] == []
    older = made_job(document)
    assert text_job(document) == older
    newer = described_job(document)
    assert text_job(document) == older
    assert "Description, not the document's text" in page_of(
        as_alice, document, f"?job={newer.pk}"
    )
    assert as_alice.get("/history/?q=trees").context["rows"] == []
    with pytest.raises(Exception, match="it is no text of the document"):
        choose_text(document, newer)


def test_what_a_talking_engine_was_asked_to_describe_is_none_either(document):
    described = described_job(document, engine="qwen3-vl")
    assert text_job(document) is None
    read = made_job(document, engine="qwen3-vl")
    assert text_job(document) == read
    described_job(document, engine="qwen3-vl")
    assert text_job(document) == read
    assert described != read


def test_it_does_not_hide_the_text(as_alice, document):
    read = made_job(document)
    described = described_job(document)
    address = reverse("document", args=[document.pk])
    assert as_alice.get(address).context["job"] == read
    assert as_alice.get(f"{address}?job={described.pk}").context["job"] == described


def test_a_download_of_many_says_why_it_has_no_text(document, job):
    told = "Its picture was described; its text was not read."
    assert str(no_text(document)) == told


def test_it_is_asked_for_no_fields(as_alice, alice, document):
    layout = RoiTemplate.objects.create(
        workspace=document.workspace, name="Shop", created_by=alice
    )
    register("kosmos-2", "tests.pages.test_describing.Seer")
    wish = {"engine": "kosmos-2", "languages": ["eng"]}
    again = reverse("read_again", args=[document.pk])
    as_alice.post(again, {**wish, "template": str(layout.pk)})
    assert document.jobs.count() == 0
    assert "Choose an engine that reads text." in page_of(as_alice, document)
    as_alice.post(again, {**wish, "template": "auto"})
    made = document.jobs.get()
    assert (made.engine, made.any_template, made.text) == ("kosmos-2", False, True)
    body = {"document": str(document.pk), "engine": "kosmos-2", "template": "auto"}
    refused = as_alice.post("/api/v1/jobs/", body, content_type="application/json")
    [one] = refused.json()["errors"]
    assert (refused.status_code, one["attr"]) == (400, "engine")
    assert one["detail"] == (
        "“kosmos-2” describes pictures. Choose an engine that reads text."
    )
    as_alice.post(reverse("read_to_compare", args=[document.pk]), wish)
    assert document.jobs.count() == 1


def test_layouts_and_accuracy_look_at_text_alone(document):
    page, read = document.pages.get(), made_job(document, engine="qwen3-vl")
    described_job(document, engine="qwen3-vl")
    described_job(document)
    assert newest_read(page).job == read
    assert known_words(page) is not None
    readings = readings_of_text(Reading.objects.all())
    assert [one.page_reads.get().job for one in readings] == [read]


def test_lines_cannot_be_corrected(as_alice, alice, document, job):
    read = job.page_reads.get()
    with pytest.raises(InvalidLine, match="there is nothing to correct"):
        correct_line(read, 0, "a blue car", user=alice)
    response = as_alice.post(reverse("line", args=[job.pk, 1, 0]), {"text": "x"})
    assert response.status_code == 422
    assert Correction.objects.count() == 0


def test_it_is_compared_with_nothing(as_alice, document, job):
    made_job(document)
    page = as_alice.get(reverse("compare", args=[document.pk]))
    assert [option.job.engine for option in page.context["options"]] == ["tesseract"]
    asked = reverse("compare", args=[document.pk]) + f"?right={job.pk}"
    assert as_alice.get(asked).context["right"] is None
    url = f"/api/v1/documents/{document.pk}/compare/"
    response = as_alice.get(url, {"left": job.pk, "right": job.pk})
    assert response.status_code == 409


def test_proposals() -> None:
    lines = [
        {"text": "A  Red Car."},
        {"text": "the sky"},
        {"text": "an apple"},
        {"text": "red car"},
        {"text": "another tree"},
        {"text": " the "},
        {"text": "x" * 51},
    ]
    assert proposed(lines) == ["red car", "sky", "apple", "another tree", "the"]


def test_things_become_tags_one_by_one(as_alice, document, job):
    page = page_of(as_alice, document)
    offered = re.findall(r'name="(add|remove)" value="([^"]*)" aria-pressed', page)
    assert offered == [("add", name) for name in NAMES]
    place = {"job": job.pk, "page": "1"}
    response = as_alice.post(tags_url(document), {"add": "red car", **place})
    assert response.url == f"/documents/{document.pk}/?job={job.pk}&page=1"
    assert names_of(document) == ["red car"]
    page = page_of(as_alice, document)
    assert 'name="remove" value="red car" aria-pressed="true"' in page
    assert '/history/?tag=red%20car"' in page
    as_alice.post(tags_url(document), {"remove": "Red Car", **place})
    assert Tag.objects.count() == 0


def test_only_the_part_that_changes_is_sent(as_alice, document, job):
    headers = {"HX-Request": "true", "HX-Target": "about"}
    place = {"job": job.pk, "page": "1", "menu": "yes"}
    url = tags_url(document)
    page = as_alice.post(url, {"add": "sky", **place}, headers=headers).content.decode()
    assert page.count("<div id=") == 2
    assert 'id="proposals" class="proposals" hx-swap-oob="true"' in page
    assert '<details class="menu" open>' in page
    page = as_alice.post(url, {"add": "x" * 51}, headers=headers).content.decode()
    assert "A tag has at most 50 characters." in page
    assert names_of(document) == ["sky"]


def test_tags_typed_by_hand(as_alice, document):
    response = as_alice.post(tags_url(document), {"add": "Car, two  trees,,"})
    assert response.url == f"/documents/{document.pk}/"
    assert names_of(document) == ["Car", "two trees"]
    for wrong in ("", " , ", "x" * 51, ",".join(map(str, range(30)))):
        as_alice.post(tags_url(document), {"add": wrong})
    assert names_of(document) == ["Car", "two trees"]
    assert "A document has at most 30 tags" in page_of(as_alice, document)


def test_the_caption_becomes_what_stands_for_the_picture(as_alice, document, job):
    page = page_of(as_alice, document)
    assert 'aria-label="A red car' not in page
    place = {"job": job.pk, "page": "1"}
    as_alice.post(alt_text_url(document), place)
    document.refresh_from_db()
    assert document.alt_text == CAPTION
    page = page_of(as_alice, document)
    assert f'role="img" aria-label="{CAPTION}"' in page
    assert "Describes the document's picture" in page
    as_alice.post(alt_text_url(document), {"alt_text": " Mine & <mine>.\n"})
    document.refresh_from_db()
    assert document.alt_text == "Mine & <mine>."
    as_alice.post(alt_text_url(document), {"alt_text": "x" * 2001})
    document.refresh_from_db()
    assert document.alt_text == "Mine & <mine>."


@pytest.mark.parametrize(
    "place",
    [{}, {"job": "x"}, {"page": "1"}, {"job": "11111111-1111-4111-8111-111111111111"}],
)
def test_what_is_no_description_does_not_describe(as_alice, document, place):
    assert as_alice.post(alt_text_url(document), place).status_code == 404


def test_text_does_not_describe(as_alice, document):
    read = made_job(document)
    place = {"job": read.pk, "page": "1"}
    assert as_alice.post(alt_text_url(document), place).status_code == 404
    other = described_job(made_document(document.created_by))
    place = {"job": other.pk, "page": "1"}
    assert as_alice.post(alt_text_url(document), place).status_code == 404


def test_strangers_and_viewers(as_charlie, as_vera, document, job):
    add_tags(document, ["car"])
    for url in (tags_url(document), alt_text_url(document)):
        assert as_charlie.post(url, {"add": "x", "alt_text": "x"}).status_code == 404
        assert as_vera.post(url, {"add": "x", "alt_text": "x"}).status_code == 403
        assert as_vera.get(url).status_code == 405
        assert Client().post(url).status_code == 302
    page = page_of(as_vera, document)
    assert "tag=car" in page
    for absent in ("Remove the tag", "Use as description", "Use as tags", "new-tag"):
        assert absent not in page


def test_the_history_by_tag(as_alice, alice, document):
    other = made_document(alice, name="other.png")
    add_tags(document, ["Red car"])
    add_tags(other, ["tree"])
    response = as_alice.get("/history/?tag=red+CAR&q=scan")
    assert [row.document for row in response.context["rows"]] == [document]
    page = response.content.decode()
    assert 'href="?q=scan"' in page
    assert '<input type="hidden" name="tag" value="red CAR"' in page
    assert as_alice.get("/history/?tag=red").context["rows"] == []


def test_bulk_deeds_keep_to_the_tag(as_alice, alice, document):
    other = made_document(alice, name="other.png")
    add_tags(document, ["car"])
    as_alice.post("/history/act/?tag=car", {"act": "trash", "all": "yes"})
    other.refresh_from_db()
    document.refresh_from_db()
    assert document.trashed
    assert not other.trashed
