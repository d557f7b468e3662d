"""POST /templates/guess/ and /templates/suggest/"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.models import Document
from tests.made import made_document, made_job
from tests.made_roi import made_template

GUESS, SUGGEST = "/templates/guess/", "/templates/suggest/"
WORDS = (("Total 142.80", 0.99), ("Date 2021-12-27", 0.99))


@pytest.fixture
def scan(alice: User) -> Document:
    document = made_document(alice, words=WORDS)
    made_job(document, words=WORDS)
    return document


def post(client: Client, url: str, scan: Document, **more: Any) -> HttpResponse:
    data = {"document": str(scan.pk), "page": 1, "taken": [], **more}
    return client.post(url, json.dumps(data), content_type="application/json")


def test_a_line_becomes_a_region(as_alice: Client, scan: Document) -> None:
    region = post(as_alice, GUESS, scan, line=1).json()["region"]
    assert (region["name"], region["kind"]) == ("date", "date")
    assert region["box"]["top"] < 80 / 300 < region["box"]["bottom"] <= 1


def test_a_box_is_what_stands_in_it(as_alice: Client, scan: Document) -> None:
    box = {"left": 0.3, "top": 0.05, "right": 0.97, "bottom": 0.22}
    region = post(as_alice, GUESS, scan, box=box).json()["region"]
    assert (region["name"], region["kind"], region["box"]) == ("total", "amount", box)


def test_an_empty_place_is_text_without_a_name(
    as_alice: Client, scan: Document
) -> None:
    box = {"left": 0.3, "top": 0.8, "right": 0.9, "bottom": 0.9}
    assert post(as_alice, GUESS, scan, box=box).json() == {
        "region": {"name": "", "kind": "text", "box": box, "anchor": None}
    }


def test_suggest_finds_the_known_fields(as_alice: Client, scan: Document) -> None:
    found = post(as_alice, SUGGEST, scan).json()["regions"]
    assert [region["name"] for region in found] == ["total", "date"]
    found = post(as_alice, SUGGEST, scan, taken=["total"]).json()["regions"]
    assert [region["name"] for region in found] == ["date"]


def test_a_layout_outlives_its_scan(
    as_alice: Client, alice: User, scan: Document
) -> None:
    template = made_template(alice)
    page = template.pages.get()
    page.lines = scan.jobs.get().page_reads.get().reading.result["lines"]
    page.save()
    wish = {"document": None, "template": str(template.pk), "place": 1}
    answer = post(as_alice, GUESS, scan, line=1, **wish).json()
    assert answer["region"]["name"] == "date"
    assert (
        post(as_alice, GUESS, scan, line=1, **{**wish, "place": 2}).status_code == 404
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"line": 2}, "There is no such line on this page."),
        ({}, "__all__: Say which line or box it is."),
        ({"line": 0, "document": None}, "__all__: Say which page it is."),
        ({"box": [0, 0, 1, 1]}, "box: This is no box."),
        ({"box": {"left": "a"}}, "box: This is no box."),
        (
            {"box": {"left": 1, "top": 0, "right": 0, "bottom": 1}},
            "box: This is no box.",
        ),
        (
            {"box": {"left": 0, "top": 0, "right": 2, "bottom": 1}},
            "box: The box lies outside the page.",
        ),
        ({"line": 0, "taken": {"a": 1}}, "taken: This is no list of names."),
    ],
)
def test_nonsense_is_refused_in_a_sentence(
    as_alice: Client, scan: Document, wrong: dict[str, Any], sentence: str
) -> None:
    answer = post(as_alice, GUESS, scan, **wrong)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


def test_strangers_find_nothing(
    as_charlie: Client, alice: User, scan: Document
) -> None:
    assert post(as_charlie, GUESS, scan, line=0).status_code == 404
    assert post(as_charlie, SUGGEST, scan).status_code == 404
    wish = {"document": None, "template": str(made_template(alice).pk)}
    assert post(as_charlie, GUESS, scan, line=0, **wish).status_code == 404
