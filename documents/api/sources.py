"""Sources: made and tested, changed, visited; members see, owners manage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut, Refused
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, owned, visible
from documents.api.source_shapes import (
    PlaceIn,
    RetriedOut,
    RetryIn,
    SourceChange,
    SourceIn,
    SourceItemOut,
    SourceKindOut,
    SourceOut,
    SourceRunOut,
    TriedSourceOut,
    in_its_fields,
    wished,
)
from documents.models import Source, SourceItem, SourceRun, Workspace
from documents.services import sources
from documents.sources import KINDS

BAD = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut}
# 422: its place does not let itself be looked at; 503: too many others wait for theirs.
TRIED = {**BAD, 422: ErrorOut, 503: ErrorOut}


class SourceFilter(filters.FilterSet):
    workspace = filters.UUIDFilter("workspace_id")
    kind = filters.CharFilter()
    paused = filters.BooleanFilter()

    class Meta:
        model = Source
        fields: list[Any] = []


class SourceItemFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(choices=SourceItem.State.choices)

    class Meta:
        model = SourceItem
        fields: list[Any] = []


@contextmanager
def refusing() -> Iterator[None]:
    try:
        yield
    except sources.InvalidSource as error:
        raise in_its_fields(error) from None


def understood(kind: type[Wish], request: Request, **how: Any) -> dict[str, Any]:
    wish = kind(data=request.data, **how)
    wish.is_valid(raise_exception=True)
    return dict(wish.validated_data)


def shown(source: Source) -> dict[str, Any]:
    return SourceOut(Source.objects.with_counts().get(pk=source.pk)).data


def address(source: Source) -> dict[str, str]:
    return {"Location": reverse("api:source", args=[source.pk])}


class Sources(Visible, ListAPIView):
    """The sources of your workspaces, never their secrets."""

    queryset = Source.objects.with_counts()
    serializer_class = SourceOut
    filterset_class = SourceFilter
    ordering_fields = ["name", "created", "last_success", "next_run"]
    ordering = ["name"]

    @schema.post(SourceIn, {201: SourceOut, **TRIED})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Have a place visited. It is looked at first: what lets nobody in, or is not
        there, is not kept. With a schedule, the first visit is at once."""
        wish = understood(SourceIn, request)
        workspace = request.user.personal_workspace
        if key := wish.pop("workspace", None):
            workspace = owned(Workspace.objects, request.user, pk=key)
        what = wished(request.user, wish)
        with refusing():
            made = sources.create_source(workspace, owner=request.user, **what)
        return Response(shown(made), status.HTTP_201_CREATED, headers=address(made))


class OneSource(Visible, RetrieveAPIView):
    """A source: where it is, how its visits went, and what became of its files."""

    queryset = Source.objects.with_counts()
    serializer_class = SourceOut

    @extend_schema(request=SourceChange, responses={200: SourceOut, **TRIED})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change it, pause it, or have it go on. A place that changes is looked at
        first; only whoever made the source may change its place."""
        source = owned(Source.objects, request.user, pk=pk)
        wish = understood(SourceChange, request, partial=True)
        paused = wish.pop("paused", source.paused)
        if wish:
            what = wished(request.user, wish)
            with refusing():
                sources.change_source(source, by=request.user, **what)
        if paused != source.paused:
            (sources.pause if paused else sources.resume)(source)
        return Response(shown(source))

    @extend_schema(responses={204: None, **BAD})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Forget it, its secrets and its log. The documents that it brought stay."""
        sources.delete_source(owned(Source.objects, request.user, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SyncSource(APIView):
    @schema.post(None, {202: SourceOut, **BAD})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Visit it now; 409 while it is being visited already, or is paused."""
        source = owned(Source.objects, request.user, pk=pk)
        if source.paused:
            reason = _("The source is paused. Let it go on first.")
            raise Refused(reason, "paused", status.HTTP_409_CONFLICT)
        if not sources.sync_now(source):
            reason = _("The source is being visited already.")
            raise Refused(reason, "running", status.HTTP_409_CONFLICT)
        return Response(
            shown(source), status.HTTP_202_ACCEPTED, headers=address(source)
        )


class RetrySource(APIView):
    @schema.post(RetryIn, {202: RetriedOut, **BAD})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Try files again that failed: some, or all of them."""
        source = owned(Source.objects, request.user, pk=pk)
        wish = understood(RetryIn, request)
        count = sources.retry_items(source, wish.get("items"))
        return Response({"items": count}, status=status.HTTP_202_ACCEPTED)


class TrySource(APIView):
    @schema.post(PlaceIn, {200: TriedSourceOut, **TRIED})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Look at a place; nothing is kept."""
        what = wished(request.user, understood(PlaceIn, request))
        with refusing():
            answer = sources.try_source(
                what["kind"], what["values"], what.get("connection"), request.user
            )
        return Response({"answer": answer})


class OfSource(ListAPIView):
    """A list of what belongs to one source."""

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):  # the schema is made of no call
            return super().get_queryset().none()
        source = visible(Source.objects, self.request.user, pk=self.kwargs["pk"])
        return super().get_queryset().filter(source=source)


class SourceRuns(OfSource):
    """The last visits to a source, the newest first."""

    queryset = SourceRun.objects.all()
    serializer_class = SourceRunOut
    ordering_fields = ["started"]
    ordering = ["-started"]


class SourceItems(OfSource):
    """The files that were found at a source, those that changed last first."""

    queryset = SourceItem.objects.defer("place")
    serializer_class = SourceItemOut
    filterset_class = SourceItemFilter
    ordering_fields = ["updated", "created", "name"]
    ordering = ["-updated"]


class SourceKinds(APIView):
    @extend_schema(responses=SourceKindOut(many=True))
    def get(self, request: Request) -> Response:
        """Every kind of source, with what it asks for and whether you may have one."""
        cards = []
        for kind in KINDS.values():
            reason = sources.why_not_offered(kind, request.user)
            card = {
                "name": kind.name,
                "label": _(kind.label),
                "about": _(kind.about),
                "schema": kind.schema,
                "admins_only": kind.admins_only,
                "connection": kind.connection,
                "available": not reason,
                "reason": reason,
            }
            cards.append(card)
        return Response(SourceKindOut(cards, many=True).data)
