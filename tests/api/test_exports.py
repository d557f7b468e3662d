"""/api/v1/exports/ and /api/v1/saved-exports/"""

from __future__ import annotations

import pytest

from documents.models import Record, SavedExport
from documents.services.tables import FORMATS
from documents.services.workspaces import create_workspace
from tests.made import made_document
from tests.made_roi import made_record

URL = "/api/v1/exports/"
SAVED = "/api/v1/saved-exports/"


def made(user, supplier="Corner Shop", **more):
    fields = {"supplier": (supplier, 0.99, ""), "total": ("12.00", 0.99, "")}
    document = made_document(user, name=f"{supplier}.png")
    return made_record(user, fields, document=document, currency="EUR", **more)


def test_it_works(api, alice):
    record = made(alice)
    api.force_authenticate(alice)
    response = api.get(f"{URL}?columns=supplier,total,link")
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "columns": [
            {"name": "supplier", "label": "supplier", "kind": "text"},
            {"name": "total", "label": "total", "kind": "amount"},
            {"name": "link", "label": "link", "kind": "own"},
        ],
        "rows": [
            {
                "supplier": "Corner Shop",
                "total": "12.00",
                "link": f"http://testserver/records/{record.pk}/",
            }
        ],
        "totals": [
            {
                "currency": "EUR",
                "records": 1,
                "net": None,
                "tax": None,
                "total": "12.00",
            }
        ],
    }


@pytest.mark.parametrize("name", FORMATS)
def test_formats(api, alice, name):
    made(alice)
    api.force_authenticate(alice)
    response = api.get(f"{URL}?as={name}")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[name].media_type
    assert response["Content-Disposition"].endswith(f'.{name}"')
    assert len(response.content) > 50


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mill", ["Mill"]),
        ("state=approved", ["Mill"]),
        ("state=to_review", ["Corner Shop"]),
        ("exported=yes", []),
        ("exported=no&changed=true", []),
        ("since=2021-01-01", []),
        ("document={document}", ["Mill"]),
        ("colour=red", ["Corner Shop", "Mill"]),
    ],
)
def test_filters(api, alice, query, found):
    made(alice)
    mill = made(alice, "Mill", state=Record.State.APPROVED)
    api.force_authenticate(alice)
    query = query.format(document=mill.document_id)
    rows = api.get(f"{URL}?columns=supplier&{query}").json()["rows"]
    assert [row["supplier"] for row in rows] == found


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("as=doc", "invalid_choice", "doc"),
        ("columns=colour", "unknown_column", "There is no column “colour”"),
        ("since=tomorrow", "invalid", "Date has wrong format"),
        ("template=x", "invalid", "Must be a valid UUID"),
    ],
)
def test_what_cannot_be_is_refused(api, alice, query, code, words):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?{query}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["code"], words in error["detail"]) == (code, True)


def test_asking_marks_nothing_and_taking_does(api, alice):
    ready = made(alice, state=Record.State.APPROVED)
    api.force_authenticate(alice)
    api.get(URL)
    ready.refresh_from_db()
    assert ready.exported is None
    taken = api.post(URL, {"as": "json", "columns": "supplier"}, format="json")
    assert taken.json()["rows"] == [{"supplier": "Corner Shop"}]
    ready.refresh_from_db()
    assert (ready.state, ready.exported is not None) == ("exported", True)


def test_a_workspace_of_choice(api, alice, charlie):
    made(alice)
    office = create_workspace(alice, "Office")
    api.force_authenticate(alice)
    assert api.get(f"{URL}?workspace={office.pk}").json()["rows"] == []
    api.force_authenticate(charlie)
    assert api.get(f"{URL}?workspace={office.pk}").status_code == 404
    assert api.get(URL).json()["rows"] == []


def test_a_saved_table_takes_each_record_once(api, alice):
    made(alice, state=Record.State.APPROVED)
    api.force_authenticate(alice)
    wish = {
        "name": "June",
        "columns": ["supplier"],
        "filters": {"state": "approved"},
    }
    response = api.post(SAVED, wish, format="json")
    assert response.status_code == 201
    saved = SavedExport.objects.get()
    shown = {
        "id": str(saved.pk),
        "workspace": str(alice.personal_workspace.pk),
        **wish,
        "created": saved.created.isoformat().replace("+00:00", "Z"),
        "taken": None,
    }
    assert response.json() == shown
    assert api.get(response["Location"]).json() == shown
    assert api.get(SAVED).json()["results"] == [shown]
    take = f"{SAVED}{saved.pk}/take/"
    first = api.post(take, {"as": "json"}, format="json")
    assert first.json()["rows"] == [{"supplier": "Corner Shop"}]
    assert api.post(take, {}, format="json").status_code == 204
    assert api.delete(response["Location"]).status_code == 204
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    "wish",
    [{}, {"name": "x", "columns": ["colour"]}, {"name": "x", "filters": {"a": 1}}],
)
def test_what_cannot_be_saved(api, alice, wish):
    api.force_authenticate(alice)
    assert api.post(SAVED, wish, format="json").status_code == 400
    assert not SavedExport.objects.exists()
