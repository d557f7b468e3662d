"""POST /fields/<id>/decide/ and /reread/, GET /fields/<id>/crop/ and /processed/"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client

from documents.models import Field
from documents.services import errands
from documents.services.fields import claim, confirm, mark_of
from tests.made_roi import made_record
from tests.pages.saying import says

DOUBTFUL = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("A-17", 0.4, "disagree"),
    "total": ("12.00", 0.62, "doubtful"),
}


@pytest.fixture
def total(alice: User) -> Field:
    return made_record(alice, DOUBTFUL).fields.get(name="total")


def decide(client: Client, field: Field, act: str, **more: str) -> HttpResponseBase:
    form = {"act": act, "seen": mark_of(field), **more}
    return client.post(f"/fields/{field.pk}/decide/", form)


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)


def test_it_works(as_alice: Client, total: Field) -> None:
    response = decide(as_alice, total, "confirm")
    assert says(response, "done") == ["total 12.00 confirmed Undo"]
    assert [words.split()[0] for words in says(response, "card")] == ["number"]
    total.refresh_from_db()
    assert total.state == "confirmed"


def test_the_record_has_all_of_its_fields(as_alice: Client, total: Field) -> None:
    response = decide(as_alice, total, "correct", value="13.00", on="record")
    assert [words.split()[0] for words in says(response, "entry")] == [
        "supplier",
        "number",
        "total",
    ]
    assert "alice: corrected 12.00 → 13.00" in says(response, "changes")[2]
    assert says(response, "#approval")[0].startswith("1 to review")


@pytest.mark.parametrize(
    ("act", "more", "after"),
    [
        ("correct", {"value": "1,300.00"}, ("corrected", "1300.00")),
        ("reject", {}, ("rejected", "")),
    ],
)
def test_other_acts(
    as_alice: Client, total: Field, act: str, more: dict, after: tuple[str, str]
) -> None:
    assert decide(as_alice, total, act, **more).status_code == 200
    total.refresh_from_db()
    assert (total.state, total.value) == after
    undone = decide(as_alice, total, "undo")
    assert len(says(undone, "card")) == 2
    total.refresh_from_db()
    assert (total.state, total.value) == ("needs_review", "12.00")


def test_why_is_kept(as_alice: Client, total: Field) -> None:
    decide(as_alice, total, "correct", value="13.00", reason="a stain")
    assert total.changes.get().reason == "a stain"


def test_what_is_no_value_is_refused_in_a_sentence(
    as_alice: Client, total: Field
) -> None:
    response = decide(as_alice, total, "correct", value="many")
    assert (response.status_code, response["Content-Type"]) == (422, "text/plain")
    assert response.content.decode().endswith(".")
    total.refresh_from_db()
    assert total.state == "needs_review"


def test_what_others_changed_or_hold_is_refused(
    as_alice: Client, as_charlie: Client, charlie: User, total: Field
) -> None:
    seen = mark_of(total)
    confirm(total, user=charlie)
    response = as_alice.post(
        f"/fields/{total.pk}/decide/", {"act": "reject", "seen": seen}
    )
    assert response.status_code == 409
    assert response.content.decode() == (
        "charlie has changed this meanwhile. Look at it again."
    )
    number = total.record.fields.get(name="number")
    claim(Field.objects.filter(pk=number.pk), user=charlie)
    held = decide(as_alice, number, "confirm")
    assert held.status_code == 409
    assert held.content.decode().startswith("charlie is at this until ")


def test_nothing_to_undo(as_alice: Client, total: Field) -> None:
    response = decide(as_alice, total, "undo")
    assert (response.status_code, response.content.decode()) == (
        409,
        "There is no change of yours to take back.",
    )


def test_an_unknown_act(as_alice: Client, total: Field) -> None:
    assert decide(as_alice, total, "burn").status_code == 404


def test_who_may_only_look_decides_nothing(as_vera: Client, total: Field) -> None:
    assert decide(as_vera, total, "confirm").status_code == 403
    assert reread(as_vera, total, BOX).status_code == 403
    total.refresh_from_db()
    assert total.state == "needs_review"


def test_a_stranger_finds_nothing(
    as_charlie: Client, client: Client, total: Field
) -> None:
    assert decide(as_charlie, total, "confirm").status_code == 404
    assert reread(as_charlie, total, BOX).status_code == 404
    assert decide(client, total, "confirm").status_code == 302
    for kind in ("crop", "processed"):
        assert as_charlie.get(f"/fields/{total.pk}/{kind}/").status_code == 404
        assert client.get(f"/fields/{total.pk}/{kind}/").status_code == 302
    total.refresh_from_db()
    assert total.state == "needs_review"


BOX = [[20, 20], [200, 20], [200, 60], [20, 60]]


def reread(client: Client, field: Field, polygon: Any) -> HttpResponseBase:
    form = {"polygon": json.dumps(polygon), "seen": mark_of(field)}
    return client.post(f"/fields/{field.pk}/reread/", form)


@pytest.mark.parametrize(
    "polygon",
    [
        [],
        "here",
        [[1, 2]],
        [[-1, 20], [200, 20], [200, 60], [20, 60]],
        [[20, 20], [9999, 20], [9999, 60], [20, 60]],
        [[20, 20], [21, 20], [21, 60], [20, 60]],
        [[20, 20], [None, 20], [200, 60], [20, 60]],
        [[20, 20], [float("nan"), 20], [200, 60], [20, 60]],
    ],
)
def test_a_box_that_is_none(as_alice: Client, total: Field, polygon: Any) -> None:
    response = reread(as_alice, total, polygon)
    assert (response.status_code, response.content.decode()) == (
        422,
        "The box lies outside the page, or is too small.",
    )


def test_nobody_reads_what_another_holds(
    as_alice: Client, charlie: User, total: Field
) -> None:
    claim(Field.objects.all(), user=charlie)
    assert reread(as_alice, total, BOX).status_code == 409


def test_no_worker_answers(as_alice: Client, total: Field, monkeypatch) -> None:
    ask = errands.ask
    monkeypatch.setattr(errands, "ask", lambda *given: ask(*given, wait=0.01))
    response = reread(as_alice, total, BOX)
    assert (response.status_code, response.content.decode()) == (
        503,
        "No worker has answered in time. Try again in a moment.",
    )


def test_a_crop_is_private(as_alice: Client, total: Field) -> None:
    for kind in ("crop", "processed"):
        response = as_alice.get(f"/fields/{total.pk}/{kind}/")
        with getattr(total, kind).open() as file:
            assert content(response) == file.read()
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, max-age=300"


def test_a_crop_is_downloaded(as_alice: Client, total: Field) -> None:
    response = as_alice.get(f"/fields/{total.pk}/crop/?download=1")
    content(response)
    assert response["Content-Disposition"] == 'attachment; filename="total-crop.png"'


def test_a_crop_that_is_not_there(as_alice: Client, total: Field) -> None:
    total.processed.delete(save=False)
    Field.objects.filter(pk=total.pk).update(crop="")
    for kind in ("crop", "processed"):
        assert as_alice.get(f"/fields/{total.pk}/{kind}/").status_code == 404
