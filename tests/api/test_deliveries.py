"""/api/v1/deliveries/ and …/{id}/ and …/{id}/file/"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import StreamingHttpResponse

from documents.models import Delivery, Document
from documents.services import errands
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made import made_document, made_job

URL = "/api/v1/deliveries/"
NOWHERE = "00000000-0000-4000-8000-00000000000"
ONE_OF = "Say one of jobs, documents and filter."


@pytest.fixture
def jobs(alice):
    """Of a.png and b.png."""
    return [made_job(made_document(alice, name=f"{name}.png")) for name in "ab"]


def run_through() -> None:
    while errands.run_next():
        pass


def names_in(file: StreamingHttpResponse) -> list[str]:
    with ZipFile(BytesIO(b"".join(file.streaming_content))) as archive:
        return archive.namelist()


def test_it_works(api, alice, jobs):
    api.force_authenticate(alice)
    response = api.post(URL, {"jobs": [job.pk for job in jobs], "as": "md"})
    delivery = Delivery.objects.get()
    address = f"{URL}{delivery.pk}/"
    shown = {
        "id": str(delivery.pk),
        "state": "waiting",
        "progress": {"done": 0, "total": 2},
        "error": "",
        "name": delivery.name,
        "size": None,
        "created": delivery.created.isoformat().replace("+00:00", "Z"),
        "file": None,
    }
    assert response.status_code == 202
    assert response.json() == shown
    assert (response["Location"], response["Retry-After"]) == (address, "1")
    assert api.get(address).json() == shown
    assert api.get(f"{address}file/").status_code == 409
    run_through()
    assert api.get(address).json() == shown | {
        "state": "done",
        "progress": {"done": 2, "total": 2},
        "size": Delivery.objects.get().file.size,
        "file": f"{address}file/",
    }
    file = api.get(f"{address}file/")
    assert file["Content-Type"] == "application/zip"
    assert file["Content-Disposition"] == f'inline; filename="{delivery.name}"'
    assert sorted(names_in(file)) == ["a.md", "b.md"]


def test_of_documents(api, alice, jobs):
    unread = made_document(alice, name="unread.png")
    api.force_authenticate(alice)
    wish = {"documents": [unread.pk, jobs[0].document_id], "as": "csv", "rows": "word"}
    response = api.post(URL, wish)
    assert response.status_code == 202
    run_through()
    assert names_in(api.get(f"{response['Location']}file/")) == ["a.csv", "missing.txt"]
    assert Delivery.objects.get().wish["wishes"] == {"rows": "word"}


def test_of_all_that_match(api, alice, jobs):
    api.force_authenticate(alice)
    response = api.post(URL, {"filter": {"q": "b.png"}, "as": "txt"})
    run_through()
    assert names_in(api.get(f"{response['Location']}file/")) == ["b.txt"]


def test_the_same_is_made_once(api, alice, jobs):
    api.force_authenticate(alice)
    first = api.post(URL, {"filter": {}, "as": "txt"})
    again = api.post(URL, {"filter": {"q": ""}, "as": "txt", "layout": False})
    assert again["Location"] == first["Location"]
    once = {"Idempotency-Key": "once"}
    answers = [api.post(URL, {"filter": {}}, headers=once) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("wish", "detail", "attr"),
    [
        ({}, ONE_OF, None),
        ({"filter": {}, "jobs": [f"{NOWHERE}1"]}, ONE_OF, None),
        (
            {"filter": {"colour": "red"}},
            "Documents cannot be found by colour.",
            "filter",
        ),
        ({"filter": {"q": "nowhere"}}, "No document matches.", "filter"),
        ({"filter": {"batch": "?"}}, "Enter a valid UUID.", "filter"),
        ({"jobs": []}, "This list may not be empty.", "jobs"),
        ({"jobs": ["?"]}, "Must be a valid UUID.", "jobs.0"),
        ({"filter": {}, "as": "exe"}, '"exe" is not a valid choice.', "as"),
        ({"filter": {}, "page": 1}, "There is no such field here.", "page"),
    ],
)
def test_it_rejects(api, alice, jobs, wish, detail, attr):
    api.force_authenticate(alice)
    response = api.post(URL, wish)
    assert response.status_code == 400
    (found,) = response.json()["errors"]
    assert (found["detail"], found["attr"]) == (detail, attr or "non_field_errors")
    assert not Delivery.objects.exists()


def test_of_some_that_are_not_there(api, alice, charlie, jobs):
    api.force_authenticate(alice)
    lost = [made_document(charlie).pk, *(f"{NOWHERE}{n}" for n in range(4))]
    response = api.post(URL, {"documents": [jobs[0].document_id, *lost]})
    assert response.status_code == 404
    named = f"{lost[0]}, {lost[1]}, {lost[2]}"
    detail = f"There is nothing with these ids: {named} and 2 more."
    assert response.json() == error(detail, "not_found")
    response = api.post(URL, {"jobs": [jobs[0].pk, lost[1]]})
    detail = f"There is nothing with this id: {lost[1]}."
    assert response.json() == error(detail, "not_found")
    assert not Delivery.objects.exists()


def test_of_two_workspaces(api, alice, jobs):
    other = create_workspace(alice, "Shop")
    made_job(made_document(alice, workspace=other))
    api.force_authenticate(alice)
    response = api.post(URL, {"filter": {}})
    assert response.status_code == 400
    detail = "These are of more than one workspace. Take those of one at a time."
    assert response.json() == error(detail, "cannot_archive")
    assert api.post(URL, {"filter": {"workspace": other.pk}}).status_code == 202


def test_without_any_text(api, alice):
    made_document(alice)
    api.force_authenticate(alice)
    response = api.post(URL, {"filter": {}})
    assert response.status_code == 409
    detail = "None of these has any text yet. Read them first."
    assert response.json() == error(detail, "result_not_ready")


def test_what_failed_tells_why(api, alice, jobs):
    api.force_authenticate(alice)
    address = api.post(URL, {"filter": {}})["Location"]
    errand = Delivery.objects.get().errand
    errand.state, errand.error = "failed", "It is too large."
    errand.save()
    shown = api.get(address).json()
    assert (shown["state"], shown["error"]) == ("failed", "It is too large.")
    response = api.get(f"{address}file/")
    assert response.status_code == 409
    assert response.json() == error("It is too large.", "result_not_ready")


def test_delete(api, alice, jobs, django_capture_on_commit_callbacks):
    api.force_authenticate(alice)
    address = api.post(URL, {"filter": {}})["Location"]
    run_through()
    file = Delivery.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(address).status_code == 204
    assert not file.storage.exists(file.name)
    assert api.get(address).status_code == 404
    assert api.delete(address).status_code == 404


def test_it_is_its_askers_alone(api, alice, vera, charlie, jobs):
    api.force_authenticate(alice)
    address = api.post(URL, {"filter": {}})["Location"]
    run_through()
    for user in (vera, charlie):
        api.force_authenticate(user)
        assert api.get(address).status_code == 404
        assert api.get(f"{address}file/").status_code == 404
        assert api.delete(address).status_code == 404
    assert Delivery.objects.exists()


def test_a_viewer_may_have_her_own(api, vera, jobs):
    api.force_authenticate(vera)
    address = api.post(URL, {"documents": [jobs[0].document_id]})["Location"]
    run_through()
    assert names_in(api.get(f"{address}file/")) == ["a.json"]
    assert Document.objects.count() == 2
