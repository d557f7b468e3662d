"""GET and POST /sources/<id>/edit/"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Membership, Source
from documents.services.sealing import opened
from tests.pages.saying import says
from tests.pages.sources.wished import WISH, errors
from tests.sources.fakes import SECRET, Place


def test_a_test_with_what_is_kept(as_alice: Client, edit: str, source: Source) -> None:
    page = as_alice.post(edit, {**WISH, "place_password": "", "test": "1"})
    assert says(page, "#answer") == ["There are 2 files in inbox."]
    source.refresh_from_db()
    assert source.schedule == "7 7 * * *"


def test_what_is_kept_is_shown_but_secrets(
    as_alice: Client, edit: str, alice: User
) -> None:
    response = as_alice.get(edit)
    shown = {field.name: field.value() for field in response.context["form"]}
    assert shown == {
        "engine": "auto",
        "languages": [],
        "name": "Scans",
        "tags": "",
        "schedule": "custom",
        "cron": "7 7 * * *",
        "place_folder": "inbox",
        "place_password": None,
        "place_depth": 3,
        "place_token": None,
    }
    page = response.content.decode()
    assert page.count('placeholder="Kept; type to replace it."') == 2
    assert SECRET not in page


def test_a_secret_that_is_not_kept_is_asked_for(
    as_alice: Client, edit: str, source: Source
) -> None:
    """The keys of the site have changed: nobody can open it any more."""
    source.secrets = "lost"
    source.save()
    page = as_alice.get(edit).content.decode()
    assert "Kept; type to replace it." not in page
    response = as_alice.post(edit, {**WISH, "place_password": ""})
    assert errors(response) == {"place_password": ["This field is required."]}


def test_a_change(as_alice: Client, edit: str, source: Source) -> None:
    wish = {**WISH, "name": "Other", "place_folder": "new", "place_password": ""}
    response = as_alice.post(edit, wish)
    assert response.url == f"/sources/{source.pk}/"
    source.refresh_from_db()
    assert (source.name, source.settings, opened(source.secrets)) == (
        "Other",
        {"folder": "new", "depth": 3},
        {"password": SECRET, "token": "t0k3n"},
    )


def test_a_secret_is_replaced(
    as_alice: Client, edit: str, source: Source, place: Place
) -> None:
    response = as_alice.post(edit, {**WISH, "place_password": "wrong"})
    assert errors(response) == {"__all__": ["The password is wrong. Enter it again."]}
    as_alice.post(edit, {**WISH, "place_token": "other"})
    source.refresh_from_db()
    assert opened(source.secrets) == {"password": SECRET, "token": "other"}


def test_another_owner_leaves_the_place_alone(
    as_charlie: Client, charlie: User, edit: str, source: Source
) -> None:
    """A password that is kept is never sent to where somebody else says."""
    Membership.objects.create(workspace=source.workspace, user=charlie, role="owner")
    assert says(as_charlie.get(edit), "card")[0] == (
        "Where the files are "
        "Only alice, who has added this source, may change where it is."
    )
    wish = {**WISH, "name": "Ours", "place_folder": "elsewhere", "place_password": "x"}
    as_charlie.post(edit, wish)
    source.refresh_from_db()
    assert (source.name, source.settings["folder"]) == ("Ours", "inbox")
    page = as_charlie.post(edit, {**wish, "test": "1"})
    assert "There are" not in page.content.decode()


def test_members_without_the_right(as_vera: Client, edit: str, source: Source) -> None:
    for page in (as_vera.get(edit), as_vera.post(edit, WISH)):
        assert page.status_code == 403
    source.refresh_from_db()
    assert source.schedule == "7 7 * * *"


def test_a_stranger(as_charlie: Client, edit: str, source: Source) -> None:
    for response in (as_charlie.get(edit), as_charlie.post(edit, WISH)):
        assert response.status_code == 404
    source.refresh_from_db()
    assert source.schedule == "7 7 * * *"


def test_without_a_user_it_asks_for_one(client: Client, edit: str) -> None:
    assert client.get(edit).url == f"/accounts/login/?next={edit}"
