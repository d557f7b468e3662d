"""Values of records: looked up, confirmed, corrected, rejected, read again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.filters import FieldFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, changeable, visible
from documents.api.results import BoxOut
from documents.api.roi_errands import BUSY
from documents.api.shown import PointsField, box_around
from documents.models import Field, FieldChange, Job
from documents.services.fields import confirm, correct, reject, reread
from documents.services.sentences import told
from documents.services.waiting import one_more_waits
from engines import KINDS, Box

DECISIONS = ("confirmed", "rejected")
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
PICTURES = {(200, one): OpenApiTypes.BINARY for one in ("image/png", "image/jpeg")}
WITH_VERSION = Field.objects.select_related("record__version")


class FieldOut(serializers.ModelSerializer):
    job = serializers.UUIDField(source="record.job_id")
    template = serializers.UUIDField(source="record.version.template_id")
    version = serializers.IntegerField(source="record.version.number")
    kind = serializers.ChoiceField(KINDS)
    reason = serializers.SerializerMethodField(help_text=_("The doubt, in words."))
    alternatives = serializers.ListField(child=serializers.CharField())
    polygon = PointsField()
    box = serializers.SerializerMethodField()

    class Meta:
        model = Field
        fields = [
            *("id", "record", "job", "page", "name", "kind", "raw", "value"),
            *("currency", "confidence", "state", "reason", "box", "cause", "shared"),
            *("alternatives", "polygon", "read_value", "template", "version"),
            *("created", "updated"),
        ]

    def get_reason(self, field: Field) -> str:
        return told(field.reason)

    @extend_schema_field(BoxOut(allow_null=True))
    def get_box(self, field: Field) -> dict[str, float] | None:
        return box_around(field.polygon)


class FieldIn(Wish):
    """Either a value, or what you say of the one that is there."""

    value = serializers.CharField(
        max_length=4000,
        required=False,
        allow_blank=True,
        help_text=_("The right one; it is normalised as its kind is."),
    )
    state = serializers.ChoiceField(DECISIONS, required=False)
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)

    def validate(self, wish: dict[str, Any]) -> dict[str, Any]:
        if ("value" in wish) == ("state" in wish):
            reason = _("Send a value, or a state: one of the two.")
            raise serializers.ValidationError({"value": [reason]})
        return wish


class PixelsIn(Wish):
    """Pixels of the upright page, from its top left corner; any corner order."""

    left = serializers.FloatField()
    top = serializers.FloatField()
    right = serializers.FloatField()
    bottom = serializers.FloatField()


class RereadIn(Wish):
    box = PixelsIn()


class CropIn(serializers.Serializer):
    """What the query may say."""

    processed = serializers.BooleanField(
        default=False, help_text="As the reader saw it."
    )


class ChangeOut(serializers.ModelSerializer):
    by = serializers.CharField(
        source="by.username", default=None, allow_null=True, help_text=_("null: nobody")
    )

    class Meta:
        model = FieldChange
        fields = ["act", "by", "at", "before", "after", "reason"]


class Fields(Visible, ListAPIView):
    """Fields of all records, those of the newest record first."""

    queryset = WITH_VERSION
    serializer_class = FieldOut
    filterset_class = FieldFilter
    ordering_fields = ["created", "updated", "confidence", "order"]
    ordering = ["-record__created", "record", "order"]


class JobFields(Fields):
    """The fields that a job has read, record by record."""

    ordering = ["record__first_page", "record", "order"]

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return WITH_VERSION.none()
        job = visible(Job.objects, self.request.user, pk=self.kwargs["pk"])
        return super().get_queryset().filter(record__job=job)


class OneField(Visible, RetrieveAPIView):
    """A field: what was read, and what it is held to mean."""

    queryset = WITH_VERSION
    serializer_class = FieldOut

    @extend_schema(
        request=FieldIn,
        responses={
            **dict.fromkeys((400, 403, 404, 409), ErrorOut),
            200: FieldOut,
        },
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Correct, confirm or reject it; the rules of its record run again."""
        field = changeable(WITH_VERSION, request.user, pk=pk)
        wish = FieldIn(data=request.data)
        wish.is_valid(raise_exception=True)
        decide(field, user=request.user, **wish.validated_data)
        return self.get(request, pk=pk)


class RereadField(APIView):
    @schema.post(RereadIn, {200: FieldOut, **BUSY})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Read it again in a box of the page, drawn by hand."""
        field = changeable(WITH_VERSION, request.user, pk=pk)
        wish = RereadIn(data=request.data)
        wish.is_valid(raise_exception=True)
        box = box_on_page(field, wish.validated_data["box"])
        with one_more_waits():
            reread(field, box.polygon, user=request.user)
        return Response(FieldOut(WITH_VERSION.get(pk=pk)).data)


class FieldCrop(APIView):
    @extend_schema(parameters=[CropIn], responses={**PICTURES, 404: ErrorOut})
    def get(self, request: Request, pk: UUID) -> FileResponse:
        """The part of the page it was read from; 404 where there is none."""
        wish = CropIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        field = visible(Field.objects, request.user, pk=pk)
        file = field.processed if wish.validated_data["processed"] else field.crop
        if not file:
            raise Http404
        suffix = file.name.rpartition(".")[2]
        return FileResponse(
            file.open(),
            content_type=MEDIA_TYPES.get(suffix, "application/octet-stream"),
            headers={"Cache-Control": "private, no-cache"},  # reading again changes it
        )


class FieldHistory(ListAPIView):
    """Who changed it, when, from what to what; the oldest change first."""

    queryset = FieldChange.objects.select_related("by")
    serializer_class = ChangeOut
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        field = visible(Field.objects, self.request.user, pk=self.kwargs["pk"])
        return super().get_queryset().filter(field=field)


def decide(
    field: Field, *, user: Any, value: str = "", state: str = "", reason: str = ""
) -> None:
    if state == "confirmed":
        confirm(field, user=user)
    elif state == "rejected":
        reject(field, user=user, reason=reason)
    else:
        correct(field, value, user=user, reason=reason)


def box_on_page(field: Field, edges: dict[str, float]) -> Box:
    """The box, where it lies on the field's page."""
    page = field.record.document.pages.get(number=field.page)
    left, right = sorted((edges["left"], edges["right"]))
    top, bottom = sorted((edges["top"], edges["bottom"]))
    within = left >= 0 and top >= 0 and right <= page.width and bottom <= page.height
    if not (within and right - left >= 1 and bottom - top >= 1):
        reason = _(
            "The box lies outside the page, or is empty: it has %(size)s pixels."
        )
        size = f"{page.width} × {page.height}"
        raise serializers.ValidationError({"box": [reason % {"size": size}]})
    return Box(left, top, right, bottom)
