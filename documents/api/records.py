"""Records: one invoice each, with its fields, its doubts and its approval."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.filters import RecordFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, changeable
from documents.api.record_fields import FieldOut
from documents.models import Field, Record
from documents.services.records import approve, delete_record, merge, reopen, split

REFUSED = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut}
WHOLE = Record.objects.select_related("version", "approved_by").prefetch_related(
    Prefetch("fields", Field.objects.select_related("record__version"))
)


class RecordOut(serializers.ModelSerializer):
    template = serializers.UUIDField(source="version.template_id")
    version = serializers.IntegerField(source="version.number")
    total = serializers.DecimalField(
        max_digits=20, decimal_places=4, normalize_output=True, allow_null=True
    )
    broken = serializers.JSONField(help_text=_("Rules that do not hold."))
    approved_by = serializers.CharField(
        source="approved_by.username",
        default=None,
        allow_null=True,
        help_text=_("null with a time: by itself, since nothing was in doubt"),
    )
    doubts = serializers.IntegerField(help_text=_("Fields that wait for someone."))

    class Meta:
        model = Record
        fields = [
            *("id", "workspace", "document", "job", "template", "version"),
            *("first_page", "last_page", "score", "rung", "state", "supplier"),
            *("number", "date", "total", "currency", "broken", "twin", "doubts"),
            *("approved", "approved_by", "exported", "changed_since_export"),
            *("created", "updated"),
        ]


class WholeRecordOut(RecordOut):
    fields_of_record = FieldOut(many=True, source="fields.all")

    class Meta(RecordOut.Meta):
        fields = [*RecordOut.Meta.fields, "fields_of_record"]

    def get_fields(self) -> dict[str, serializers.Field]:
        # `fields` is a property of every serializer: it cannot be an attribute here.
        found = super().get_fields()
        return {**found, "fields": found.pop("fields_of_record")}


class SplitIn(Wish):
    page = serializers.IntegerField(help_text=_("Of the document."))


class Records(Visible, ListAPIView):
    """Your records, the newest first."""

    queryset = Record.objects.select_related("version", "approved_by")
    serializer_class = RecordOut
    filterset_class = RecordFilter
    ordering_fields = ["created", "updated", "date", "supplier", "number", "total"]
    ordering = ["-created"]

    def paginate_queryset(self, queryset: QuerySet) -> list[Record]:
        """One page of records; only their doubts are counted, not all there are."""
        rows = super().paginate_queryset(queryset)
        keys = [row.pk for row in rows]
        doubts = Field.objects.to_review().filter(record__in=keys).order_by()
        counted = dict(doubts.values_list("record").annotate(Count("pk")))
        for row in rows:
            row.doubts = counted.get(row.pk, 0)
        return rows


class OneRecord(Visible, RetrieveAPIView):
    """A record with its fields."""

    queryset = WHOLE
    serializer_class = WholeRecordOut

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_doubts()

    @extend_schema(responses={204: None, **REFUSED})
    def delete(self, request: Request, pk: UUID) -> Response:
        """It was no invoice: gone, with its fields; the document stays."""
        delete_record(one_to_change(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ApproveRecord(APIView):
    @schema.post(None, {200: WholeRecordOut, **REFUSED})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """It is right as it stands; 409 while fields of it wait for someone."""
        record = one_to_change(request, pk)
        approve(record, user=request.user)
        return told(record)


class ReopenRecord(APIView):
    @schema.post(None, {200: WholeRecordOut, **REFUSED})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Take its approval back."""
        record = one_to_change(request, pk)
        reopen(record, user=request.user)
        return told(record)


class SplitRecord(APIView):
    @schema.post(SplitIn, {201: WholeRecordOut, **REFUSED})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Another record begins at a page of this one; it is answered."""
        record = one_to_change(request, pk)
        wish = SplitIn(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            begun = split(record, wish.validated_data["page"], user=request.user)
        except ValueError as refusal:
            raise serializers.ValidationError({"page": [str(refusal)]}) from None
        return told(begun, status.HTTP_201_CREATED)


class MergeRecord(APIView):
    @schema.post(None, {200: WholeRecordOut, **REFUSED})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Join it to the one before it in the document, which is answered."""
        record = one_to_change(request, pk)
        try:
            joined = merge(record, user=request.user)
        except ValueError as refusal:
            raise serializers.ValidationError(str(refusal)) from None
        return told(joined)


def one_to_change(request: Request, pk: UUID) -> Record:
    return changeable(Record.objects, request.user, pk=pk)


def told(record: Record, status_code: int = status.HTTP_200_OK) -> Response:
    whole = WHOLE.with_doubts().get(pk=record.pk)
    return Response(WholeRecordOut(whole).data, status=status_code)
