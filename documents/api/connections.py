"""Accounts elsewhere that sources read with: yours alone, connected in the browser."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import ErrorOut
from documents.api.lookup import Visible, visible
from documents.models import Connection
from documents.services import connections

PARENT = OpenApiParameter(
    "parent", str, description=_("The id of a folder; where they begin, when left out.")
)


class ConnectionOut(serializers.ModelSerializer):
    trouble = serializers.CharField(
        help_text=_("Why it has to be connected again; empty while it works.")
    )

    class Meta:
        model = Connection
        fields = ["id", "service", "account", "trouble", "created"]


class DisconnectedOut(serializers.Serializer):
    detail = serializers.CharField(help_text=_("What happened, in a sentence."))


class FolderOut(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()


class Connections(Visible, ListAPIView):
    """Your connected accounts. A browser connects them, under “Sources”: somebody has
    to agree there."""

    queryset = Connection.objects.all()
    serializer_class = ConnectionOut
    ordering_fields = ["account", "created"]
    ordering = ["account"]


class OneConnection(APIView):
    @extend_schema(responses=DisconnectedOut)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Disconnect it: the access is given back, and its sources wait."""
        told = connections.disconnect(visible(Connection.objects, request.user, pk=pk))
        return Response({"detail": told})


class ConnectionFolders(APIView):
    @extend_schema(
        parameters=[PARENT], responses={200: FolderOut(many=True), 422: ErrorOut}
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The folders within another one, to choose one for a source."""
        connection = visible(Connection.objects, request.user, pk=pk)
        found = connections.folders(connection, request.query_params.get("parent", ""))
        return Response(FolderOut(found, many=True).data)
