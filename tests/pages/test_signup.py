"""GET and POST /accounts/signup/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.models import Workspace
from documents.services.workspaces import create_workspace, invite, revoke_invitation

URL = "/accounts/signup/"


def sign_up(client: Client, name: str = "dora") -> HttpResponse:
    password = "gargle-9-blaster"
    return client.post(
        URL, {"username": name, "password1": password, "password2": password}
    )


@pytest.fixture
def office(alice: User) -> Workspace:
    return create_workspace(alice, "Office")


@pytest.fixture
def token(office: Workspace, alice: User) -> str:
    return invite(office, by=alice, role="reviewer")[1]


def test_it_works_by_invitation(client: Client, office: Workspace, token: str) -> None:
    client.get(f"/invitations/{token}/")
    response = sign_up(client)
    assert (response.status_code, response.url) == (302, "/")
    dora = User.objects.get(username="dora")
    assert client.session["_auth_user_id"] == str(dora.pk)
    assert dora.memberships.get(workspace=office).role == "reviewer"
    assert Workspace.objects.current_of(dora) == office
    assert dora.personal_workspace.name == "dora"


def test_it_is_closed_to_strangers(client: Client, db: None) -> None:
    assert "By invitation only" in client.get(URL).content.decode()
    assert "By invitation only" in sign_up(client).content.decode()
    assert list(User.objects.all()) == []
    assert URL not in client.get("/accounts/login/").content.decode()


def test_it_can_be_opened(client: Client, db: None, settings) -> None:
    settings.SIGN_UP_OPEN = True
    assert URL in client.get("/accounts/login/").content.decode()
    assert sign_up(client).url == "/"
    assert [user.username for user in User.objects.all()] == ["dora"]


def test_a_link_makes_one_account(client: Client, token: str) -> None:
    other = Client()
    for one in (client, other):
        one.get(f"/invitations/{token}/")
    sign_up(client, "dora")
    assert "By invitation only" in sign_up(other, "emil").content.decode()
    assert sorted(user.username for user in User.objects.all()) == ["alice", "dora"]


def test_two_bearers_at_the_same_moment(
    client: Client, office: Workspace, token: str, monkeypatch
) -> None:
    """The second passes the door before the first has used the link up."""
    monkeypatch.setattr("documents.accounts.invitation_of", lambda request: office)
    for name, status in (("dora", 302), ("emil", 403)):
        one = Client()
        one.get(f"/invitations/{token}/")
        assert sign_up(one, name).status_code == status
    assert sorted(user.username for user in User.objects.all()) == ["alice", "dora"]


def test_a_revoked_link_makes_none(
    client: Client, alice: User, office: Workspace
) -> None:
    invitation, token = invite(office, by=alice, role="viewer")
    client.get(f"/invitations/{token}/")
    revoke_invitation(invitation)
    assert "By invitation only" in sign_up(client).content.decode()
    assert [user.username for user in User.objects.all()] == ["alice"]


def test_weak_passwords_are_refused(client: Client, db: None, settings) -> None:
    settings.SIGN_UP_OPEN = True
    for weak in ("password", "12345678", "short", "dora"):
        client.post(URL, {"username": "dora", "password1": weak, "password2": weak})
    assert list(User.objects.all()) == []
