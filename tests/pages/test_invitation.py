"""GET /invitations/<token>/, GET /join/, POST /join/accept/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Invitation, Workspace
from documents.services.workspaces import create_workspace, invite


@pytest.fixture
def office(alice: User) -> Workspace:
    return create_workspace(alice, "Office")


@pytest.fixture
def token(office: Workspace, alice: User) -> str:
    return invite(office, by=alice, role="reviewer")[1]


def people(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.memberships.values_list("user__username", "role"))


def test_it_works(client: Client, office: Workspace, token: str, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(f"/invitations/{token}/").url == "/join/"
    page = client.get("/join/").content.decode()
    assert "alice invites you as Reviewer." in page
    assert "Join as charlie" in page
    assert client.post("/join/accept/").url == "/"
    assert people(office) == {"alice": "owner", "charlie": "reviewer"}
    assert client.get("/workspace/").context["place"] == office


def test_looking_joins_nobody(
    client: Client, office: Workspace, token: str, charlie: User
) -> None:
    client.force_login(charlie)
    client.get(f"/invitations/{token}/")
    client.get("/join/")
    assert client.get("/join/accept/").status_code == 405
    assert people(office) == {"alice": "owner"}


def test_it_survives_the_log_in(
    client: Client, office: Workspace, token: str, charlie: User
) -> None:
    page = client.get(f"/invitations/{token}/", follow=True).content.decode()
    assert 'href="/accounts/signup/"' in page
    assert 'href="/accounts/login/?next=/join/"' in page
    form = {"login": "charlie", "password": "battery staple", "next": "/join/"}
    assert client.post("/accounts/login/", form).url == "/join/"
    client.post("/join/accept/")
    assert people(office) == {"alice": "owner", "charlie": "reviewer"}


@pytest.mark.parametrize("token", ["forged", "x" * 200, "%00", "<script>"])
def test_a_forged_link_is_void(client: Client, db: None, token: str) -> None:
    page = client.get(f"/invitations/{token}/", follow=True)
    assert page.status_code == 404
    assert "<script>" not in page.content.decode()


def test_a_digest_is_no_key(client: Client, token: str, charlie: User) -> None:
    client.force_login(charlie)
    client.get(f"/invitations/{Invitation.objects.get().digest}/")
    page = client.post("/join/accept/", follow=True).content.decode()
    assert "This invitation is used up or has expired." in page


def test_who_has_none_joins_nothing(client: Client, charlie: User) -> None:
    assert client.post("/join/accept/").url.startswith("/accounts/login/")
    client.force_login(charlie)
    assert client.get("/join/").status_code == 404
    page = client.post("/join/accept/", follow=True).content.decode()
    assert "This invitation is used up or has expired." in page
