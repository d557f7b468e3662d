"""Errands answered for real: live values, which layout fits, a field in a moved box."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Document, Field, Record, RoiTemplate
from documents.services.answers import match, values
from documents.services.errands import Refused
from documents.services.jobs import create_job
from documents.services.references import prepare
from documents.services.rereading import reread
from engines import TemplateError
from tests.made_roi import made_definition, made_record, made_region
from tests.services.conftest import read_all
from tests.services.invoices import (
    FIRST,
    PLACES,
    SECOND,
    document_of,
    invoice,
    layout_of,
    regions,
    scanned,
    ticket,
)

GONE = "The document was deleted, or has no such page."
UNLIKE = "The page has next to nothing in common with this layout."
TINY = [[0, 0], [1, 0], [1, 1], [0, 1]]


@pytest.fixture
def first(alice: User) -> Document:
    return document_of(alice, invoice(), name="first.tiff")


@pytest.fixture
def layout(first: Document) -> RoiTemplate:
    template = layout_of(first)
    prepare(template)
    return template


def asked(document: Document, page: Any = 1, **more: Any) -> dict[str, Any]:
    definition = made_definition(regions())
    return {
        "document": str(document.pk),
        "page": page,
        "definition": definition,
        **more,
    }


def found(answer: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: field["value"] for field in answer["fields"]}


def test_values_of_the_page_that_is_drawn_on(first: Document) -> None:
    answer = values(first.workspace, asked(first))
    assert found(answer) == FIRST
    assert answer["registration"] == {"score": 1.0, "rung": "features", "reason": ""}
    total = answer["fields"][2]
    assert sorted(total) == [
        "alternatives",
        "cause",
        "confidence",
        "currency",
        "name",
        "polygon",
        "raw",
        "reason",
        "value",
    ]
    left, top = PLACES["total"]
    assert total["polygon"][0] == [pytest.approx(left - 15), pytest.approx(top - 10)]


def test_values_on_another_scan(layout: RoiTemplate, alice: User) -> None:
    scan = document_of(alice, ticket(), scanned(invoice(SECOND)))
    question = asked(scan, page=2, template=str(layout.pk))
    assert found(values(layout.workspace, question)) == SECOND


def test_values_on_a_page_of_another_kind(layout: RoiTemplate, alice: User) -> None:
    scan = document_of(alice, ticket())
    answer = values(layout.workspace, asked(scan, template=str(layout.pk)))
    assert answer["registration"]["reason"] == UNLIKE
    assert {(field["value"], field["cause"]) for field in answer["fields"]} == {
        ("", "unregistered")
    }


def test_nothing_is_drawn_yet(first: Document) -> None:
    question = asked(first) | {"definition": made_definition([])}
    assert values(first.workspace, question)["fields"] == []


@pytest.mark.parametrize(
    ("page", "change"),
    [
        (2, {}),
        (0, {}),
        ("1", {}),
        (2**40, {}),
        (1, {"document": "x"}),
        (1, {"document": None}),
        (1, {"document": "6d8cf8f6-7d1b-4ab7-b3a6-3c2e2b0d7d51"}),
    ],
)
def test_there_is_no_such_page(first: Document, page: Any, change: Any) -> None:
    with pytest.raises(Refused) as refusal:
        values(first.workspace, asked(first, page) | change)
    assert str(refusal.value) == GONE


def test_a_document_that_was_deleted_meanwhile(first: Document) -> None:
    Document.objects.update(trashed=timezone.now())
    for kind in (values, match):
        with pytest.raises(Refused, match="was deleted"):
            kind(first.workspace, asked(first))


def test_documents_of_others_are_not_there(first: Document, charlie: User) -> None:
    with pytest.raises(Refused, match="was deleted"):
        values(charlie.personal_workspace, asked(first))


def test_layouts_of_others_are_not_there(layout: RoiTemplate, charlie: User) -> None:
    own = document_of(charlie, invoice())
    with pytest.raises(Refused, match="layout was deleted"):
        values(own.workspace, asked(own, template=str(layout.pk)))


@pytest.mark.parametrize(
    ("region", "reason"),
    [
        ({"box": {"left": 0, "top": 0, "right": 9, "bottom": 1}}, "“x”"),
        ({"box": {"left": 0, "top": 0, "right": 0.0001, "bottom": 1}}, "“x”"),
        ({"box": {"left": float("nan"), "top": 0, "right": 1, "bottom": 1}}, "“x”"),
        ({"box": None}, "“x”"),
        ({"kind": "poem"}, "“x”"),
        ({"pattern": "(" * 9}, "“x”"),
    ],
)
def test_hostile_regions(first: Document, region: Any, reason: str) -> None:
    definition = {"regions": [made_region("x", **region)]}
    with pytest.raises(TemplateError, match=reason):
        values(first.workspace, asked(first) | {"definition": definition})


@pytest.mark.parametrize("definition", [None, [], "x", {"regions": 7}, {"odd": 1}])
def test_hostile_definitions(first: Document, definition: Any) -> None:
    with pytest.raises(TemplateError):
        values(first.workspace, asked(first) | {"definition": definition})


def test_which_layout_fits(layout: RoiTemplate, alice: User) -> None:
    other = document_of(alice, ticket(), name="ticket.tiff")
    layout_of(other, name="Sky")
    scan = document_of(alice, scanned(invoice(SECOND)))
    [best] = match(layout.workspace, {"document": str(scan.pk), "page": 1})["matches"]
    assert best.pop("score") > 0.9
    assert best == {
        "template": str(layout.pk),
        "name": "Mill",
        "version": 1,
        "page": 1,
        "rung": "features",
        "reason": "",
    }


def test_none_fits(layout: RoiTemplate, alice: User) -> None:
    scan = document_of(alice, ticket())
    assert match(layout.workspace, {"document": str(scan.pk), "page": 1}) == {
        "matches": []
    }


@pytest.fixture
def record(layout: RoiTemplate, alice: User) -> Record:
    """Of a scan with no total where the layout has one; it is printed as a number."""
    scan = document_of(alice, invoice({"number": "8263", "date": "2022-03-14"}))
    job = create_job(scan, user=alice, template=layout, text=False)
    read_all()
    return job.records.get()


def around(name: str) -> list[list[float]]:
    left, top = PLACES[name]
    right, bottom = left + 250, top + 54
    left, top = left - 15, top - 10
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_a_field_in_a_moved_box(record: Record, alice: User) -> None:
    total = record.fields.get(name="total")
    assert (total.value, total.crop.name == "") == ("", False)
    old = total.crop.path
    question = {"field": str(total.pk), "polygon": around("number"), "user": alice.pk}
    assert reread(record.workspace, question) == {"field": str(total.pk)}
    total.refresh_from_db()
    assert (total.value, total.read_value, total.cause) == ("8263", "8263", "")
    assert total.state == Field.State.AUTO
    assert total.polygon == around("number")
    [change] = total.changes.all()
    assert (change.act, change.before, change.after, change.by) == (
        "read",
        "",
        "8263",
        alice,
    )
    record.refresh_from_db()
    assert record.total == 8263
    # The first crop belongs to the page, and the second goes with the third box.
    storage = total.crop.storage
    second = total.crop.name
    assert storage.exists(second)
    reread(record.workspace, question)
    assert (storage.exists(old), storage.exists(second)) == (True, False)


@pytest.mark.parametrize(
    ("polygon", "reason"),
    [
        (None, "four corners"),
        ([], "four corners"),
        ([[1, 2]] * 3, "four corners"),
        ([[1, 2, 3]] * 4, "four corners"),
        ([["a", "b"]] * 4, "four corners"),
        ([[float("nan"), 0], [1, 0], [1, 1], [0, 1]], "four corners"),
        ([[float("inf"), 0], [1, 0], [1, 1], [0, 1]], "four corners"),
        (TINY, "too small"),
        ([[5000, 0], [6000, 0], [6000, 90], [5000, 90]], "beside the page"),
    ],
)
def test_hostile_boxes(record: Record, polygon: Any, reason: str) -> None:
    total = record.fields.get(name="total")
    before = Field.objects.filter(pk=total.pk).values().get()
    with pytest.raises(Refused, match=reason):
        reread(record.workspace, {"field": str(total.pk), "polygon": polygon})
    assert Field.objects.filter(pk=total.pk).values().get() == before


def test_a_record_that_is_gone(layout: RoiTemplate, charlie: User) -> None:
    record = made_record(layout)
    question = {"field": str(record.fields.first().pk), "polygon": around("total")}
    with pytest.raises(Refused, match="is gone"):
        reread(charlie.personal_workspace, question)
    Record.objects.update(replaced=timezone.now())
    with pytest.raises(Refused, match="is gone"):
        reread(record.workspace, question)


def test_a_value_that_stands_on_no_page(layout: RoiTemplate) -> None:
    """Constants are read nowhere."""
    record = made_record(layout, {"supplier": ("Mill", 1.0, "")})
    question = {"field": str(record.fields.get().pk), "polygon": around("total")}
    with pytest.raises(Refused, match="stands on no page"):
        reread(record.workspace, question)
