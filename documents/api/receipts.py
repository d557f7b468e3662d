"""Receipts: what was bought where, when and for how much, without a layout."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import ErrorOut
from documents.api.exports import answer, site_of
from documents.api.fields import Wish
from documents.api.filters import SEARCH_LENGTH
from documents.api.lookup import Visible, changeable, visible
from documents.api.negotiation import AnyAccept
from documents.api.shown import PointsField
from documents.models import Document, Receipt
from documents.services.receipts import (
    FORMATS,
    InvalidValue,
    edit_receipt,
    receipts_table,
)
from documents.services.sentences import told
from documents.services.tables import FORMATS as TABLES

FILES = {
    (200, TABLES["xlsx"].media_type): OpenApiTypes.BINARY,
    (200, "text/csv"): OpenApiTypes.STR,
}


class ReasonField(serializers.CharField):
    """A doubt in the caller's language; empty where there is none."""

    def to_representation(self, value: str) -> str:
        return told(value)


class FindingOut(serializers.Serializer):
    raw = serializers.CharField(default="", help_text=_("As it is printed."))
    page = serializers.IntegerField(default=1)
    polygon = PointsField(default=None)
    confidence = serializers.FloatField(default=0.0)
    reason = ReasonField(default="", help_text=_("The doubt, in words."))


class ReceiptOut(serializers.ModelSerializer):
    batch = serializers.UUIDField(source="document.batch_id", allow_null=True)
    total = serializers.DecimalField(
        max_digits=14, decimal_places=3, normalize_output=True, allow_null=True
    )
    tax = serializers.DecimalField(
        max_digits=14, decimal_places=3, normalize_output=True, allow_null=True
    )
    findings = serializers.DictField(
        child=FindingOut(),
        help_text=_("Of each value: where it stands, and why it is in doubt."),
    )
    edited = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Values that a person typed: no later reading changes them."),
    )

    class Meta:
        model = Receipt
        fields = [
            *("document", "workspace", "batch", "job"),
            *("merchant", "date", "total", "currency", "tax", "category"),
            *("findings", "edited", "created", "updated"),
        ]


class ReceiptFilter(filters.FilterSet):
    """By the same words as tables of receipts are filtered."""

    q = filters.CharFilter(
        method="matching", max_length=SEARCH_LENGTH, label="in merchant or file name"
    )
    category = filters.CharFilter(method="matching", max_length=50)
    currency = filters.CharFilter(method="matching", max_length=3)
    batch = filters.UUIDFilter(method="matching")
    document = filters.UUIDFilter(method="matching")
    workspace = filters.UUIDFilter("workspace_id")
    since = filters.DateFilter(method="matching", label="by the receipt's date")
    until = filters.DateFilter(method="matching", label="that day included")
    updated_after = filters.IsoDateTimeFilter("updated", lookup_expr="gt")

    class Meta:
        model = Receipt
        fields: list[Any] = []

    def matching(self, rows: Any, name: str, value: Any) -> Any:
        return rows.matching({name: value})


class TableIn(Wish):
    """Which receipts, and in what form."""

    q = serializers.CharField(
        required=False, max_length=200, help_text=_("In merchant or file name.")
    )
    category = serializers.CharField(required=False, max_length=50)
    currency = serializers.CharField(required=False, max_length=3)
    batch = serializers.UUIDField(required=False)
    document = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False, help_text=_("By its date."))
    until = serializers.DateField(required=False, help_text=_("That day included."))
    workspace = serializers.UUIDField(
        required=False, help_text=_("None: all that you see.")
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        # `as` is a word of the language: it cannot be written as an attribute.
        chosen = serializers.ChoiceField(list(FORMATS), default="csv")
        return {"as": chosen, **super().get_fields()}


class ReceiptChange(Wish):
    merchant = serializers.CharField(required=False, allow_blank=True, max_length=200)
    date = serializers.DateField(required=False, allow_null=True)
    total = serializers.DecimalField(
        max_digits=14, decimal_places=3, required=False, allow_null=True
    )
    currency = serializers.CharField(required=False, allow_blank=True, max_length=3)
    tax = serializers.DecimalField(
        max_digits=14, decimal_places=3, required=False, allow_null=True
    )
    category = serializers.CharField(required=False, max_length=50)


class Receipts(Visible, ListAPIView):
    """Your receipts, by category and date."""

    queryset = Receipt.objects.select_related("document")
    serializer_class = ReceiptOut
    filterset_class = ReceiptFilter
    ordering_fields = [
        *("category", "date", "merchant", "total", "currency"),
        *("created", "updated"),
    ]
    ordering = ["category", "date"]


class ReceiptsTable(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[TableIn], responses={**FILES, 400: ErrorOut})
    def get(self, request: Request) -> HttpResponse:
        """Receipts as Excel or CSV, sorted by category and date."""
        known = TableIn().fields
        asked = request.query_params.dict()
        wish = TableIn(data={name: asked[name] for name in asked if name in known})
        wish.is_valid(raise_exception=True)
        given = dict(wish.validated_data)
        as_, workspace = given.pop("as"), given.pop("workspace", None)
        found = Receipt.objects.visible_to(request.user).matching(given)
        if workspace:
            found = found.filter(workspace=workspace)
        return answer(receipts_table(found, as_, site=site_of(request)))


class DocumentReceipt(APIView):
    @extend_schema(responses={200: ReceiptOut, 404: ErrorOut})
    def get(self, request: Request, pk: UUID) -> Response:
        """What the document says as a receipt; 404 where it says nothing."""
        visible(Document.objects, request.user, pk=pk)
        return Response(ReceiptOut(receipt_of(pk)).data)

    @extend_schema(
        request=ReceiptChange,
        responses={200: ReceiptOut, 400: ErrorOut, 403: ErrorOut, 404: ErrorOut},
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Put values right: no later reading changes those. Who sends what stands
        there already confirms it."""
        changeable(Document.objects, request.user, pk=pk)
        receipt = receipt_of(pk)
        wish = ReceiptChange(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            changed = edit_receipt(receipt, wish.validated_data, user=request.user)
        except InvalidValue as refusal:
            raise serializers.ValidationError({refusal.name: [str(refusal)]}) from None
        return Response(ReceiptOut(changed).data)


def receipt_of(document: UUID) -> Receipt:
    found = Receipt.objects.select_related("document").filter(document=document).first()
    if found is None:
        raise Http404
    return found
