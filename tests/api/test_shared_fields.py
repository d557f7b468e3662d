"""/api/v1/shared-fields/"""

from __future__ import annotations

import pytest

from documents.models import SharedField
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made_roi import made_region, made_template

URL = "/api/v1/shared-fields/"


def test_it_works(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.get(URL)
    assert response.status_code == 200
    assert response.json()["workspace"] == str(workspace.pk)
    assert response.json()["fields"][0] == {
        "name": "supplier",
        "kind": "text",
        "constant": "",
    }
    assert len(response.json()["fields"]) == 8
    total = {"name": "total", "kind": "amount", "constant": ""}
    branch = {"name": "branch", "kind": "text", "constant": "7"}
    wish = {"fields": [total, {"name": "branch", "constant": "7"}]}
    response = api.put(URL, wish)
    assert response.status_code == 200
    shown = {"workspace": str(workspace.pk), "fields": [total, branch]}
    assert response.json() == shown
    assert api.get(URL).json() == shown


def test_of_a_workspace_of_choice(api, alice):
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    wish = {"workspace": str(shared.pk), "fields": [{"name": "total"}]}
    assert api.put(URL, wish).json()["workspace"] == str(shared.pk)
    assert len(api.get(f"{URL}?workspace={shared.pk}").json()["fields"]) == 1
    assert len(api.get(URL).json()["fields"]) == 8


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({}, "fields"),
        ({"fields": "total"}, "fields.non_field_errors"),
        ({"fields": [{"kind": "text"}]}, "fields.0.name"),
        ({"fields": [{"name": "total", "kind": "money"}]}, "fields.0.kind"),
        ({"fields": [{"name": "total", "id": 7}]}, "fields.0.id"),
        ({"fields": [], "colour": "red"}, "colour"),
    ],
)
def test_it_rejects_what_has_no_such_form(api, alice, wish, attr):
    api.force_authenticate(alice)
    response = api.put(URL, wish)
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert SharedField.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ([], "A workspace shares one field at least."),
        ([{"name": "net"}] * 2, "Two fields are called “net”. Rename one."),
        ([{"name": "net"}], "The layout “Corner Shop” fills “total”. Keep it."),
    ],
)
def test_it_says_what_cannot_be(api, alice, fields, sentence):
    made_template(alice, regions=[made_region("Summe", field="total")])
    api.force_authenticate(alice)
    response = api.put(URL, {"fields": fields})
    assert response.status_code == 400
    assert response.json() == error(sentence, "template_error")


def test_a_viewer_looks(api, vera, workspace):
    api.force_authenticate(vera)
    assert api.get(f"{URL}?workspace={workspace.pk}").status_code == 200
    wish = {"workspace": str(workspace.pk), "fields": [{"name": "total"}]}
    assert api.put(URL, wish).status_code == 403


def test_it_hides_other_peoples(api, charlie, workspace):
    api.force_authenticate(charlie)
    assert api.get(f"{URL}?workspace={workspace.pk}").status_code == 404
    wish = {"workspace": str(workspace.pk), "fields": [{"name": "total"}]}
    assert api.put(URL, wish).status_code == 404
