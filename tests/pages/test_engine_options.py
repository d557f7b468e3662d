"""What one engine alone understands, in the forms of the first page and a document"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.forms.reading import ReadingForm
from documents.models import Job
from engines import register
from tests.fakes import scan


@pytest.fixture(autouse=True)
def choosy() -> None:
    register("choosy", "tests.fakes.Choosy")


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def post(client: Client, **wishes: object) -> None:
    file = SimpleUploadedFile("scan.tiff", scan(1))
    client.post("/", {"file": file, "engine": "choosy", **wishes})


def test_it_works(client: Client) -> None:
    post(
        client,
        prompt=" Count the dogs. ",
        **{"choosy.mode": "good", "choosy.boxes": "on", "choosy.tokens": "7"},
        **{"choosy.with": ["a", "b"], "choosy.form": "txt", "choosy.hint": ""},
    )
    job = Job.objects.get()
    assert job.prompt == "Count the dogs."
    assert job.options == {
        "mode": "good",
        "boxes": True,
        "tokens": 7,
        "with": ["a", "b"],
    }


def test_what_is_usual_is_not_said(client: Client) -> None:
    """So that the page is answered from what was read before."""
    post(client, **{"choosy.mode": "fast", "choosy.form": "txt"})
    assert Job.objects.get().options == {}


def test_other_engines_are_not_told(client: Client) -> None:
    post(client, engine="auto", prompt="Count.", **{"choosy.mode": "good"})
    job = Job.objects.get()
    assert (job.options, job.prompt) == ({}, "")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("mode", "best", "Select a valid choice. best is not one of"),
        ("tokens", "100", "Ensure this value is less than or equal to 99."),
        ("hint", "too long", "Ensure this value has at most 5 characters"),
    ],
)
def test_it_refuses_what_cannot_be(client: Client, name, value, words) -> None:
    file = SimpleUploadedFile("scan.tiff", scan(1))
    wishes = {"file": file, "engine": "choosy", f"choosy.{name}": value}
    response = client.post("/", wishes, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert not Job.objects.exists()


def test_the_page_offers_them(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<fieldset data-engines="choosy">' in page
    assert '<option value="md">Markdown</option>' in page
    assert 'name="choosy.tokens" min="1" max="99"' in page


@pytest.mark.parametrize(("staff", "may"), [(False, False), (True, True)])
def test_prompts_may_be_for_administrators_alone(alice, settings, staff, may) -> None:
    settings.OWN_PROMPTS = False
    alice.is_staff = staff
    form = ReadingForm(workspace=alice.personal_workspace, user=alice)
    assert ("prompt" in form.fields) == may
