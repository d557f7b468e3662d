"""Upload and read in one call; the caller waits for the result, but not for ever."""

from __future__ import annotations

import time
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from documents.api import schema
from documents.api.idempotency import idempotent
from documents.api.intake import FileIn, take
from documents.api.jobs import JobOut, ReadingIn, follow, job_address
from documents.api.negotiation import AnyAccept
from documents.api.results import RESULTS, ResultIn, answer
from documents.models import Job
from documents.models.jobs import OPEN
from documents.services.jobs import create_job

STEP_SECONDS = 0.04
# Half of the threads may wait: the others must be free to answer.
WAITING = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


class ReadIn(ReadingIn, FileIn):
    """A file, and how it shall be read."""


class WaitIn(ResultIn):
    wait = serializers.IntegerField(
        min_value=0, max_value=settings.READ_WAIT_SECONDS, default=30
    )


class Read(APIView):
    parser_classes = [MultiPartParser]
    content_negotiation_class = AnyAccept

    @schema.post(
        {"multipart/form-data": ReadIn},
        {**RESULTS, 202: JobOut, **schema.TOO_LARGE},
        parameters=[WaitIn],
        examples=schema.READ_EXAMPLES,
    )
    @idempotent()
    def post(self, request: Request) -> HttpResponseBase:
        """Upload a file and get its text; 202 with the job when that takes longer."""
        wanted = WaitIn.of(request)
        seconds = wanted.pop("wait")
        wish = ReadIn(data=request.data)
        wish.is_valid(raise_exception=True)
        document, _new = take(request.user, wish.validated_data)
        reading = {
            name: value
            for name, value in wish.validated_data.items()
            if name in ReadingIn().fields
        }
        job = create_job(document, user=request.user, **reading)
        if ended(job.pk) or wait_for(job, seconds):
            job.refresh_from_db()
            response = answer(job, **wanted)
            response["Location"] = job_address(job)
            return response
        return follow(job)


def wait_for(job: Job, seconds: int) -> bool:
    """Whether *job* ended within *seconds*; at once no, when too many wait already."""
    if not WAITING.acquire(blocking=False):
        return False
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(STEP_SECONDS)
            if ended(job.pk):
                return True
        return False
    finally:
        WAITING.release()


def ended(job: object) -> bool:
    return not Job.objects.filter(pk=job, state__in=OPEN).exists()
