"""GET /templates/new/, POST /templates/draw/, GET /templates/<id>/, POST …/draw/"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.models import Document, Record, RoiTemplate
from tests.made import made_document, made_job
from tests.made_roi import made_definition, made_record, made_region, made_template
from tests.pages.saying import says

NEW, DRAW = "/templates/new/", "/templates/draw/"


@pytest.fixture
def scan(alice: User) -> Document:
    document = made_document(alice, name="invoice.png")
    made_job(document)
    return document


def post(client: Client, url: str, data: Any) -> HttpResponse:
    return client.post(url, json.dumps(data), content_type="application/json")


def wish(scan: Document, **more: Any) -> dict[str, Any]:
    definition = made_definition(["number", "total"])
    return {
        "name": "Corner Shop",
        "definition": definition,
        "document": str(scan.pk),
        "page": 1,
        "last_page": 1,
        **more,
    }


def config(response: HttpResponse) -> dict[str, Any]:
    """What the page tells its script, without its words."""
    return {k: v for k, v in response.context["config"].items() if k != "words"}


def test_it_works(as_alice: Client, scan: Document) -> None:
    response = as_alice.get(f"{NEW}?document={scan.pk}&page=1")
    first = scan.pages.get()
    assert config(response) == {
        "isNew": True,
        "mayChange": True,
        "name": "invoice",
        "definition": made_definition([], languages=[]),
        "pages": [
            {
                "document": str(scan.pk),
                "number": 1,
                "place": 1,
                "template": None,
                "width": first.width,
                "height": first.height,
                "picture": f"/documents/{scan.pk}/pages/1/image/",
                "lines": [
                    {"index": n, "text": text, "polygon": lines_of(scan)[n]["polygon"]}
                    for n, text in enumerate(
                        ("Corner Shop", "2 apples  1.20", "T0tal  1.20")
                    )
                ],
                "reading": False,
            }
        ],
        "pageCount": 1,
        "urls": {
            "guess": "/templates/guess/",
            "suggest": "/templates/suggest/",
            "values": "/templates/values/",
            "page": "/templates/page/",
            "read": "/templates/read/",
            "save": "/templates/draw/",
        },
    }


def lines_of(scan: Document) -> list[dict[str, Any]]:
    return scan.jobs.get().page_reads.get().reading.result["lines"]


def test_without_a_scan_one_is_chosen(as_alice: Client, scan: Document) -> None:
    response = as_alice.get(NEW)
    assert says(response, "named") == ["invoice.png"]
    assert f"{NEW}?document={scan.pk}" in response.content.decode()
    for nonsense in ("x", "1&page=x", "&page=1"):
        assert says(as_alice.get(f"{NEW}?document={nonsense}"), "named") == [
            "invoice.png"
        ]


def test_without_any_scan_it_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(NEW), "empty") == [
        "There is no scan to draw on yet Upload one invoice of the layout; "
        "then draw on it. Read something"
    ]


def test_a_page_that_nobody_read_has_no_lines(as_alice: Client, alice: User) -> None:
    scan = made_document(alice, prepared=False)
    response = as_alice.get(f"{NEW}?document={scan.pk}")
    page = config(response)["pages"][0]
    assert (page["lines"], page["picture"], page["reading"]) == (None, "", False)
    made_job(scan, "q")
    response = as_alice.get(f"{NEW}?document={scan.pk}")
    assert config(response)["pages"][0]["reading"] is True


def test_saving_a_new_one(as_alice: Client, alice: User, scan: Document) -> None:
    response = post(as_alice, DRAW, wish(scan))
    template = RoiTemplate.objects.get()
    base = f"/templates/{template.pk}/"
    assert (response.status_code, response.json()) == (
        201,
        {
            "id": str(template.pk),
            "version": 1,
            "url": base,
            "urls": {
                "save": f"{base}draw/",
                "try": f"{base}try/",
                "again": f"{base}again/",
            },
            "unapproved": 0,
        },
    )
    assert template.newest.definition == made_definition(["number", "total"])
    assert (template.document, template.created_by) == (scan, alice)


def test_opening_it_again(as_alice: Client, alice: User, scan: Document) -> None:
    template = made_template(alice, scan)
    response = as_alice.get(f"/templates/{template.pk}/")
    shown = config(response)
    assert (shown["isNew"], shown["name"], shown["version"]) == (
        False,
        "Corner Shop",
        1,
    )
    assert shown["definition"] == template.newest.definition
    page = shown["pages"][0]
    assert (page["document"], page["place"], page["template"], page["picture"]) == (
        str(scan.pk),
        1,
        str(template.pk),
        f"/templates/{template.pk}/pages/1/image/",
    )
    assert [line["text"] for line in page["lines"]] == [
        "Corner Shop",
        "2 apples  1.20",
        "T0tal  1.20",
    ]


def test_it_outlives_its_scan(as_alice: Client, alice: User, scan: Document) -> None:
    template = made_template(alice, scan)
    page = template.pages.get()
    page.lines = lines_of(scan)[:1]
    page.save()
    Document.objects.filter(pk=scan.pk).update(trashed=template.created)
    shown = config(as_alice.get(f"/templates/{template.pk}/"))["pages"][0]
    assert shown["document"] is None
    assert [line["text"] for line in shown["lines"]] == ["Corner Shop"]


def test_saving_makes_a_version(as_alice: Client, alice: User, scan: Document) -> None:
    template = made_template(alice, scan)
    made_record(template)
    made_record(template, state=Record.State.APPROVED)
    url = f"/templates/{template.pk}/draw/"
    answer = post(as_alice, url, wish(scan, name="Renamed")).json()
    assert (answer["version"], answer["unapproved"]) == (2, 1)
    template.refresh_from_db()
    assert (template.name, template.version) == ("Renamed", 2)
    assert template.versions.count() == 2
    response = as_alice.post(f"/templates/{template.pk}/again/", follow=True)
    assert says(response, "message")[0] == (
        "1 record is read again; approved ones stay as they are."
    )


@pytest.mark.parametrize(
    ("wrong", "sentence", "place"),
    [
        ({"name": ""}, "name: Give the layout a name.", "none"),
        ({"definition": "x"}, "definition: Enter a valid JSON.", "none"),
        ({"definition": [1]}, "definition: What was drawn is no JSON object.", "none"),
        ({"document": "x"}, "document: Enter a valid UUID.", "none"),
        ({"document": {"a": 1}}, "document: Enter a valid UUID.", "none"),
        (
            {"definition": {"regions": [made_region("a"), made_region("b", kind="x")]}},
            "“b” is one of: text, integer, amount, date, code, digits.",
            1,
        ),
        (
            {"definition": {"regions": [made_region("a"), made_region("a")]}},
            "Two regions are called “a”. Rename one.",
            None,
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    as_alice: Client, scan: Document, wrong: dict, sentence: str, place: object
) -> None:
    response = post(as_alice, DRAW, wish(scan, **wrong))
    expected = {"error": sentence}
    if place != "none":
        expected["region"] = place
    assert (response.status_code, response.json()) == (400, expected)
    assert not RoiTemplate.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 100_000, '"x"'])
def test_what_is_no_json_is_refused(as_alice: Client, body: str) -> None:
    response = as_alice.post(DRAW, body, content_type="application/json")
    assert (response.status_code, response.json()) == (
        400,
        {"error": "What was sent is no JSON object."},
    )


def test_strangers_find_nothing(
    as_charlie: Client, alice: User, scan: Document
) -> None:
    template = made_template(alice, scan)
    url = f"/templates/{template.pk}/"
    assert as_charlie.get(f"{NEW}?document={scan.pk}").status_code == 404
    assert as_charlie.get(url).status_code == 404
    assert post(as_charlie, DRAW, wish(scan)).status_code == 404
    assert post(as_charlie, f"{url}draw/", wish(scan)).status_code == 404
    assert as_charlie.post(f"{url}again/").status_code == 404
    assert as_charlie.get(f"/templates/{uuid4()}/").status_code == 404


def test_viewers_look_only(as_vera: Client, alice: User, scan: Document) -> None:
    template = made_template(alice, scan)
    url = f"/templates/{template.pk}/"
    page = as_vera.get(url)
    assert config(page)["mayChange"] is False
    assert 'id="save"' not in page.content.decode()
    assert as_vera.get(NEW).status_code == 403
    assert as_vera.get(f"{NEW}?document={scan.pk}").status_code == 403
    assert post(as_vera, DRAW, wish(scan)).status_code == 403
    assert post(as_vera, f"{url}draw/", wish(scan)).status_code == 403
    assert as_vera.post(f"{url}again/").status_code == 403


def test_a_document_leads_there(
    as_alice: Client, as_vera: Client, scan: Document
) -> None:
    link = f"{NEW}?document={scan.pk}&amp;page=1"
    assert link in as_alice.get(f"/documents/{scan.pk}/").content.decode()
    assert link not in as_vera.get(f"/documents/{scan.pk}/").content.decode()


def test_names_do_no_harm(as_alice: Client, alice: User) -> None:
    """They are in a block of data that nothing in them can end."""
    template = made_template(alice, name="</script><b>", regions=["</script>"])
    page = as_alice.get(f"/templates/{template.pk}/").content.decode()
    assert "</script><b>" not in page
    assert page.count("\\u003C/script\\u003E") == 2
