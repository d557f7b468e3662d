"""GET and DELETE /api/v1/documents/{id}/"""

from __future__ import annotations

import pytest

from documents.models import Document, Job
from documents.services.jobs import create_job
from tests.api.conftest import error

URL = "/api/v1/documents/{}/"


def test_it_works(api, alice, workspace, document, django_assert_num_queries):
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        response = api.get(URL.format(document.pk))
    assert response.status_code == 200
    assert response.json() == {
        "id": str(document.pk),
        "name": "scan.png",
        "media_type": "image/png",
        "size": document.size,
        "sha256": document.sha256,
        "page_count": 1,
        "pages": [{"number": 1, "width": 40, "height": 30}],
        "workspace": str(workspace.pk),
        "batch": None,
        "source": "api",
        "external_id": "",
        "created": document.created.isoformat().replace("+00:00", "Z"),
        "updated": document.updated.isoformat().replace("+00:00", "Z"),
    }


@pytest.mark.parametrize("pk", ["7", "not-a-uuid", "00000000-0000-4000-8000-00000000"])
def test_what_is_no_id_is_not_found(api, alice, pk):
    api.force_authenticate(alice)
    response = api.get(URL.format(pk))
    assert response.status_code == 404
    assert response.json() == error(
        "There is nothing here. Addresses of the API end with “/”.", "not_found"
    )


def test_delete_moves_it_to_the_trash(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.delete(URL.format(document.pk))
    assert (response.status_code, response.content) == (204, b"")
    assert Document.objects.get().trashed is not None
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert api.get(URL.format(document.pk)).status_code == 404
    assert api.delete(URL.format(document.pk)).status_code == 404


def test_a_viewer_cannot_delete(api, vera, document):
    api.force_authenticate(vera)
    assert api.get(URL.format(document.pk)).status_code == 200
    response = api.delete(URL.format(document.pk))
    assert response.status_code == 403
    reason = "You may look at this workspace, no more."
    assert response.json() == error(reason, "permission_denied")
    assert Document.objects.get().trashed is None
