"""GET, PATCH and DELETE /api/v1/documents/{id}/"""

from __future__ import annotations

import pytest

from documents.models import Document, Job
from documents.services.jobs import create_job
from tests.api.conftest import error
from tests.made import made_document, made_job

URL = "/api/v1/documents/{}/"


def test_it_works(api, alice, workspace, document, django_assert_num_queries):
    api.force_authenticate(alice)
    with django_assert_num_queries(3):  # document, pages, tags
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
        "text_job": None,
        "tags": [],
        "alt_text": "",
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


def choose(api, document, job):
    body = {"text_job": job and str(job.pk)}
    return api.patch(URL.format(document.pk), body, format="json")


def test_the_text_is_the_newest_readings_until_one_is_chosen(api, alice, document):
    api.force_authenticate(alice)
    old, new = made_job(document), made_job(document)
    made_job(document, "f")
    assert api.get(URL.format(document.pk)).json()["text_job"] == str(new.pk)
    response = choose(api, document, old)
    document.refresh_from_db()
    assert (response.status_code, document.text_job) == (200, old)
    assert response.json() == api.get(URL.format(document.pk)).json()
    assert response.json()["text_job"] == str(old.pk)
    assert choose(api, document, None).json()["text_job"] == str(new.pk)
    document.refresh_from_db()
    assert document.text_job is None


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_say_it_without_asking_more(api, alice, rows, django_assert_num_queries):
    jobs = [made_job(made_document(alice, name=str(n))) for n in range(rows)]
    api.force_authenticate(alice)
    with django_assert_num_queries(4):  # count, documents, pages, tags
        listed = api.get("/api/v1/documents/?ordering=created").json()["results"]
    assert [one["text_job"] for one in listed] == [str(job.pk) for job in jobs]


def test_what_has_no_text_cannot_be_chosen(api, alice, document):
    api.force_authenticate(alice)
    response = choose(api, document, made_job(document, "f"))
    reason = "This reading has no text. Choose one that is done."
    assert (response.status_code, response.json()) == (409, error(reason, "no_text"))
    response = choose(api, document, made_job(made_document(alice)))
    reason = "This document has no such job."
    assert (response.status_code, response.json()) == (
        400,
        error(reason, "invalid", "text_job"),
    )
    document.refresh_from_db()
    assert document.text_job is None


@pytest.mark.parametrize(
    ("body", "reason", "code", "attr"),
    [
        (
            {},
            "Send at least one of these: text_job, tags, alt_text.",
            *("invalid", "non_field_errors"),
        ),
        ({"text_job": "x"}, "Must be a valid UUID.", "invalid", "text_job"),
        (
            {"text_job": None, "name": "x"},
            "There is no such field here.",
            *("unknown", "name"),
        ),
    ],
)
def test_other_wishes_are_refused(api, alice, document, body, reason, code, attr):
    api.force_authenticate(alice)
    response = api.patch(URL.format(document.pk), body, format="json")
    assert (response.status_code, response.json()) == (400, error(reason, code, attr))


def test_others_cannot_choose(api, vera, charlie, document):
    job = made_job(document)
    api.force_authenticate(vera)
    response = choose(api, document, job)
    reason = "You may look at this workspace, no more."
    assert (response.status_code, response.json()) == (
        403,
        error(reason, "permission_denied"),
    )
    api.force_authenticate(charlie)
    assert choose(api, document, job).status_code == 404
    document.refresh_from_db()
    assert document.text_job is None


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
