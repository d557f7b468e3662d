"""Workspaces: list, open, rename, close."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, owned
from documents.models import Workspace
from documents.models.people import Role
from documents.services.workspaces import (
    create_workspace,
    delete_workspace,
    rename_workspace,
)


class WorkspaceIn(Wish):
    name = serializers.CharField(max_length=100)


class WorkspaceOut(serializers.ModelSerializer):
    personal = serializers.SerializerMethodField(help_text="Is it your own?")
    role = serializers.ChoiceField(Role.choices, help_text="What you are in it.")

    class Meta:
        model = Workspace
        fields = ["id", "name", "personal", "role", "created"]

    def get_personal(self, workspace: Workspace) -> bool:
        return workspace.personal_of_id == self.context["request"].user.pk


class Workspaces(Visible, ListAPIView):
    """The workspaces that you belong to."""

    queryset = Workspace.objects.all()
    serializer_class = WorkspaceOut
    ordering_fields = ["name", "created"]
    ordering = ["name"]

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_role()

    @schema.post(WorkspaceIn, {201: WorkspaceOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Open a workspace to share; you are its owner."""
        wish = WorkspaceIn(data=request.data)
        wish.is_valid(raise_exception=True)
        workspace = create_workspace(request.user, **wish.validated_data)
        mine = self.get_queryset().get(pk=workspace.pk)
        return Response(
            self.get_serializer(mine).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:workspace", args=[workspace.pk])},
        )


class OneWorkspace(Visible, RetrieveAPIView):
    """A workspace, and what you are in it."""

    queryset = Workspace.objects.all()
    serializer_class = WorkspaceOut

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_role()

    @extend_schema(request=WorkspaceIn, responses=WorkspaceOut)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Give it another name: owners only."""
        workspace = owned(Workspace.objects, request.user, pk=pk)
        wish = WorkspaceIn(data=request.data)
        wish.is_valid(raise_exception=True)
        rename_workspace(workspace, **wish.validated_data)
        return self.get(request, pk=pk)

    @extend_schema(responses={204: None, 409: ErrorOut})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Close it, when it holds no document: owners only."""
        delete_workspace(owned(Workspace.objects, request.user, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
