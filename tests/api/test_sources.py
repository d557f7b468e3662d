"""/api/v1/sources/ and /api/v1/sources/{id}/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Connection, Membership, Source
from documents.models.people import Role
from documents.services import sources
from documents.services.sealing import opened
from documents.services.workspaces import create_workspace
from documents.sources import NeedsSomebody, SourceError
from tests.api.conftest import error
from tests.made_roi import made_template
from tests.made_sources import made_connection, made_item, made_source
from tests.sources.fakes import SECRET, Place, offer

URL = "/api/v1/sources/"
WISH = {
    "kind": "fake",
    "name": "Scans",
    "settings": {"folder": "inbox", "password": SECRET},
}


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    return offer(monkeypatch)


def z(moment) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def told(source: Source, **other: object) -> dict[str, object]:
    """How *source* is shown, but for what is *other*."""
    source.refresh_from_db()
    return {
        "id": str(source.pk),
        "name": "Scans",
        "kind": "fake",
        "workspace": str(source.workspace_id),
        "owner": source.owner_id,
        "settings": {"folder": "inbox", "depth": 3},
        "secrets": ["password"],
        "connection": None,
        "engine": "",
        "languages": [],
        "template": "auto",
        "tags": [],
        "schedule": "",
        "paused": False,
        "running": False,
        "last_success": None,
        "next_run": z(source.next_run),
        "failures": 0,
        "error": "",
        "counts": {"waiting": 0, "taken": 0, "failed": 0, "skipped": 0},
        "created": z(source.created),
        "updated": z(source.updated),
        **other,
    }


def test_it_works(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.post(URL, WISH)
    assert response.status_code == 201
    source = Source.objects.get()
    url = f"{URL}{source.pk}/"
    assert response["Location"] == url
    assert response.json() == told(source)
    assert api.get(url).json() == told(source)
    assert api.get(URL).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [told(source)],
    }
    assert SECRET not in str(Source.objects.values().get())
    assert opened(source.secrets) == {"password": SECRET}
    response = api.patch(url, {"name": "Post", "schedule": "0 * * * *"})
    assert response.status_code == 200
    assert response.json() == told(source, name="Post", schedule="0 * * * *")
    assert response.json()["next_run"]
    assert api.patch(url, {"paused": True}).json()["paused"] is True
    assert api.patch(url, {"paused": False}).json()["paused"] is False
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404


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


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    for _number in range(rows):
        source = made_source(alice)
        made_item(source, "failed")
        made_item(source, "taken")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        found = api.get(URL).json()["results"]
    counts = {"waiting": 0, "taken": 1, "failed": 1, "skipped": 0}
    assert [one["counts"] for one in found] == [counts] * rows


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


def test_settings_need_not_be_whole_to_be_changed(api, alice, place):
    api.force_authenticate(alice)
    url = api.post(URL, {**WISH, "schedule": "0 0 1 1 *"})["Location"]
    source = Source.objects.get()
    Source.objects.update(cursor={"after": "x"}, failures=3, error="?")
    response = api.patch(url, {"settings": {"folder": "paid", "depth": None}})
    assert response.status_code == 200
    settings = {"folder": "paid", "depth": 3}
    assert response.json() == told(source, settings=settings, schedule="0 0 1 1 *")
    assert opened(source.secrets) == {"password": SECRET}
    assert source.cursor == {}
    place.troubles["test"] = [SourceError("The server does not answer.")]
    assert api.patch(url, {"settings": {"folder": "lost"}}).status_code == 422
    assert api.patch(url, {"settings": {"password": "guessed"}}).status_code == 422
    assert api.patch(url, {"settings": {"password": ""}}).status_code == 400
    source.refresh_from_db()
    assert source.settings == settings
    assert opened(source.secrets) == {"password": SECRET}


def test_what_tells_no_other_place_is_not_looked_at(api, alice, place):
    api.force_authenticate(alice)
    url = api.post(URL, WISH)["Location"]
    Source.objects.update(cursor={"after": "x"})
    place.troubles["test"] = [SourceError("The server does not answer.")]
    same = {"name": "Post", "settings": {"folder": "inbox", "password": SECRET}}
    assert api.patch(url, same).json()["name"] == "Post"
    assert Source.objects.get().cursor == {"after": "x"}


def test_another_owner_never_uses_her_password(api, alice, charlie, workspace):
    api.force_authenticate(alice)
    url = api.post(URL, WISH)["Location"]
    Membership.objects.create(workspace=workspace, user=charlie, role=Role.OWNER)
    api.force_authenticate(charlie)
    assert api.patch(url, {"name": "Post"}).status_code == 200
    response = api.patch(url, {"settings": {"folder": "private"}})
    assert response.status_code == 400
    assert response.json() == error(
        "Only alice may change this. Make a source of your own instead.",
        "invalid",
        "settings.folder",
    )
    assert Source.objects.get().settings["folder"] == "inbox"


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


def test_what_waits_for_somebody_goes_on_when_it_is_changed(
    api, alice: User, place: Place
):
    api.force_authenticate(alice)
    url = api.post(URL, {**WISH, "schedule": "0 * * * *"})["Location"]
    Source.objects.update(next_run=None, error=str(NeedsSomebody("?")), failures=1)
    assert sources.waits_for_somebody(Source.objects.get())
    response = api.patch(url, {"settings": {"token": "fresh"}})
    assert response.json()["error"] == ""
    assert response.json()["next_run"]
    assert response.json()["secrets"] == ["password", "token"]
