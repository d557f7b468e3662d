"""/api/v1/fields/{id}/, its crop and its history"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.models import Field, Record
from tests.api.conftest import error
from tests.made_roi import made_record

URL = "/api/v1/fields/"


@pytest.fixture
def record(alice) -> Record:
    return made_record(
        alice, {"total": ("12.00", 0.62, "doubtful"), "date": ("", 0.0, "missing")}
    )


@pytest.fixture
def field(record) -> Field:
    return record.fields.get(name="total")


@pytest.fixture
def url(field) -> str:
    return f"{URL}{field.pk}/"


def test_it_works(api, alice, url, field):
    api.force_authenticate(alice)
    before = api.get(url).json()
    assert before["value"] == "12.00"
    response = api.patch(url, {"value": "1,234.50"})
    assert response.status_code == 200
    field.refresh_from_db()
    assert response.json() == {
        **before,
        "value": "1234.50",
        "state": "corrected",
        "updated": field.updated.isoformat().replace("+00:00", "Z"),
        "cause": field.cause,
        "reason": field.reason,
    }
    assert api.get(url).json() == response.json()


def test_its_history(api, alice, url):
    api.force_authenticate(alice)
    assert api.get(f"{url}history/").json()["results"] == []
    api.patch(url, {"value": "13.00", "reason": "a coffee stain"})
    api.patch(url, {"state": "confirmed"})
    told = api.get(f"{url}history/").json()
    assert told["count"] == 2
    assert [{**one, "at": None} for one in told["results"]] == [
        {
            "act": "corrected",
            "by": "alice",
            "at": None,
            "before": "12.00",
            "after": "13.00",
            "reason": "a coffee stain",
        },
        {
            "act": "confirmed",
            "by": "alice",
            "at": None,
            "before": "13.00",
            "after": "13.00",
            "reason": "",
        },
    ]


@pytest.mark.parametrize("state", ["confirmed", "rejected"])
def test_what_is_said_of_it(api, alice, url, state):
    api.force_authenticate(alice)
    told = api.patch(url, {"state": state}).json()
    assert told["state"] == state
    assert told["value"] == {"confirmed": "12.00", "rejected": ""}[state]


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({}, "value"),
        ({"value": "1.00", "state": "confirmed"}, "value"),
        ({"value": None}, "value"),
        ({"value": []}, "value"),
        ({"value": "x" * 4001}, "value"),
        ({"value": "\0"}, "value"),
        ({"state": "auto"}, "state"),
        ({"state": "needs_review"}, "state"),
        ({"value": "1.00", "confidence": 1}, "confidence"),
        ({"value": "1.00", "name": "net"}, "name"),
        ({"raw": "1.00"}, "raw"),
    ],
)
def test_it_rejects_what_makes_no_sense(api, alice, url, field, wish, attr):
    api.force_authenticate(alice)
    response = api.patch(url, wish)
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    field.refresh_from_db()
    assert (field.value, field.state) == ("12.00", "needs_review")


def test_what_is_no_value_of_its_kind(api, alice, url, field):
    api.force_authenticate(alice)
    response = api.patch(url, {"value": "a lot"})
    assert response.status_code == 400
    (told,) = response.json()["errors"]
    assert (told["code"], told["attr"]) == ("invalid_value", None)
    assert told["detail"].endswith(".")
    field.refresh_from_db()
    assert (field.value, field.state) == ("12.00", "needs_review")


def test_one_that_another_reviewer_is_at(api, alice, vera, url, field):
    field.claimed_by, field.claimed_until = vera, timezone.now() + timedelta(minutes=5)
    field.save()
    api.force_authenticate(alice)
    response = api.patch(url, {"state": "confirmed"})
    assert response.status_code == 409
    assert response.json()["errors"][0]["code"] == "claimed"
    assert "vera" in response.json()["errors"][0]["detail"]


def test_its_crops(api, alice, url, field):
    api.force_authenticate(alice)
    for query, file in (("", field.crop), ("?processed=true", field.processed)):
        response = api.get(f"{url}crop/{query}")
        assert response.status_code == 200
        assert response["Content-Type"] == "image/png"
        with file.open() as picture:
            assert response.getvalue() == picture.read()


def test_one_without_a_crop(api, alice, url, field):
    Field.objects.filter(pk=field.pk).update(crop="")
    api.force_authenticate(alice)
    assert api.get(f"{url}crop/").status_code == 404
    assert api.get(f"{url}crop/?processed=x").status_code == 400


def test_viewers_look(api, vera, url):
    api.force_authenticate(vera)
    for part in ("", "history/"):
        assert api.get(f"{url}{part}").status_code == 200
    assert api.get(f"{url}crop/").getvalue().startswith(b"\x89PNG")
    assert api.patch(url, {"value": "13.00"}).status_code == 403
    wish = {"box": {"left": 1, "top": 1, "right": 9, "bottom": 9}}
    assert api.post(f"{url}reread/", wish).status_code == 403


def test_it_hides_other_peoples(api, charlie, url, field):
    api.force_authenticate(charlie)
    for part in ("", "history/", "crop/"):
        assert api.get(f"{url}{part}").status_code == 404
    assert api.patch(url, {"value": "13.00"}).status_code == 404
    assert api.post(f"{url}reread/", {}).status_code == 404
    field.refresh_from_db()
    assert field.value == "12.00"


@pytest.mark.parametrize(
    "box",
    [
        {"left": -1, "top": 1, "right": 9, "bottom": 9},
        {"left": 1, "top": 1, "right": 401, "bottom": 9},
        {"left": 1, "top": 1, "right": 1, "bottom": 9},
    ],
)
def test_a_box_that_is_not_on_the_page(api, alice, url, box):
    api.force_authenticate(alice)
    response = api.post(f"{url}reread/", {"box": box})
    assert response.status_code == 400
    reason = "The box lies outside the page, or is empty: it has 400 × 300 pixels."
    assert response.json() == error(reason, "invalid", "box")


def test_when_too_many_wait_it_is_not_read_again(api, alice, url, nobody_may_wait):
    api.force_authenticate(alice)
    wish = {"box": {"left": 9, "top": 9, "right": 1, "bottom": 1}}
    response = api.post(f"{url}reread/", wish)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    reason = "Too many requests wait already. Try again in a moment."
    assert response.json()["errors"][0]["detail"] == reason
