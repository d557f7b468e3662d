"""/api/v1/sources/ and /api/v1/sources/{id}/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Membership, Source
from documents.models.people import Role
from documents.services import sources
from documents.services.sealing import opened
from documents.sources import NeedsSomebody, SourceError
from tests.api.conftest import error
from tests.api.sourced import URL, WISH, told
from tests.made_sources import made_item, made_source
from tests.sources.fakes import SECRET, Place, offer


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    return offer(monkeypatch)


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
