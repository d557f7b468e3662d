"""Tables of records: one row each over all layouts; saved ones know what they took."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, changeable, visible, workspace_for
from documents.api.negotiation import AnyAccept
from documents.models import Record, SavedExport, Workspace
from documents.services.results import Exported
from documents.services.tables import FORMATS, save_export, table, take, take_saved

TABLES = {
    (200, "application/json"): OpenApiTypes.OBJECT,
    (200, "text/csv"): OpenApiTypes.STR,
    (200, FORMATS["xlsx"].media_type): OpenApiTypes.BINARY,
}


class FiltersIn(Wish):
    """Which records."""

    q = serializers.CharField(
        required=False, max_length=200, help_text=_("In supplier, number or file name.")
    )
    state = serializers.ChoiceField(Record.State.choices, required=False)
    template = serializers.UUIDField(required=False)
    document = serializers.UUIDField(required=False)
    batch = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False, help_text=_("By invoice date."))
    until = serializers.DateField(required=False, help_text=_("That day included."))
    exported = serializers.ChoiceField(["yes", "no"], required=False)
    changed = serializers.BooleanField(
        required=False, default=None, help_text=_("Changed since it was exported.")
    )


FILTERS = tuple(FiltersIn().fields)


class TableIn(FiltersIn):
    """Which records, which columns, in what form."""

    columns = serializers.CharField(
        required=False,
        max_length=4000,
        help_text=_("Names with commas, in their order; none: the usual ones."),
    )
    workspace = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        # `as` is a word of the language: it cannot be written as an attribute.
        chosen = serializers.ChoiceField(list(FORMATS), default="json")
        return {"as": chosen, **super().get_fields()}


class SavedIn(Wish):
    name = serializers.CharField(max_length=100)
    columns = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=200
    )
    filters = FiltersIn(required=False)
    workspace = serializers.UUIDField(required=False)


class SavedOut(serializers.ModelSerializer):
    columns = serializers.ListField(child=serializers.CharField())
    filters = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = SavedExport
        fields = ["id", "workspace", "name", "columns", "filters", "created", "taken"]


class TakeIn(Wish):
    def get_fields(self) -> dict[str, serializers.Field]:
        return {"as": serializers.ChoiceField(list(FORMATS), default="json")}


class Exports(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[TableIn], responses={**TABLES, 400: ErrorOut})
    def get(self, request: Request) -> HttpResponse:
        """A table of records. Nothing is marked: ask as often as you like."""
        wish = read(request.query_params.dict(), known_only=True)
        workspace = whose(request, wish)
        return answer(
            table(
                found(request, workspace, wish),
                wish["as"],
                workspace=workspace,
                columns=names_in(wish),
                site=site_of(request),
            )
        )

    @extend_schema(request=TableIn, responses=TABLES)
    def post(self, request: Request) -> HttpResponse:
        """The same, and approved records among them become exported."""
        wish = read(request.data)
        workspace = workspace_for(request.user, wish.get("workspace"))
        return answer(
            take(
                found(request, workspace, wish),
                wish["as"],
                workspace=workspace,
                columns=names_in(wish),
                site=site_of(request),
            )
        )


class SavedExports(Visible, ListAPIView):
    """Tables that are taken again and again."""

    queryset = SavedExport.objects.all()
    serializer_class = SavedOut
    ordering_fields = ["name", "created", "taken"]
    ordering = ["name"]

    @schema.post(SavedIn, {201: SavedOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Keep columns and filters under a name; the same name is saved anew."""
        wish = SavedIn(data=request.data)
        wish.is_valid(raise_exception=True)
        given = wish.validated_data
        filters = given.get("filters", {})
        saved = save_export(
            workspace_for(request.user, given.get("workspace")),
            user=request.user,
            name=given["name"],
            columns=given.get("columns", []),
            filters={k: str(v) for k, v in filters.items() if v not in (None, False)},
        )
        return Response(
            SavedOut(saved).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:saved-export", args=[saved.pk])},
        )


class OneSavedExport(Visible, RetrieveAPIView):
    """A saved table, and when it was taken last."""

    queryset = SavedExport.objects.all()
    serializer_class = SavedOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Forget the table; records stay as they are."""
        changeable(SavedExport.objects, request.user, pk=pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class TakeSavedExport(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(request=TakeIn, responses={**TABLES, 204: None})
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """What it has not taken yet, or what was changed since; 204 when nothing is."""
        saved = changeable(SavedExport.objects, request.user, pk=pk)
        wish = TakeIn(data=request.data)
        wish.is_valid(raise_exception=True)
        as_ = wish.validated_data["as"]
        exported, count = take_saved(
            saved, as_, user=request.user, site=site_of(request)
        )
        if not count:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return answer(exported)


def read(data: dict[str, Any], *, known_only: bool = False) -> dict[str, Any]:
    """The wish in *data*; unknown names of a query are left out, as everywhere."""
    if known_only:
        names = TableIn().fields
        data = {name: value for name, value in data.items() if name in names}
    wish = TableIn(data=data)
    wish.is_valid(raise_exception=True)
    return wish.validated_data


def whose(request: Request, wish: dict[str, Any]) -> Workspace:
    if "workspace" in wish:
        return visible(Workspace.objects, request.user, pk=wish["workspace"])
    return request.user.personal_workspace


def found(request: Request, workspace: Workspace, wish: dict[str, Any]) -> Any:
    filters = {name: wish[name] for name in FILTERS if wish.get(name)}
    mine = Record.objects.visible_to(request.user).filter(workspace=workspace)
    return mine.matching(filters)


def names_in(wish: dict[str, Any]) -> list[str]:
    names = wish.get("columns", "").split(",")
    return [name.strip() for name in names if name.strip()]


def site_of(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def answer(exported: Exported) -> HttpResponse:
    disposition = content_disposition_header(False, exported.name)
    return HttpResponse(
        exported.content,
        content_type=exported.media_type,
        headers={"Content-Disposition": disposition},
    )
