"""/api/v1/workspaces/{id}/members/, …/invitations/ and /api/v1/invitations/accept/"""

from __future__ import annotations

import pytest

from documents.models import Invitation, Membership
from documents.models.people import Role
from documents.services.workspaces import invite
from tests.api.conftest import error

URL = "/api/v1/workspaces/{}/"


@pytest.fixture
def url(workspace) -> str:
    return URL.format(workspace.pk)


def shown(membership: Membership) -> dict[str, object]:
    return {
        "user": membership.user_id,
        "username": membership.user.username,
        "role": membership.role,
        "since": membership.created.isoformat().replace("+00:00", "Z"),
    }


def test_it_works(api, alice, vera, workspace, url, django_assert_num_queries):
    api.force_authenticate(vera)
    with django_assert_num_queries(3):  # the workspace, count, members
        response = api.get(f"{url}members/")
    assert response.status_code == 200
    first, second = workspace.memberships.select_related("user")
    assert response.json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [shown(first), shown(second)],
    }


def test_change_a_role(api, alice, vera, workspace, url):
    api.force_authenticate(alice)
    response = api.patch(f"{url}members/{vera.pk}/", {"role": "reviewer"})
    assert response.status_code == 200
    membership = Membership.objects.get(workspace=workspace, user=vera)
    assert membership.role == Role.REVIEWER
    assert response.json() == shown(membership)


def test_the_last_owner_stays(api, alice, url):
    api.force_authenticate(alice)
    refusal = error(
        "This is the personal workspace of alice, who stays its owner.",
        "workspace_error",
    )
    response = api.patch(f"{url}members/{alice.pk}/", {"role": "viewer"})
    assert (response.status_code, response.json()) == (409, refusal)
    response = api.delete(f"{url}members/{alice.pk}/")
    assert (response.status_code, response.json()) == (409, refusal)


def test_send_a_member_away(api, alice, vera, workspace, url):
    api.force_authenticate(alice)
    response = api.delete(f"{url}members/{vera.pk}/")
    assert (response.status_code, response.content) == (204, b"")
    assert not workspace.memberships.filter(user=vera).exists()


def test_anybody_may_leave(api, vera, workspace, url):
    api.force_authenticate(vera)
    assert api.delete(f"{url}members/{vera.pk}/").status_code == 204
    assert api.get(url).status_code == 404


def test_a_member_who_is_none(api, alice, charlie, url):
    api.force_authenticate(alice)
    assert api.delete(f"{url}members/{charlie.pk}/").status_code == 404
    assert (
        api.patch(f"{url}members/{charlie.pk}/", {"role": "owner"}).status_code == 404
    )


@pytest.mark.parametrize("role", ["king", "", None, 7, ["owner"]])
def test_a_role_that_there_is_not(api, alice, vera, url, role):
    api.force_authenticate(alice)
    response = api.patch(f"{url}members/{vera.pk}/", {"role": role})
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == ["role"]


def test_invite_and_accept(api, alice, charlie, workspace, url):
    api.force_authenticate(alice)
    response = api.post(f"{url}invitations/", {"role": "reviewer"})
    assert response.status_code == 201
    answer = response.json()
    token = answer.pop("token")
    invitation = Invitation.objects.get()
    assert answer == {
        "id": str(invitation.pk),
        "role": "reviewer",
        "created": invitation.created.isoformat().replace("+00:00", "Z"),
        "expires": invitation.expires.isoformat().replace("+00:00", "Z"),
    }
    assert api.get(f"{url}invitations/").json()["results"] == [answer]
    api.force_authenticate(charlie)
    response = api.post("/api/v1/invitations/accept/", {"token": token})
    assert response.status_code == 200
    membership = Membership.objects.get(workspace=workspace, user=charlie)
    assert response.json() == shown(membership)
    assert membership.role == Role.REVIEWER


def test_a_token_that_lets_nobody_in(api, charlie):
    api.force_authenticate(charlie)
    response = api.post("/api/v1/invitations/accept/", {"token": "guess"})
    assert response.status_code == 409
    assert response.json() == error(
        "This invitation is used up or has expired. Ask for a new link.",
        "invitation_error",
    )


def test_take_an_invitation_back(api, alice, workspace, url):
    invitation, _token = invite(workspace, by=alice, role=Role.VIEWER)
    api.force_authenticate(alice)
    response = api.delete(f"{url}invitations/{invitation.pk}/")
    assert (response.status_code, response.content) == (204, b"")
    assert Invitation.objects.count() == 0


def test_a_number_that_no_user_can_have(api, alice, workspace):
    api.force_authenticate(alice)
    url = f"/api/v1/workspaces/{workspace.pk}/members/{2**64}/"
    assert api.patch(url, {"role": "viewer"}).status_code == 404
    assert api.delete(url).status_code == 404
