"""Results of a job, in the format that the caller asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from documents.api.deliveries import WAIT, UnderWayOut, delivered
from documents.api.errors import ErrorOut
from documents.api.lookup import visible
from documents.api.negotiation import AnyAccept
from documents.models import Job
from documents.services.results import export_job
from engines import EXPORTS


class BoxOut(serializers.Serializer):
    """Pixels of the upright page, from its top left corner."""

    left = serializers.FloatField()
    top = serializers.FloatField()
    right = serializers.FloatField()
    bottom = serializers.FloatField()


class AlternativeOut(serializers.Serializer):
    text = serializers.CharField(help_text="Empty where that engine saw no word.")
    engine = serializers.CharField()


class WordOut(serializers.Serializer):
    text = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    box = BoxOut()
    alternatives = AlternativeOut(
        many=True,
        required=False,
        help_text="What other engines read here, where several read the page.",
    )


class LineOut(serializers.Serializer):
    text = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    polygon = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        allow_null=True,
        help_text="Four corners, clockwise from where the text's top left is.",
    )
    words = WordOut(many=True)
    corrected = serializers.BooleanField(
        required=False, help_text="True where people changed it; missing elsewhere."
    )


class ReadPageOut(serializers.Serializer):
    number = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    text = serializers.CharField()
    lines = LineOut(many=True)


class ResultOut(serializers.Serializer):
    job = serializers.UUIDField()
    engine = serializers.CharField()
    pages = ReadPageOut(many=True)


def _shape(media_type: str) -> OpenApiTypes:
    is_text = media_type.startswith("text/") or media_type.endswith("xml")
    return OpenApiTypes.STR if is_text else OpenApiTypes.BINARY


# What was read is shown with its own style and runs nothing, whatever is in it.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
MEDIA_TYPES = {export.media_type.partition(";")[0] for export in EXPORTS.values()}
RESULTS = {
    **{(200, media_type): _shape(media_type) for media_type in sorted(MEDIA_TYPES)},
    (200, "application/json"): ResultOut,
}


class WishesIn(serializers.Serializer):
    """In what form a format shall come."""

    layout = serializers.BooleanField(
        default=False, help_text="Keep columns, where the format is plain text."
    )
    rows = serializers.ChoiceField(
        ["line", "word"],
        default="line",
        help_text="What makes a row, where the format is a table of text.",
    )
    background = serializers.ChoiceField(
        ["original", "white"],
        default="original",
        help_text="What text is drawn on, where the format is a picture.",
    )


class ResultIn(WishesIn):
    """What the query may say."""

    page = serializers.IntegerField(
        min_value=1, required=False, help_text="This page alone."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        # `as` is a word of the language: it cannot be written as an attribute.
        chosen = serializers.ChoiceField(sorted(EXPORTS), default="json")
        return {"as": chosen, **super().get_fields()}

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        wish = cls(data=request.query_params)
        wish.is_valid(raise_exception=True)
        return wish.validated_data


class ResultWaitIn(ResultIn):
    wait = serializers.IntegerField(
        min_value=0,
        max_value=settings.READ_WAIT_SECONDS,
        default=WAIT,
        help_text="Seconds to wait for a format that is slow to make.",
    )


class Result(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[ResultWaitIn],
        responses={**RESULTS, 202: UnderWayOut, 409: ErrorOut},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """The text with its places; 409 until the job is done.

        202 while a format with pictures is being made: ask again.
        """
        wish = ResultWaitIn.of(request)
        jobs = Job.objects.select_related("document")
        return answer(visible(jobs, request.user, pk=pk), **wish)


def answer(
    job: Job, *, page: int | None = None, wait: float = WAIT, **wish: Any
) -> HttpResponseBase:
    """The result as it was wished; it may be shown, and has a name to be saved by."""
    if page and page > job.document.page_count:
        raise Http404
    as_ = wish.pop("as")
    if EXPORTS[as_].is_slow:
        return delivered(job, as_, page, wait, wish)
    exported = export_job(job, as_, number=page, **wish)
    disposition = content_disposition_header(False, exported.name)
    return HttpResponse(
        exported.content,
        content_type=exported.media_type,
        headers={"Content-Disposition": disposition, "Content-Security-Policy": INERT},
    )
