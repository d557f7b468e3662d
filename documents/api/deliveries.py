"""Results that are slow to make: the file when it is there in time, else how far it
is."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponseBase
from rest_framework import serializers, status
from rest_framework.response import Response

from documents.models import Delivery, Job
from documents.services.deliveries import is_there, ordered
from documents.services.waiting import TooManyWait, one_more_waits

WAIT = 30  # seconds, where nobody says how long


class PagesOut(serializers.Serializer):
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class UnderWayOut(serializers.Serializer):
    """The file is being made: the same request, sent again, is answered with it."""

    progress = PagesOut()


def delivered(
    job: Job, as_: str, number: int | None, wait: float, wishes: dict[str, Any]
) -> HttpResponseBase:
    """The file within *wait* seconds, or 202."""
    delivery = ordered(job, as_, number, wishes)
    try:
        with one_more_waits():
            is_done = is_there(delivery, wait)
    except TooManyWait:
        is_done = is_there(delivery, 0)
    return handed_out(delivery) if is_done else under_way(delivery)


def handed_out(delivery: Delivery) -> FileResponse:
    return FileResponse(
        delivery.file.open("rb"),
        filename=delivery.name,
        content_type=delivery.media_type,
    )


def under_way(delivery: Delivery) -> Response:
    return Response(
        {"progress": {"done": delivery.done, "total": delivery.total}},
        status=status.HTTP_202_ACCEPTED,
        headers={"Retry-After": "1"},
    )
