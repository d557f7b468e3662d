"""POST /api/v1/jobs/ with options and prompts of an engine"""

from __future__ import annotations

import pytest

from documents.models import Job
from engines import register

URL = "/api/v1/jobs/"


@pytest.fixture(autouse=True)
def choosy() -> None:
    for name in ("choosy", "absent", "graphic"):
        register(name, f"tests.fakes.{name.title()}")


def refusal(response) -> tuple[int, str, str]:
    (error,) = response.json()["errors"]
    return response.status_code, error["attr"], error["detail"]


def test_it_works(api, alice, document):
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "choosy", "options": {"mode": "good"}}
    response = api.post(URL, wish)
    assert (response.status_code, response.json()["options"]) == (202, wish["options"])
    assert Job.objects.get().options == {"mode": "good"}


def test_it_refuses_what_the_engine_does_not_take(api, alice, document):
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "choosy", "options": {"tokens": 0}}
    assert refusal(api.post(URL, wish)) == (
        400,
        "options",
        "“tokens” cannot be so: 0 is less than the minimum of 1.",
    )
    assert not Job.objects.exists()


def test_it_refuses_an_engine_that_nobody_can_run(api, alice, document):
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk, "engine": "absent"})
    assert refusal(response) == (400, "engine", "It is not here. pip install absent")
    assert not Job.objects.exists()


def test_it_says_at_once_that_nobody_is_there_to_read(api, alice, document):
    api.force_authenticate(alice)
    response = api.post(URL, {"document": document.pk, "engine": "graphic"})
    assert response.status_code == 202
    assert response.json()["notice"] == (
        "No worker for engines of the class “gpu” is running. "
        "Start one: GPU_WORKERS=1 python manage.py up"
    )


@pytest.mark.parametrize(("staff", "status"), [(False, 400), (True, 202)])
def test_prompts_may_be_for_administrators_alone(
    api, alice, document, settings, staff, status
):
    settings.OWN_PROMPTS = False
    alice.is_staff = staff
    api.force_authenticate(alice)
    wish = {"document": document.pk, "engine": "choosy", "prompt": "Count the dogs."}
    response = api.post(URL, wish)
    assert response.status_code == status
    if not staff:
        assert refusal(response) == (
            400,
            "prompt",
            "Only administrators may write prompts here. Choose a preset.",
        )
