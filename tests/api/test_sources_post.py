"""POST /api/v1/sources/"""

from __future__ import annotations

import pytest

from documents.models import Connection, Source
from documents.services.workspaces import create_workspace
from documents.sources import SourceError
from tests.api.conftest import error
from tests.api.sourced import URL, WISH, told
from tests.made_roi import made_template
from tests.made_sources import made_connection
from tests.sources.fakes import Place, offer


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    return offer(monkeypatch)


def test_all_that_can_be_said(api, alice, document):
    template = made_template(alice, document)
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    wish = {
        **WISH,
        "engine": "ppocr",
        "languages": ["eng", "ara"],
        "template": str(template.pk),
        "tags": ["paid ", "Paid"],
        "schedule": " */5  * * * *",
    }
    response = api.post(URL, wish)
    assert response.status_code == 201
    assert response.json() == told(
        Source.objects.get(),
        engine="ppocr",
        languages=["eng", "ara"],
        template=str(template.pk),
        tags=["paid"],
        schedule="*/5 * * * *",
    )
    response = api.post(URL, {**wish, "workspace": str(shared.pk)})
    assert response.json()["errors"] == [
        {
            "code": "invalid",
            "detail": "Choose a layout of this workspace.",
            "attr": "template",
        }
    ]
    response = api.post(URL, {**WISH, "template": None, "workspace": str(shared.pk)})
    assert response.json()["template"] is None
    assert api.get(f"{URL}?workspace={shared.pk}").json()["count"] == 1


@pytest.mark.parametrize(
    ("change", "attr", "sentence"),
    [
        ({"kind": "tea"}, "kind", "There is no such kind of source."),
        ({"name": " "}, "name", "This field may not be blank."),
        ({"settings": {}}, "settings.folder", "This is needed."),
        (
            {"settings": {**WISH["settings"], "folder": ""}},
            "settings.folder",
            "This is needed.",
        ),
        (
            {"settings": {**WISH["settings"], "folder": "a\0b"}},
            "settings.folder",
            "There are characters in it that nobody can read.",
        ),
        (
            {"settings": {**WISH["settings"], "folder": "x" * 501}},
            "settings.folder",
            "It has at most 500 characters.",
        ),
        (
            {"settings": {**WISH["settings"], "folder": ["x"]}},
            "settings.folder",
            "Enter it as text.",
        ),
        (
            {"settings": {**WISH["settings"], "depth": 10}},
            "settings.depth",
            "Enter a whole number from 1 to 9.",
        ),
        (
            {"settings": {**WISH["settings"], "colour": "red"}},
            "settings.colour",
            "There is no such setting.",
        ),
        ({"engine": "tea"}, "engine", "There is no such engine."),
        (
            {"template": "tea"},
            "template",
            "A template is named by its id, or it is “auto”.",
        ),
        (
            {"tags": ["\u0378"]},
            "tags",
            "The tag has characters that nobody can read.",
        ),
        (
            {"schedule": "@daily"},
            "schedule",
            "A schedule has five fields: minute, hour, day, month, day of the week. "
            "“*/15 * * * *” is every 15 minutes.",
        ),
        ({"colour": "red"}, "colour", "There is no such field here."),
    ],
)
def test_it_rejects(api, alice, change, attr, sentence):
    api.force_authenticate(alice)
    response = api.post(URL, {**WISH, **change})
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert [one["detail"] for one in errors if one["attr"] == attr] == [sentence]
    assert Source.objects.count() == 0


def test_a_place_that_lets_nobody_in_is_not_kept(api, alice, place):
    api.force_authenticate(alice)
    settings = {"folder": "inbox", "password": "guessed"}
    response = api.post(URL, {**WISH, "settings": settings})
    assert response.status_code == 422
    reason = "The password is wrong. Enter it again."
    assert response.json() == error(reason, "needs_somebody")
    place.troubles["test"] = [SourceError("The server does not answer.")]
    response = api.post(URL, WISH)
    assert response.status_code == 422
    assert response.json() == error("The server does not answer.", "source_error")
    assert Source.objects.count() == 0


def test_too_many_wait(api, alice, nobody_may_wait):
    api.force_authenticate(alice)
    response = api.post(URL, WISH)
    assert response.status_code == 503
    assert Source.objects.count() == 0


def test_some_kinds_are_for_administrators(api, alice):
    api.force_authenticate(alice)
    wish = {"kind": "folder", "name": "Scans", "settings": {"path": "/tmp"}}
    response = api.post(URL, wish)
    assert response.status_code == 400
    reason = "Only administrators of the site may have such a source."
    assert response.json() == error(reason, "invalid", "kind")


def test_without_a_key_no_secret_is_taken(api, alice, settings):
    settings.ENCRYPTION_KEYS = []
    api.force_authenticate(alice)
    response = api.post(URL, WISH)
    assert response.status_code == 400
    reason = (
        "The site has no key to keep passwords with. "
        "Ask its operator to set ENCRYPTION_KEYS."
    )
    assert response.json() == error(reason, "invalid", "kind")


def test_an_account_is_ones_own(api, alice, charlie):
    his = made_connection(charlie)
    api.force_authenticate(alice)
    wish = {"kind": "drive-oauth", "name": "x", "settings": {"folder": "1AbC"}}
    assert api.post(URL, {**wish, "connection": str(his.pk)}).status_code == 404
    response = api.post(URL, wish)
    assert response.status_code == 400
    reason = "Choose an account that you have connected."
    assert response.json() == error(reason, "invalid", "connection")
    hers = Connection.objects.create(user=alice, account="x", secrets="y")
    response = api.post(URL, {**WISH, "connection": str(hers.pk)})
    assert response.json() == error("None is needed.", "invalid", "connection")


def test_a_repeated_request_makes_no_second_source(api, alice):
    api.force_authenticate(alice)
    headers = {"Idempotency-Key": "a"}
    first = api.post(URL, WISH, headers=headers)
    again = api.post(URL, WISH, headers=headers)
    assert again.json() == first.json()
    assert Source.objects.count() == 1
