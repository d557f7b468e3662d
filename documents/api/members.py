"""Who belongs to a workspace, as what, and the invitations that let people in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import owned, visible
from documents.models import Invitation, Membership, Workspace
from documents.models.people import Role
from documents.services.workspaces import (
    accept_invitation,
    change_role,
    invite,
    remove_member,
    revoke_invitation,
)


class RoleIn(Wish):
    role = serializers.ChoiceField(Role.choices)


class TokenIn(Wish):
    token = serializers.CharField(max_length=200)


class MemberOut(serializers.ModelSerializer):
    user = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    since = serializers.DateTimeField(source="created")

    class Meta:
        model = Membership
        fields = ["user", "username", "role", "since"]


class InvitationOut(serializers.ModelSerializer):
    class Meta:
        model = Invitation
        fields = ["id", "role", "created", "expires"]


class NewInvitationOut(InvitationOut):
    token = serializers.CharField(help_text="Lets one person in; shown this one time.")

    class Meta(InvitationOut.Meta):
        fields = [*InvitationOut.Meta.fields, "token"]


class Members(ListAPIView):
    """Who belongs to the workspace, as what."""

    queryset = Membership.objects.select_related("user")
    serializer_class = MemberOut
    ordering_fields = ["created"]
    ordering = ["created"]

    def get_queryset(self) -> QuerySet:
        workspace = visible(Workspace.objects, self.request.user, pk=self.kwargs["pk"])
        return super().get_queryset().filter(workspace=workspace)


class OneMember(APIView):
    @extend_schema(request=RoleIn, responses={200: MemberOut, 409: ErrorOut})
    def patch(self, request: Request, pk: UUID, user: int) -> Response:
        """Change what a member is: owners only."""
        membership = self.membership(request, pk, user)
        wish = RoleIn(data=request.data)
        wish.is_valid(raise_exception=True)
        change_role(membership, **wish.validated_data)
        return Response(MemberOut(membership).data)

    @extend_schema(responses={204: None, 409: ErrorOut})
    def delete(self, request: Request, pk: UUID, user: int) -> Response:
        """Send a member away: owners only; anybody may go by themselves."""
        remove_member(self.membership(request, pk, user))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def membership(self, request: Request, pk: UUID, user: int) -> Membership:
        leaving = request.method == "DELETE" and request.user.pk == user
        find = visible if leaving else owned
        workspace = find(Workspace.objects, request.user, pk=pk)
        members = workspace.memberships.select_related("user", "workspace")
        return get_object_or_404(members, user__pk=user)


class Invitations(ListAPIView):
    """Invitations that still let somebody in: owners only."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationOut
    ordering_fields = ["created", "expires"]
    ordering = ["-created"]

    def get_queryset(self) -> QuerySet:
        workspace = owned(Workspace.objects, self.request.user, pk=self.kwargs["pk"])
        return workspace.invitations.open()

    @schema.post(RoleIn, {201: NewInvitationOut})
    @idempotent(hiding="token")
    def post(self, request: Request, pk: UUID) -> Response:
        """Invite one person: owners only. The token is shown this one time."""
        workspace = owned(Workspace.objects, request.user, pk=pk)
        wish = RoleIn(data=request.data)
        wish.is_valid(raise_exception=True)
        invitation, token = invite(workspace, by=request.user, **wish.validated_data)
        answer = {**InvitationOut(invitation).data, "token": token}
        return Response(answer, status=status.HTTP_201_CREATED)


class OneInvitation(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, invitation: UUID) -> Response:
        """Take an invitation back: owners only."""
        workspace = owned(Workspace.objects, request.user, pk=pk)
        opened = get_object_or_404(workspace.invitations.open(), pk=invitation)
        revoke_invitation(opened)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AcceptInvitation(APIView):
    @schema.post(TokenIn, {200: MemberOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Become a member of the workspace that the token is for."""
        wish = TokenIn(data=request.data)
        wish.is_valid(raise_exception=True)
        membership = accept_invitation(request.user, **wish.validated_data)
        return Response(MemberOut(membership).data)
