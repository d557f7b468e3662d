"""Workspaces: who is in, who may go, and links that let one person in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Document, Invitation, Membership, Workspace
from documents.services.workspaces import (
    InvitationError,
    WorkspaceError,
    accept_invitation,
    change_role,
    create_workspace,
    delete_workspace,
    invite,
    leave,
    remove_member,
    rename_workspace,
    revoke_invitation,
)

LAST_OWNER = "A workspace needs an owner. Make another member owner first."
USED_UP = "This invitation is used up or has expired. Ask for a new link."


@pytest.fixture
def office(alice: User) -> Workspace:
    return create_workspace(alice, "Office")


def people(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.memberships.values_list("user__username", "role"))


def member(workspace: Workspace, user: User) -> Membership:
    return workspace.memberships.get(user=user)


def join(workspace: Workspace, user: User, role: str) -> Membership:
    return workspace.memberships.create(user=user, role=role)


def test_a_new_user_has_a_workspace_and_a_profile(alice: User) -> None:
    workspace = Workspace.objects.get(personal_of=alice)
    assert people(workspace) == {"alice": "owner"}
    assert alice.profile.workspace == workspace


def test_its_maker_owns_it(office: Workspace) -> None:
    assert people(office) == {"alice": "owner"}
    rename_workspace(office, "Branch")
    assert Workspace.objects.get(pk=office.pk).name == "Branch"


def test_a_link_lets_its_bearer_in(
    office: Workspace, alice: User, charlie: User
) -> None:
    invitation, token = invite(office, by=alice, role="reviewer")
    assert token not in str(Invitation.objects.values())
    assert timedelta(days=6) < invitation.expires - timezone.now() < timedelta(days=8)

    accept_invitation(charlie, token)

    assert people(office) == {"alice": "owner", "charlie": "reviewer"}
    assert Workspace.objects.current_of(User.objects.get(pk=charlie.pk)) == office
    assert list(Invitation.objects.values_list("accepted_by", flat=True)) == [
        charlie.pk
    ]


def test_a_link_is_used_once(office: Workspace, alice: User, charlie: User) -> None:
    _, token = invite(office, by=alice, role="viewer")
    accept_invitation(charlie, token)
    bob = User.objects.create_user("bob")
    with pytest.raises(InvitationError, match=USED_UP):
        accept_invitation(bob, token)
    charlie.delete()
    with pytest.raises(InvitationError, match=USED_UP):
        accept_invitation(bob, token)
    assert people(office) == {"alice": "owner"}


def test_a_member_does_not_use_up_a_link(office: Workspace, alice: User) -> None:
    invitation, token = invite(office, by=alice, role="viewer")
    assert accept_invitation(alice, token).role == "owner"
    assert list(Invitation.objects.open()) == [invitation]


@pytest.mark.parametrize("end", ["expire", "revoke", "forge"])
def test_a_link_ends(office: Workspace, alice: User, charlie: User, end: str) -> None:
    invitation, token = invite(office, by=alice, role="viewer")
    if end == "expire":
        Invitation.objects.update(expires=timezone.now())
    elif end == "revoke":
        revoke_invitation(invitation)
    else:
        token = invitation.digest
    with pytest.raises(InvitationError, match=USED_UP):
        accept_invitation(charlie, token)
    assert people(office) == {"alice": "owner"}


@pytest.mark.parametrize("end", ["remove", "demote"])
def test_links_die_with_the_right_to_make_them(
    office: Workspace, alice: User, charlie: User, end: str
) -> None:
    join(office, charlie, "owner")
    invite(office, by=charlie, role="owner")
    kept, _ = invite(office, by=alice, role="viewer")
    if end == "remove":
        remove_member(member(office, charlie))
    else:
        change_role(member(office, charlie), "reviewer")
    assert list(Invitation.objects.open()) == [kept]


def test_roles_change(office: Workspace, charlie: User) -> None:
    join(office, charlie, "viewer")
    change_role(member(office, charlie), "owner")
    assert people(office) == {"alice": "owner", "charlie": "owner"}
    leave(office, User.objects.get(username="alice"))
    assert people(office) == {"charlie": "owner"}


def test_the_last_owner_stays(office: Workspace, alice: User, charlie: User) -> None:
    join(office, charlie, "reviewer")
    for act in (
        lambda: leave(office, alice),
        lambda: remove_member(member(office, alice)),
        lambda: change_role(member(office, alice), "viewer"),
    ):
        with pytest.raises(WorkspaceError, match=LAST_OWNER):
            act()
    assert people(office) == {"alice": "owner", "charlie": "reviewer"}


def test_a_personal_workspace_keeps_its_person(alice: User, charlie: User) -> None:
    own = Workspace.objects.get(personal_of=alice)
    join(own, charlie, "owner")
    for act in (
        lambda: leave(own, alice),
        lambda: change_role(member(own, alice), "viewer"),
        lambda: delete_workspace(own),
    ):
        with pytest.raises(WorkspaceError, match="personal workspace"):
            act()
    leave(own, charlie)
    assert people(own) == {"alice": "owner"}


def test_only_an_empty_workspace_is_deleted(office: Workspace) -> None:
    document = Document.objects.create(
        workspace=office, name="a", size=1, page_count=1, trashed=timezone.now()
    )
    with pytest.raises(WorkspaceError, match="still holds documents"):
        delete_workspace(office)
    document.delete()
    delete_workspace(office)
    assert list(Workspace.objects.filter(pk=office.pk)) == []


def test_who_left_works_in_their_own(
    office: Workspace, alice: User, charlie: User
) -> None:
    _, token = invite(office, by=alice, role="viewer")
    accept_invitation(charlie, token)
    leave(office, charlie)
    charlie = User.objects.get(pk=charlie.pk)
    assert Workspace.objects.current_of(charlie).personal_of == charlie
