"""The queue's broker: django-q's own, that waits for warmth and outlives locks."""

from __future__ import annotations

import logging
from time import sleep

from django.db import DatabaseError, connection
from django_q.brokers.orm import ORM
from django_q.conf import Conf

from documents.worker import shared

logger = logging.getLogger(__name__)


class WakeUps(ORM):
    """Takes nothing off the queue while its worker still loads engines.

    An error in django-q's pusher or monitor costs ten seconds or loses the process; as
    a wake-up may be late or come twice, here it costs a moment.
    """

    def dequeue(self) -> list[tuple[int, str]] | None:
        if not shared.is_warm():
            sleep(Conf.POLL)
            return None
        try:
            return super().dequeue()
        except DatabaseError as error:
            begin_anew(error)
            return None

    def acknowledge(self, task_id: int) -> None:
        try:
            super().acknowledge(task_id)
        except DatabaseError as error:
            begin_anew(error)


def begin_anew(error: DatabaseError) -> None:
    logger.warning("The queue is not available: %s", error)
    connection.close()
    sleep(1)
