"""The admin's workspaces and their members: /admin/documents/workspace/"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document, Membership, Workspace
from documents.models.people import Role
from tests.admin.conftest import rows_of

URL = "/admin/documents/workspace/"


def form(name: str, *members: dict[str, Any], before: int = 0) -> dict[str, Any]:
    """What the browser sends: the name, and a row for each member."""
    sent: dict[str, Any] = {
        "name": name,
        "memberships-TOTAL_FORMS": len(members),
        "memberships-INITIAL_FORMS": before,
    }
    for number, member in enumerate(members):
        for field, value in member.items():
            sent[f"memberships-{number}-{field}"] = value
    return sent


def test_it_works(desk: Client, alice: User, document: Document) -> None:
    assert rows_of(desk.get(URL)) == [
        ["alice", "alice", "1", "1"],
        ["sam", "sam", "1", "0"],
    ]


def test_it_asks_the_same_for_two_rows_and_four(
    desk: Client, alice: User, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    for name in ("dora", "erik"):
        User.objects.create_user(name)
    with django_assert_num_queries(5):
        desk.get(URL)


def test_a_new_one_with_its_owner(desk: Client, alice: User) -> None:
    member = {"user": alice.pk, "role": "owner"}
    response = desk.post(f"{URL}add/", form("Accounts", member))
    assert response.status_code == 302
    workspace = Workspace.objects.get(name="Accounts")
    assert [str(row) for row in workspace.memberships.all()] == [
        "alice in Accounts: owner"
    ]


def test_members_change(desk: Client, alice: User, charlie: User) -> None:
    workspace = alice.personal_workspace
    hers = {
        "id": workspace.memberships.get().pk,
        "workspace": workspace.pk,
        "user": alice.pk,
        "role": "owner",
    }
    his = {"workspace": workspace.pk, "user": charlie.pk, "role": "viewer"}
    url = f"{URL}{workspace.pk}/change/"
    assert desk.post(url, form("Hers", hers, his, before=1)).status_code == 302
    assert list(workspace.memberships.values_list("user__username", "role")) == [
        ("alice", "owner"),
        ("charlie", "viewer"),
    ]


def test_somebody_stays_its_owner(desk: Client, alice: User) -> None:
    workspace = alice.personal_workspace
    member = {
        "id": workspace.memberships.get().pk,
        "workspace": workspace.pk,
        "user": alice.pk,
        "role": "viewer",
    }
    url = f"{URL}{workspace.pk}/change/"
    response = desk.post(url, form("alice", member, before=1))
    assert "A workspace needs an owner: choose at least one." in (
        response.content.decode()
    )
    assert workspace.memberships.get().role == Role.OWNER


def test_only_an_empty_one_may_go(
    desk: Client, alice: User, document: Document
) -> None:
    full, empty = alice.personal_workspace, Workspace.objects.create(name="Empty")
    assert desk.post(f"{URL}{full.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{URL}{empty.pk}/delete/", {"post": "yes"}).status_code == 302
    assert set(Workspace.objects.values_list("name", flat=True)) == {"alice", "sam"}


def test_a_user_with_documents_is_not_deleted(
    desk: Client, alice: User, charlie: User, document: Document
) -> None:
    for user in (alice, charlie):
        desk.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    assert set(User.objects.values_list("username", flat=True)) == {"alice", "sam"}
    assert Membership.objects.count() == 2


def test_a_stranger_finds_nothing(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    url = f"{URL}{charlie.personal_workspace.pk}/change/"
    assert client.get(url).status_code == 404
