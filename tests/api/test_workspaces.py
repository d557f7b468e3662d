"""/api/v1/workspaces/ and /api/v1/workspaces/{id}/"""

from __future__ import annotations

import pytest

from documents.models import Membership, Workspace
from documents.models.people import Role
from documents.services.workspaces import create_workspace
from tests.api.conftest import error

URL = "/api/v1/workspaces/"


def test_it_works(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "Accounts"})
    assert response.status_code == 201
    shared = Workspace.objects.get(personal_of=None)
    assert response["Location"] == f"{URL}{shared.pk}/"
    assert response.json() == {
        "id": str(shared.pk),
        "name": "Accounts",
        "personal": False,
        "role": "owner",
        "created": shared.created.isoformat().replace("+00:00", "Z"),
    }
    own = {
        "id": str(workspace.pk),
        "name": "alice",
        "personal": True,
        "role": "owner",
        "created": workspace.created.isoformat().replace("+00:00", "Z"),
    }
    assert api.get(URL).json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [response.json(), own],
    }


def test_everyone_sees_their_own_role(api, alice, vera, workspace):
    api.force_authenticate(vera)
    answer = api.get(f"{URL}{workspace.pk}/").json()
    assert (answer["role"], answer["personal"]) == ("viewer", False)
    Membership.objects.filter(user=vera, workspace=workspace).update(role=Role.REVIEWER)
    assert api.get(f"{URL}{workspace.pk}/").json()["role"] == "reviewer"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    for number in range(rows - 1):
        create_workspace(alice, f"{number}")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert len(api.get(URL).json()["results"]) == rows


def test_rename(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.patch(f"{URL}{workspace.pk}/", {"name": "Desk"})
    assert response.status_code == 200
    assert response.json() == api.get(f"{URL}{workspace.pk}/").json()
    assert response.json()["name"] == "Desk"


def test_close(api, alice):
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    response = api.delete(f"{URL}{shared.pk}/")
    assert (response.status_code, response.content) == (204, b"")
    assert not Workspace.objects.filter(pk=shared.pk).exists()


def test_one_that_must_stay(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.delete(f"{URL}{workspace.pk}/")
    assert response.status_code == 409
    assert response.json() == error(
        "A personal workspace stays as long as its user.", "workspace_error"
    )


def test_it_hides_other_peoples(api, charlie, workspace):
    api.force_authenticate(charlie)
    url = f"{URL}{workspace.pk}/"
    assert api.get(url).status_code == 404
    assert api.patch(url, {"name": "Mine"}).status_code == 404
    assert api.delete(url).status_code == 404
    assert str(workspace.pk) not in str(api.get(URL).json())
