"""POST /api/v1/jobs/ and /api/v1/read/ with a template"""

from __future__ import annotations

import pytest

from documents.models import Document, Job
from documents.services.roi import archive_template
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made_roi import made_template

JOBS, READ = "/api/v1/jobs/", "/api/v1/read/"


@pytest.mark.parametrize("text", [None, False, True])
def test_it_works(api, alice, document, fine, text):
    template = made_template(alice, document)
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "fine", "template": str(template.pk)}
    response = api.post(JOBS, wish if text is None else {**wish, "text": text})
    assert response.status_code == 202
    job = Job.objects.get()
    assert (job.template, job.any_template, job.text) == (template, False, bool(text))
    assert response.json()["template"] == str(template.pk)
    assert api.get(response["Location"]).json()["template"] == str(template.pk)
    assert api.get(f"{JOBS}?template={template.pk}").json()["count"] == 1
    assert api.get(f"{JOBS}?template={document.pk}").json()["count"] == 0


def test_whichever_fits(api, alice, document, fine):
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "fine", "template": "auto"}
    response = api.post(JOBS, wish)
    assert response.status_code == 202
    job = Job.objects.get()
    assert (job.template, job.any_template, job.text) == (None, True, False)
    assert response.json()["template"] == "auto"
    assert api.get(JOBS).json()["results"][0]["template"] == "auto"


@pytest.mark.parametrize("wish", [{}, {"template": None}, {"text": True}])
def test_without_one_text_is_read(api, alice, document, fine, wish):
    api.force_authenticate(alice)
    response = api.post(JOBS, {"document": document.pk, "engine": "fine", **wish})
    assert response.status_code == 202
    job = Job.objects.get()
    assert (job.template, job.any_template, job.text) == (None, False, True)
    assert response.json()["template"] is None


def test_neither_text_nor_fields(api, alice, document):
    api.force_authenticate(alice)
    response = api.post(JOBS, {"document": document.pk, "text": False})
    assert response.status_code == 400
    reason = "Without a template there is nothing but text to read."
    assert response.json() == error(reason, "invalid", "text")


def test_what_is_no_template(api, alice, document):
    api.force_authenticate(alice)
    response = api.post(JOBS, {"document": document.pk, "template": "best"})
    assert response.status_code == 400
    reason = "A template is named by its id, or it is “auto”."
    assert response.json() == error(reason, "invalid", "template")


def test_one_of_another_workspace(api, alice, document):
    template = made_template(alice, workspace=create_workspace(alice, "Accounts"))
    api.force_authenticate(alice)
    wish = {"document": document.pk, "template": str(template.pk)}
    response = api.post(JOBS, wish)
    assert response.status_code == 400
    reason = "This template belongs to another workspace."
    assert response.json() == error(reason, "invalid", "template")
    assert Job.objects.count() == 0


def test_it_hides_other_peoples_and_deleted_ones(api, alice, charlie, document):
    deleted = made_template(alice)
    archive_template(deleted)
    api.force_authenticate(alice)
    for template in (deleted, made_template(charlie)):
        wish = {"document": document.pk, "template": str(template.pk)}
        assert api.post(JOBS, wish).status_code == 404
    assert Job.objects.count() == 0


@pytest.mark.parametrize("form", [{}, {"text": "true"}])
def test_an_uploaded_file_is_read_with_one(api, alice, picture, fine, form):
    template = made_template(alice)
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine", "template": str(template.pk), **form}
    response = api.post(f"{READ}?wait=0", wish, format="multipart")
    assert response.status_code == 202
    assert response.json()["template"] == str(template.pk)
    assert Job.objects.get().text is bool(form)


def test_an_uploaded_file_is_read_with_whichever_fits(api, alice, picture, fine):
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine", "template": "auto"}
    response = api.post(f"{READ}?wait=0", wish, format="multipart")
    assert response.json()["template"] == "auto"


def test_nothing_is_kept_of_a_file_whose_template_is_a_strangers(
    api, alice, charlie, picture
):
    template = made_template(charlie)
    api.force_authenticate(alice)
    wish = {"file": picture(), "template": str(template.pk)}
    response = api.post(f"{READ}?wait=0", wish, format="multipart")
    assert response.status_code == 404
    assert Document.objects.count() == Job.objects.count() == 0
