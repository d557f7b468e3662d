"""Upload and read in one call; the caller waits for the result, but not for ever."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from documents.api import schema
from documents.api.idempotency import idempotent
from documents.api.intake import FileIn, UrlIn, place, take, wish_in
from documents.api.jobs import JobOut, ReadingIn, follow, granted, job_address
from documents.api.negotiation import AnyAccept
from documents.api.parsers import CarefulJSONParser
from documents.api.results import RESULTS, ResultIn, answer
from documents.models import Job
from documents.services.jobs import create_job
from documents.services.waiting import TooManyWait, end_within, one_more_waits


class ReadIn(ReadingIn, FileIn):
    """A file, and how it shall be read."""


class ReadUrlIn(ReadingIn, UrlIn):
    """Where a file lies, and how it shall be read."""


class WaitIn(ResultIn):
    wait = serializers.IntegerField(
        min_value=0, max_value=settings.READ_WAIT_SECONDS, default=30
    )


class Read(APIView):
    parser_classes = [MultiPartParser, CarefulJSONParser]
    content_negotiation_class = AnyAccept

    @schema.post(
        {"multipart/form-data": ReadIn, "application/json": ReadUrlIn},
        {**RESULTS, 202: JobOut, **schema.INTAKE},
        parameters=[WaitIn],
        examples=schema.READ_EXAMPLES,
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponseBase:
        """Upload a file, or say by its URL where it lies, and get its text.

        202 with the job when that takes longer; `wait` begins when the file is here.
        """
        wanted = WaitIn.of(request)
        seconds = wanted.pop("wait")
        given = wish_in(request.data, ReadIn, ReadUrlIn)
        reading = {name: given[name] for name in ReadingIn().fields if name in given}
        # Before the file is kept: nothing shall be left of a wish that is refused.
        workspace, _batch = place(request.user, given)
        reading = granted(request.user, workspace, reading)
        document, _new = take(request.user, given)
        job = create_job(document, user=request.user, **reading)
        if end_within([job.pk], 0) or wait_for(job, seconds):
            job.refresh_from_db()
            response = answer(job, **wanted)
            response["Location"] = job_address(job)
            return response
        return follow(job)


def wait_for(job: Job, seconds: int) -> bool:
    """Whether *job* ended within *seconds*; at once no, when too many wait already."""
    try:
        with one_more_waits():
            return end_within([job.pk], seconds)
    except TooManyWait:
        return False
