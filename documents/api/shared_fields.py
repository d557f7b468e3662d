"""The columns that all templates of a workspace share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.lookup import visible, workspace_for
from documents.models import Workspace
from documents.services.shared_fields import set_shared_fields, shared_fields
from engines import KINDS


class SharedFieldIn(Wish):
    """A column; its constant is what records get where no region fills it."""

    name = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(KINDS, default="text")
    constant = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SharedFieldsIn(Wish):
    fields = SharedFieldIn(many=True)
    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )


class SharedFieldOut(serializers.Serializer):
    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    constant = serializers.CharField()


class SharedFieldsOut(serializers.Serializer):
    workspace = serializers.UUIDField()
    fields = SharedFieldOut(many=True)


class WhoseIn(serializers.Serializer):
    """What the query may say."""

    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )


class SharedFields(APIView):
    @extend_schema(parameters=[WhoseIn], responses=SharedFieldsOut)
    def get(self, request: Request) -> Response:
        """The shared fields in their order."""
        wish = WhoseIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        workspace = request.user.personal_workspace
        if pk := wish.validated_data.get("workspace"):
            workspace = visible(Workspace.objects, request.user, pk=pk)
        return told(workspace, shared_fields(workspace))

    @extend_schema(
        request=SharedFieldsIn,
        responses={200: SharedFieldsOut, 400: ErrorOut, 403: ErrorOut, 404: ErrorOut},
    )
    def put(self, request: Request) -> Response:
        """Set the whole list; what a template fills must stay in it."""
        wish = SharedFieldsIn(data=request.data)
        wish.is_valid(raise_exception=True)
        workspace = workspace_for(request.user, wish.validated_data.get("workspace"))
        return told(workspace, set_shared_fields(workspace, request.data["fields"]))


def told(workspace: Workspace, fields: list[Any]) -> Response:
    answer = {"workspace": workspace.pk, "fields": fields}
    return Response(SharedFieldsOut(answer).data)
