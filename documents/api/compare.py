"""Two readings of a page, held against each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import ErrorOut
from documents.api.lookup import visible
from documents.models import Document
from documents.services.results import ResultNotReady
from documents.services.texts.comparing import Row
from documents.services.texts.sides import (
    Side,
    compare_sides,
    parse_key,
    side_of,
)


class SideField(serializers.CharField):
    """A job's id; with “:read” after it what the engine itself read."""

    default_error_messages = {"no_job": _("Send the id of a job.")}

    def to_internal_value(self, data: Any) -> tuple[UUID, bool]:
        try:
            return parse_key(super().to_internal_value(data))
        except ValueError:
            self.fail("no_job")


class CompareIn(serializers.Serializer):
    """What the query says."""

    left = SideField(help_text="A job's id; with “:read” after it without corrections.")
    right = SideField(help_text="The other job, said likewise.")
    page = serializers.IntegerField(min_value=1, default=1)


class SideOut(serializers.Serializer):
    job = serializers.UUIDField(source="job.pk")
    as_read = serializers.BooleanField(help_text="Whether corrections are left out.")
    engine = serializers.CharField(help_text="The one that read this page.")
    seconds = serializers.FloatField(help_text="What the engine took for this page.")
    confidence = serializers.FloatField(allow_null=True)
    lines = serializers.IntegerField()
    words = serializers.IntegerField()


class RunOut(serializers.Serializer):
    op = serializers.ChoiceField(["equal", "replace", "insert", "delete"])
    left = serializers.CharField(allow_blank=True)
    right = serializers.CharField(allow_blank=True)


class RowOut(serializers.Serializer):
    """What both say in one place; several lines of one may be one of the other."""

    left = serializers.CharField(allow_blank=True)
    right = serializers.CharField(allow_blank=True)
    same = serializers.BooleanField()
    changes = serializers.SerializerMethodField()

    @extend_schema_field(RunOut(many=True))
    def get_changes(self, row: Row) -> list[dict[str, str]]:
        """What to do to the left to get the right, in order; joined, the runs are the
        texts. Empty where both say the same."""
        return [] if row.same else RunOut(row.changes, many=True).data


class CompareOut(serializers.Serializer):
    page = serializers.IntegerField()
    left = SideOut()
    right = SideOut()
    agreement = serializers.FloatField(
        help_text="The share of characters that both have; 1: they are the same."
    )
    rows = RowOut(many=True)


class Compare(APIView):
    @extend_schema(
        parameters=[CompareIn],
        responses={200: CompareOut, 400: ErrorOut, 404: ErrorOut, 409: ErrorOut},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What two jobs have read on a page, line by line; 409 where one has not."""
        document = visible(Document.objects, request.user, pk=pk)
        wish = CompareIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        number = wish.validated_data["page"]
        if number > document.page_count:
            raise Http404
        left, right = (
            opened(document, name, *wish.validated_data[name], number)
            for name in ("left", "right")
        )
        return Response(answer(number, left, right))


def opened(document: Document, name: str, pk: UUID, as_read: bool, number: int) -> Side:
    job = document.jobs.filter(pk=pk).first()
    if job is None:
        reason = _("This document has no such job.")
        raise serializers.ValidationError({name: [reason]})
    return side_of(job, as_read, number)


def answer(number: int, left: Side, right: Side) -> dict[str, Any]:
    """
    Raises:
        ResultNotReady: one of them has not read this page.
    """
    comparison = compare_sides(left, right)
    if comparison is None:
        raise ResultNotReady(_("Both jobs must have read this page. Ask again later."))
    return CompareOut(
        {
            "page": number,
            "left": left,
            "right": right,
            "agreement": comparison.agreement,
            "rows": comparison.rows,
        }
    ).data
