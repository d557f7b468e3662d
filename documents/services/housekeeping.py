"""What has to go after a while: old trash, records, answers, sessions."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from documents.models import IdempotentCall
from documents.services.deliveries import forget_old
from documents.services.documents import purge_trash
from documents.services.records import purge_replaced
from documents.services.references import prepare_forgotten
from documents.services.sources import forget_old_runs
from documents.services.texts.search import index_missing
from documents.services.webhooks import forget_old as forget_old_webhooks

logger = logging.getLogger(__name__)
HOUR = 3600.0
_next = 0.0


def tidy_up() -> None:
    """Remove what is out of date; does nothing when it was done within the hour.

    What is not in the index of searches yet is put there before, bit by bit.
    """
    global _next
    index_missing()
    if time.monotonic() < _next:
        return
    _next = time.monotonic() + HOUR
    try:
        purge_trash()
        purge_replaced()
        prepare_forgotten()
        forget_old()
        forget_old_webhooks()
        forget_old_runs()
        forget_calls()
        call_command("clearsessions")
    except (DatabaseError, OSError) as error:
        logger.warning("Tidying up has to wait for an hour: %s", error)


def forget_calls() -> None:
    """Drop answers kept for POSTs that nobody repeats any more."""
    oldest = timezone.now() - timedelta(hours=settings.IDEMPOTENCY_HOURS)
    IdempotentCall.objects.filter(created__lt=oldest).delete()
