"""/api/v1/batches/ and /api/v1/batches/{id}/"""

from __future__ import annotations

import pytest

from documents.models import Batch
from documents.services.workspaces import create_workspace

URL = "/api/v1/batches/"


def test_it_works(api, alice, workspace, document):
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "June"})
    assert response.status_code == 201
    batch = Batch.objects.get()
    assert response["Location"] == f"{URL}{batch.pk}/"
    shown = {
        "id": str(batch.pk),
        "workspace": str(workspace.pk),
        "name": "June",
        "documents": 0,
        "created": batch.created.isoformat().replace("+00:00", "Z"),
    }
    assert response.json() == shown
    batch.documents.add(document)
    shown["documents"] = 1
    assert api.get(response["Location"]).json() == shown
    assert api.get(URL).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [shown],
    }
    api.delete(f"/api/v1/documents/{document.pk}/")
    assert api.get(response["Location"]).json() == {**shown, "documents": 0}


def test_in_a_workspace_of_choice(api, alice):
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    response = api.post(URL, {"workspace": str(shared.pk)})
    assert response.status_code == 201
    assert response.json()["workspace"] == str(shared.pk)
    assert response.json()["name"] == ""
    assert api.get(f"{URL}?workspace={shared.pk}").json()["count"] == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, workspace, rows, django_assert_num_queries):
    for number in range(rows):
        Batch.objects.create(workspace=workspace, name=f"{number}")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert len(api.get(URL).json()["results"]) == rows


def test_it_hides_other_peoples(api, charlie, workspace):
    batch = Batch.objects.create(workspace=workspace)
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    assert api.get(f"{URL}{batch.pk}/").status_code == 404
    assert api.post(URL, {"workspace": str(workspace.pk)}).status_code == 404
    assert Batch.objects.count() == 1
