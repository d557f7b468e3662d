"""Lines of a result, put right by people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.lookup import changeable, visible
from documents.api.results import LineOut
from documents.models import Correction, Job, PageRead
from documents.services.results import check_ended
from documents.services.texts.corrections import (
    correct_line,
    current_text,
    history,
    shown_result,
)


class CorrectedLineOut(LineOut):
    number = serializers.IntegerField(help_text=_("its place on the page, from 0"))


class CorrectionIn(Wish):
    text = serializers.CharField(
        allow_blank=True,
        help_text=_("What the line says; empty where there is none on the page."),
    )
    before = serializers.CharField(
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        help_text=_("What you saw there: 409 if it says something else by now."),
    )


class CorrectionOut(serializers.ModelSerializer):
    by = serializers.CharField(
        source="user.username",
        default=None,
        allow_null=True,
        help_text=_("null: nobody who still has an account"),
    )

    class Meta:
        model = Correction
        fields = ["before", "after", "by", "created"]


class OneLine(APIView):
    @extend_schema(
        request=CorrectionIn,
        responses={
            **dict.fromkeys((400, 403, 404, 409), ErrorOut),
            200: CorrectedLineOut,
        },
    )
    def patch(self, request: Request, pk: UUID, number: int, line: int) -> Response:
        """Put a line right; its words stay in their places on the page.

        Every result says it from then on, and what the engine read stays known: send
        that, and the line is as if nobody had touched it.
        """
        job = changeable(Job.objects.select_related("document"), request.user, pk=pk)
        read = page_read(job, number)
        wish = CorrectionIn(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            correct_line(read, line, user=request.user, **wish.validated_data)
        except IndexError:
            raise Http404 from None
        return Response({"number": line, **shown_result(read)["lines"][line]})


class LineHistory(ListAPIView):
    """Who put it right, when, from what to what; the oldest correction first."""

    queryset = Correction.objects.all()
    serializer_class = CorrectionOut
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        job = visible(Job.objects, self.request.user, pk=self.kwargs["pk"])
        read, line = page_read(job, self.kwargs["number"]), self.kwargs["line"]
        try:
            current_text(read, line)
        except IndexError:
            raise Http404 from None
        return history(read, line)


def page_read(job: Job, number: int) -> PageRead:
    """What was read on that page.

    Raises:
        ResultNotReady: the job still runs, or reads fields alone.
        Http404: there is no such page, or it could not be read.
    """
    check_ended(job)
    reads = job.page_reads.exclude(reading=None).select_related("reading")
    return get_object_or_404(reads, number=number)
