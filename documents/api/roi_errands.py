"""What a worker says of templates while the caller waits: what fits, what they read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import changeable, visible
from documents.api.results import BoxOut
from documents.api.roi import one_to_change
from documents.api.shown import PointsField, box_around
from documents.models import Document, Page, RoiTemplate
from documents.services.errands import ask
from documents.services.roi import read_unapproved_again
from documents.services.waiting import one_more_waits

BUSY = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut, 503: ErrorOut}


class PageIn(Wish):
    page = serializers.IntegerField(default=1, help_text="Of the document.")


class TryIn(PageIn):
    document = serializers.UUIDField()


class WaitIn(serializers.Serializer):
    """What the query may say."""

    wait = serializers.IntegerField(
        min_value=1,
        max_value=settings.READ_WAIT_SECONDS,
        default=30,
        help_text="Seconds; a worker that needs longer is not waited for.",
    )


class MatchOut(serializers.Serializer):
    template = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    score = serializers.FloatField(help_text="0..1: how well it fits.")
    rung = serializers.CharField(help_text="What held: features or anchors.")
    reason = serializers.CharField()


class MatchesOut(serializers.Serializer):
    """The best first; none where no template fits."""

    matches = MatchOut(many=True)


class RegistrationOut(serializers.Serializer):
    """How the layout lies on the page."""

    rung = serializers.CharField(help_text="Empty: it does not fit.")
    score = serializers.FloatField()
    reason = serializers.CharField()


class TriedFieldOut(serializers.Serializer):
    name = serializers.CharField()
    raw = serializers.CharField()
    value = serializers.CharField()
    currency = serializers.CharField()
    confidence = serializers.FloatField()
    cause = serializers.CharField()
    reason = serializers.CharField()
    polygon = PointsField()
    box = BoxOut(allow_null=True)


class TriedOut(serializers.Serializer):
    fields = TriedFieldOut(many=True)
    registration = RegistrationOut()


class AgainOut(serializers.Serializer):
    records = serializers.IntegerField()


class MatchDocument(APIView):
    @schema.post(PageIn, {200: MatchesOut, **BUSY}, parameters=[WaitIn])
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Which templates fit a page, with score and reason; the best first."""
        wish = PageIn(data=request.data)
        wish.is_valid(raise_exception=True)
        document = page_of(request, pk, wish.validated_data["page"])
        question = {"document": str(document.pk), "page": wish.validated_data["page"]}
        return Response(MatchesOut(asked(request, document, "match", question)).data)


class TryRoiTemplate(APIView):
    @schema.post(TryIn, {200: TriedOut, **BUSY}, parameters=[WaitIn])
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """The values a template reads on a page; nothing of them is kept."""
        template = visible(RoiTemplate.objects, request.user, pk=pk)
        wish = TryIn(data=request.data)
        wish.is_valid(raise_exception=True)
        page = wish.validated_data["page"]
        document = page_of(request, wish.validated_data["document"], page)
        if document.workspace_id != template.workspace_id:
            reason = _("This template belongs to another workspace.")
            raise serializers.ValidationError({"document": [reason]})
        question = {
            "document": str(document.pk),
            "page": page,
            "definition": template.newest.definition,
            "template": str(template.pk),
        }
        answer = asked(request, document, "values", question)
        for field in answer["fields"]:
            field["box"] = box_around(field["polygon"])
        return Response(TriedOut(answer).data)


class ReadAgain(APIView):
    @schema.post(None, {202: AgainOut})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Read the records of older versions with this one, approved ones never."""
        count = read_unapproved_again(one_to_change(request, pk), user=request.user)
        return Response({"records": count}, status=status.HTTP_202_ACCEPTED)


def page_of(request: Request, pk: UUID, number: int) -> Document:
    """The document, where it has such a page."""
    documents = Document.objects.select_related("workspace")
    document = changeable(documents, request.user, pk=pk)
    get_object_or_404(Page, document=document, number=number)
    return document


def asked(
    request: Request, document: Document, kind: str, question: dict[str, Any]
) -> dict[str, Any]:
    wait = WaitIn(data=request.query_params)
    wait.is_valid(raise_exception=True)
    with one_more_waits():
        seconds = wait.validated_data["wait"]
        return ask(document.workspace, kind, question, wait=seconds)
