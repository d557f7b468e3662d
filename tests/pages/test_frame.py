"""POST /language/, POST /workspaces/<id>/enter/, and what surrounds every page"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Workspace
from tests.pages.saying import says


def test_a_language_for_this_browser(client: Client, db: None) -> None:
    response = client.post("/language/", {"language": "ar", "next": "/accounts/login/"})
    assert (response.status_code, response.url) == (302, "/accounts/login/")
    assert client.cookies["django_language"].value == "ar"
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_a_language_for_this_user(as_alice: Client, alice: User) -> None:
    as_alice.post("/language/", {"language": "ar", "next": "/"})
    alice.profile.refresh_from_db()
    assert alice.profile.language == "ar"
    as_alice.post("/language/", {"language": "tlh", "next": "/"})
    alice.profile.refresh_from_db()
    assert alice.profile.language == "ar"


def test_the_theme_is_the_users(as_alice: Client, alice: User) -> None:
    assert '<html lang="en" dir="ltr">' in as_alice.get("/").content.decode()
    alice.profile.theme = "dark"
    alice.profile.save()
    page = as_alice.get("/").content.decode()
    assert '<html lang="en" dir="ltr" data-theme="dark">' in page


def test_enter_another_workspace(as_vera: Client, vera: User) -> None:
    own = vera.personal_workspace
    assert says(as_vera.get("/"), "sub")[0] == "vera · alice"
    response = as_vera.post(f"/workspaces/{own.pk}/enter/")
    assert (response.status_code, response.url) == (302, "/")
    assert says(as_vera.get("/"), "sub")[0] == "vera · vera"


def test_a_stranger_does_not_get_in(
    as_charlie: Client, charlie: User, alice: User
) -> None:
    other = alice.personal_workspace
    assert as_charlie.post(f"/workspaces/{other.pk}/enter/").status_code == 404
    assert Workspace.objects.current_of(charlie) == charlie.personal_workspace


def test_who_is_no_longer_a_member_is_back_home(as_vera: Client, vera: User) -> None:
    vera.memberships.exclude(workspace=vera.personal_workspace).delete()
    assert says(as_vera.get("/"), "sub")[0] == "vera · vera"
