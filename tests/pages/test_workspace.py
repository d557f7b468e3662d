"""GET /workspace/ and the acts on workspaces, members and invitations"""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Invitation, Membership, Workspace
from documents.services.workspaces import create_workspace, invite

URL = "/workspace/"


@pytest.fixture
def office(alice: User) -> Workspace:
    office = create_workspace(alice, "Office")
    alice.profile.workspace = office
    alice.profile.save()
    return office


@pytest.fixture
def vera(office: Workspace) -> User:
    """Sees the office, and may not manage it."""
    vera = User.objects.create_user("vera")
    office.memberships.create(user=vera, role="reviewer")
    vera.profile.workspace = office
    vera.profile.save()
    return vera


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def people(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.memberships.values_list("user__username", "role"))


def text(client: Client) -> str:
    return client.get(URL).content.decode()


def doors(office: Workspace, vera: User, alice: User) -> list[tuple[str, dict]]:
    invitation, _ = invite(office, by=alice, role="viewer")
    membership = office.memberships.get(user=vera)
    return [
        (f"/workspaces/{office.pk}/rename/", {"name": "Mine now"}),
        (f"/workspaces/{office.pk}/delete/", {}),
        (f"/workspaces/{office.pk}/invite/", {"role": "owner"}),
        (f"/members/{membership.pk}/role/", {"role": "owner"}),
        (f"/members/{membership.pk}/remove/", {}),
        (f"/invitations/{invitation.pk}/revoke/", {}),
    ]


def test_it_works(client: Client, office: Workspace, vera: User) -> None:
    page = client.get(URL)
    assert page.context["place"] == office
    assert [member.user.username for member in page.context["members"]] == [
        "alice",
        "vera",
    ]
    assert "2 members" in page.content.decode()
    assert "Role of vera" in page.content.decode()


def test_a_member_sees_and_manages_nothing(office: Workspace, vera: User) -> None:
    client = Client()
    client.force_login(vera)
    page = text(client)
    assert "alice@example.org" in page
    assert "Role of" not in page
    assert "Invite somebody" not in page
    assert "Leave this workspace" in page
    assert "Delete this workspace" not in page


def test_strangers_find_nothing(
    office: Workspace, vera: User, alice: User, charlie: User
) -> None:
    stranger = Client()
    stranger.force_login(charlie)
    assert stranger.get(URL).context["place"] == charlie.personal_workspace
    leave = (f"/workspaces/{office.pk}/leave/", {})
    for url, form in [*doors(office, vera, alice), leave]:
        assert stranger.post(url, form).status_code == 404
    assert people(office) == {"alice": "owner", "vera": "reviewer"}
    assert stranger.post(f"/workspaces/{uuid4()}/rename/").status_code == 404


def test_members_without_the_right_are_told(
    office: Workspace, vera: User, alice: User
) -> None:
    client = Client()
    client.force_login(vera)
    for url, form in doors(office, vera, alice):
        response = client.post(url, form)
        assert response.status_code == 403
        assert "Only an owner of “Office” may do this" in response.content.decode()
    assert people(office) == {"alice": "owner", "vera": "reviewer"}
    assert Workspace.objects.get(pk=office.pk).name == "Office"


def test_visitors_log_in_first(office: Workspace, vera: User, alice: User) -> None:
    for url, form in doors(office, vera, alice):
        assert Client().post(url, form).url == f"/accounts/login/?next={url}"


def test_doors_open_by_post_only(
    client: Client, office: Workspace, vera: User, alice: User
) -> None:
    statuses = {client.get(url).status_code for url, _ in doors(office, vera, alice)}
    assert statuses == {405}


def test_create(client: Client, alice: User) -> None:
    assert client.post("/workspaces/create/", {"name": " Office "}).url == URL
    office = Workspace.objects.get(name="Office")
    assert people(office) == {"alice": "owner"}
    assert client.get(URL).context["place"] == office


def test_a_workspace_has_a_name(client: Client, office: Workspace) -> None:
    for url in ("/workspaces/create/", f"/workspaces/{office.pk}/rename/"):
        page = client.post(url, {"name": " "}, follow=True)
        assert "This field is required." in page.content.decode()
    assert Workspace.objects.count() == 2


def test_rename(client: Client, office: Workspace) -> None:
    client.post(f"/workspaces/{office.pk}/rename/", {"name": "Branch"})
    assert Workspace.objects.get(pk=office.pk).name == "Branch"


def test_delete(client: Client, office: Workspace, alice: User) -> None:
    page = client.post(f"/workspaces/{office.pk}/delete/", follow=True)
    assert "The workspace “Office” is deleted." in page.content.decode()
    assert page.context["place"] == alice.personal_workspace


def test_invite_shows_the_link_once(client: Client, office: Workspace) -> None:
    page = client.post(f"/workspaces/{office.pk}/invite/", {"role": "viewer"})
    link = page.context["link"]
    assert re.fullmatch(r"http://testserver/invitations/[\w-]{43}/", link)
    assert f'value="{link}"' in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    later = text(client)
    assert "made by alice" in later
    assert link not in later


def test_revoke_an_invitation(client: Client, office: Workspace, alice: User) -> None:
    invitation, _token = invite(office, by=alice, role="viewer")
    page = client.post(f"/invitations/{invitation.pk}/revoke/", follow=True)
    assert "its link is void" in page.content.decode()
    assert Invitation.objects.count() == 0
    assert client.post(f"/invitations/{invitation.pk}/revoke/").status_code == 404


def test_change_a_role(client: Client, office: Workspace, vera: User) -> None:
    membership = Membership.objects.get(workspace=office, user=vera)
    client.post(f"/members/{membership.pk}/role/", {"role": "viewer"})
    assert people(office) == {"alice": "owner", "vera": "viewer"}
    client.post(f"/members/{membership.pk}/role/", {"role": "king"})
    assert people(office) == {"alice": "owner", "vera": "viewer"}


def test_remove_a_member(client: Client, office: Workspace, vera: User) -> None:
    membership = Membership.objects.get(workspace=office, user=vera)
    page = client.post(f"/members/{membership.pk}/remove/", follow=True)
    assert "vera is no longer a member." in page.content.decode()
    assert people(office) == {"alice": "owner"}


def test_the_last_owner_stays(client: Client, office: Workspace, alice: User) -> None:
    membership = Membership.objects.get(workspace=office, user=alice)
    for url, form in [
        (f"/workspaces/{office.pk}/leave/", {}),
        (f"/members/{membership.pk}/role/", {"role": "viewer"}),
        (f"/members/{membership.pk}/remove/", {}),
    ]:
        page = client.post(url, form, follow=True).content.decode()
        assert "A workspace needs an owner." in page
    assert people(office) == {"alice": "owner"}


def test_leave(office: Workspace, vera: User) -> None:
    client = Client()
    client.force_login(vera)
    page = client.post(f"/workspaces/{office.pk}/leave/", follow=True)
    assert "You have left “Office”." in page.content.decode()
    assert page.context["place"] == vera.personal_workspace


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    client: Client, office: Workspace, rows: int, django_assert_num_queries
) -> None:
    for row in range(rows):
        user = User.objects.create_user(f"user{row}")
        office.memberships.create(user=user, role="viewer")
        invite(office, by=user, role="viewer")
    client.get(URL)
    with django_assert_num_queries(10):
        client.get(URL)
