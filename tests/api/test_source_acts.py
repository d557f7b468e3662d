"""/api/v1/sources/{id}/sync/, …/retry/, …/runs/, …/items/, /sources/try/ and
/api/v1/source-kinds/"""

from __future__ import annotations

import pytest

from documents.models import Errand, Source
from documents.services import sources
from documents.sources import KINDS
from tests.api.conftest import error
from tests.api.sourced import URL, WISH, z
from tests.made_sources import made_item, made_run, made_source
from tests.sources.fakes import FAKE, SECRET, Place, offer


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    return offer(monkeypatch)


@pytest.fixture
def source(alice) -> Source:
    return made_source(alice)


def test_it_is_visited_now(api, alice, source):
    api.force_authenticate(alice)
    url = f"{URL}{source.pk}/"
    response = api.post(f"{url}sync/")
    assert response.status_code == 202
    assert response["Location"] == url
    assert response.json() == api.get(url).json()
    assert response.json()["running"] is True
    run = source.runs.get()
    assert Errand.objects.get().question == {"source": source.pk.hex, "run": run.pk}
    again = api.post(f"{url}sync/")
    assert again.status_code == 409
    assert again.json() == error("The source is being visited already.", "running")


def test_not_while_it_is_paused(api, alice, source):
    sources.pause(source)
    api.force_authenticate(alice)
    response = api.post(f"{URL}{source.pk}/sync/")
    assert response.status_code == 409
    reason = "The source is paused. Let it go on first."
    assert response.json() == error(reason, "paused")


def test_failed_files_are_tried_again(api, alice, source):
    for state in ("failed", "failed", "failed", "taken", "skipped"):
        made_item(source, state, attempts=6, error="?", settled=True)
    others = made_item(made_source(alice), "failed")
    first, *_ = source.items.order_by("pk")
    api.force_authenticate(alice)
    url = f"{URL}{source.pk}/retry/"
    response = api.post(url, {"items": [first.pk, others.pk]})
    assert (response.status_code, response.json()) == (202, {"items": 1})
    columns = ("state", "attempts", "error", "settled")
    assert source.items.values_list(*columns).get(pk=first.pk) == (
        *("waiting", 0, "", False),
    )
    assert api.post(url, {}).json() == {"items": 2}
    assert api.post(url, {}).json() == {"items": 0}
    assert source.runs.count() == 1


def test_runs(api, alice, source):
    made_run(source, "failed", error="The server does not answer.", found=2)
    run = source.runs.get()
    api.force_authenticate(alice)
    assert api.get(f"{URL}{source.pk}/runs/").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": run.pk,
                "state": "failed",
                "found": 2,
                "taken": 0,
                "failed": 0,
                "error": "The server does not answer.",
                "started": z(run.started),
                "finished": z(run.finished),
            }
        ],
    }


def test_items(api, alice, source, document):
    made_item(source, "failed")
    item = made_item(source, "taken", document=document, place={"secret": "path"})
    api.force_authenticate(alice)
    url = f"{URL}{source.pk}/items/"
    assert api.get(f"{url}?state=taken").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": item.pk,
                "key": "key 1",
                "checksum": "abc",
                "name": "file 1.png",
                "state": "taken",
                "attempts": 0,
                "next_try": z(item.next_try),
                "error": "",
                "document": str(document.pk),
                "created": z(item.created),
                "updated": z(item.updated),
            }
        ],
    }
    assert api.get(url).json()["count"] == 2
    assert api.get(f"{url}?state=tea").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("what", ["runs", "items"])
def test_queries(api, alice, source, what, rows, django_assert_num_queries):
    for _number in range(rows):
        made_run(source)
        made_item(source)
    api.force_authenticate(alice)
    with django_assert_num_queries(3):
        assert api.get(f"{URL}{source.pk}/{what}/").json()["count"] == rows


def test_a_place_is_tried(api, alice, place):
    place.files["a.tiff"] = b"x"
    api.force_authenticate(alice)
    wish = {name: WISH[name] for name in ("kind", "settings")}
    response = api.post(f"{URL}try/", wish)
    assert response.status_code == 200
    assert response.json() == {"answer": "There are 1 files in inbox."}
    wish["settings"] = {"folder": "inbox", "password": SECRET + "!"}
    response = api.post(f"{URL}try/", wish)
    assert response.status_code == 422
    assert response.json() == error(
        "The password is wrong. Enter it again.", "needs_somebody"
    )
    response = api.post(f"{URL}try/", {**wish, "settings": {"folder": "inbox"}})
    assert response.json() == error("This is needed.", "invalid", "settings.password")
    assert Source.objects.count() == 0


def test_kinds(api, alice):
    api.force_authenticate(alice)
    response = api.get("/api/v1/source-kinds/")
    assert response.status_code == 200
    cards = {card["name"]: card for card in response.json()}
    assert list(cards) == list(KINDS)
    assert cards["fake"] == {
        "name": "fake",
        "label": "Fake",
        "about": "Files of a test.",
        "schema": FAKE.schema,
        "admins_only": False,
        "connection": "",
        "available": True,
        "reason": "",
    }
    reasons = {name: card["reason"] for name, card in cards.items()}
    assert reasons == {
        "drive-oauth": "The site is not known to Google as yet. Ask its operator to "
        "set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.",
        "drive-service": "Only administrators of the site may have such a source.",
        "imap": "",
        "folder": "Only administrators of the site may have such a source.",
        "fake": "",
    }


def test_kinds_for_an_administrator(api, alice):
    alice.is_staff = True
    api.force_authenticate(alice)
    cards = {one["name"]: one for one in api.get("/api/v1/source-kinds/").json()}
    assert cards["drive-service"]["available"] is True
    assert cards["folder"]["reason"] == (
        "No folder of the server may be watched as yet. "
        "Ask its operator to set IMPORT_ROOTS."
    )
