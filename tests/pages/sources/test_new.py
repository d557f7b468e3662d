"""GET and POST /sources/new/<kind>/"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Source
from documents.services.sealing import opened
from tests.fakes import scan
from tests.made_roi import made_template
from tests.pages.saying import says
from tests.pages.sources.wished import NEW, READER, WISH, errors, told
from tests.sources.fakes import SECRET, Place


def test_it_works(as_alice: Client, alice: User, place: Place) -> None:
    response = as_alice.post(NEW, WISH)
    source = Source.objects.get()
    assert (response.status_code, response.url) == (302, f"/sources/{source.pk}/")
    assert told(response) == ["“\u2068Scans\u2069” is saved."]
    assert (source.workspace, source.owner) == (alice.personal_workspace, alice)
    assert (source.kind, source.name, source.settings, opened(source.secrets)) == (
        "fake",
        "Scans",
        {"folder": "inbox", "depth": 3},
        {"password": SECRET},
    )
    assert (source.engine, source.languages, source.tags, source.schedule) == (
        "auto",
        ["ara", "eng"],
        ["paid", "2026"],
        "0 * * * *",
    )
    assert (source.template, source.any_template) == (None, True)


def test_a_folder_of_the_server(as_alice: Client, inbox: Path) -> None:
    (inbox / "scan.tiff").write_bytes(scan(1, 1))
    wish = {"name": "Scanner", "place_path": str(inbox), "schedule": "", **READER}
    response = as_alice.post("/sources/new/folder/", wish)
    source = Source.objects.get()
    assert response.url == f"/sources/{source.pk}/"
    assert (source.settings, source.secrets) == ({"path": str(inbox)}, "")
    elsewhere = {**wish, "place_path": "/etc"}
    page = as_alice.post("/sources/new/folder/", elsewhere)
    assert errors(page) == {
        "__all__": [
            f"“/etc” is in none of the folders that may be watched: {inbox.parent}."
        ]
    }
    assert Source.objects.count() == 1


def test_the_form_as_it_comes(as_alice: Client, place: Place) -> None:
    form = as_alice.get(NEW).context["form"]
    shown = {field.name: field.value() for field in form}
    assert shown == {
        "engine": "auto",
        "languages": None,
        "name": None,
        "tags": None,
        "schedule": "*/15 * * * *",
        "cron": None,
        "place_folder": None,
        "place_password": None,
        "place_depth": 3,
        "place_token": None,
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"place_folder": ""}, {"place_folder": ["This field is required."]}),
        ({"place_password": ""}, {"place_password": ["This field is required."]}),
        (
            {"place_depth": "10"},
            {"place_depth": ["Ensure this value is less than or equal to 9."]},
        ),
        (
            {"place_password": "wrong"},
            {"__all__": ["The password is wrong. Enter it again."]},
        ),
        ({"tags": "x" * 101}, {"tags": ["A tag has at most 50 characters."]}),
        (
            {"schedule": "custom"},
            {"cron": ["Say when, or choose one of the schedules."]},
        ),
        (
            {"schedule": "custom", "cron": "every day"},
            {
                "cron": [
                    "A schedule has five fields: minute, hour, day, month, day of the "
                    "week. “*/15 * * * *” is every 15 minutes."
                ]
            },
        ),
        (
            {"engine": "abacus"},
            {
                "engine": [
                    "Select a valid choice. abacus is not one of the available choices."
                ]
            },
        ),
    ],
)
def test_it_refuses(
    as_alice: Client,
    place: Place,
    wrong: dict[str, str],
    said: dict[str, list[str]],
) -> None:
    response = as_alice.post(NEW, {**WISH, **wrong})
    assert errors(response) == said
    assert Source.objects.count() == 0


def test_nothing_typed_is_lost_but_secrets(as_alice: Client, place: Place) -> None:
    wrong = {**WISH, "schedule": "custom", "place_token": "t0k3n"}
    page = as_alice.post(NEW, wrong).content.decode()
    for kept in ('value="Scans"', 'value="inbox"', 'value="paid, 2026 ,"'):
        assert kept in page
    assert SECRET not in page
    assert "t0k3n" not in page


def test_keys_of_several_lines_are_not_shown_again(
    as_alice: Client, alice: User
) -> None:
    alice.is_staff = True
    alice.save()
    page = as_alice.post("/sources/new/drive-service/", {"place_key": "PRIVATE"})
    assert "<textarea" in page.content.decode()
    assert "PRIVATE" not in page.content.decode()


def test_a_schedule_of_its_own(as_alice: Client, place: Place) -> None:
    as_alice.post(NEW, {**WISH, "schedule": "custom", "cron": "5 4 * * 1-5"})
    assert Source.objects.get().schedule == "5 4 * * 1-5"


@pytest.mark.parametrize(("choice", "any_template"), [("auto", True), ("", False)])
def test_layouts(
    as_alice: Client, alice: User, place: Place, choice: str, any_template: bool
) -> None:
    template = made_template(alice)
    as_alice.post(NEW, {**WISH, "template": choice})
    as_alice.post(NEW, {**WISH, "template": str(template.pk)})
    first, second = Source.objects.order_by("created")
    assert (first.template, first.any_template) == (None, any_template)
    assert (second.template, second.any_template) == (template, False)


# Testing alone


def test_a_test_keeps_nothing(as_alice: Client, place: Place) -> None:
    page = as_alice.post(NEW, {**WISH, "name": "", "test": "1"})
    assert says(page, "#answer") == ["There are 2 files in inbox."]
    assert Source.objects.count() == 0


def test_a_test_that_leaves_the_form_alone(as_alice: Client, place: Place) -> None:
    part = as_alice.post(NEW, {**WISH, "test": "1"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip() == (
        '<p class="state hi said">There are 2 files in inbox.</p>'
    )
    wrong = {**WISH, "place_password": "wrong", "place_folder": "", "test": "1"}
    part = as_alice.post(NEW, wrong, headers={"HX-Request": "true"})
    assert says(part, "errors") == ["Folder: This field is required."]
    wrong["place_folder"] = "inbox"
    part = as_alice.post(NEW, wrong, headers={"HX-Request": "true"})
    assert says(part, "errors") == ["The password is wrong. Enter it again."]


# Who may


@pytest.mark.parametrize("kind", ["drive-oauth", "drive-service", "folder"])
def test_kinds_that_are_not_offered(as_alice: Client, kind: str) -> None:
    wish: dict[str, Any] = {"name": "Scans", "place_path": "/tmp", **READER}
    page = as_alice.post(f"/sources/new/{kind}/", wish)
    assert says(page, "state") == ["not offered"]
    assert "place_" not in page.content.decode()
    assert Source.objects.count() == 0


def test_there_is_no_such_kind(as_alice: Client) -> None:
    assert as_alice.get("/sources/new/gopher/").status_code == 404


def test_members_without_the_right(as_vera: Client, place: Place) -> None:
    page = as_vera.post(NEW, WISH)
    assert page.status_code == 403
    assert "Only an owner of the workspace may do that." in str(page.content)
    assert Source.objects.count() == 0


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.post(NEW, WISH).url == f"/accounts/login/?next={NEW}"
