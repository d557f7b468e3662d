"""Files that take a worker to make: results with pictures in them."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models

from documents.models.errands import Errand
from documents.models.jobs import Job
from documents.models.people import Workspace
from documents.querysets import DeliveryQuerySet


def delivery_path(delivery: Delivery, name: str) -> str:
    """A path that no name chosen by a user takes part in."""
    return f"deliveries/{delivery.pk.hex}{PurePath(name).suffix}"


class Delivery(models.Model):
    """The answer of a job in a format that is slow to make, or those of many jobs in a
    zip (``job`` is None, and ``created_by`` alone may take it); gone after a day.

    ``wish`` is what was asked for, ``digest`` that and the state of the jobs, so that
    the same is made once. ``done`` counts the pages (of many jobs: the jobs) that are
    in it already.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="deliveries")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="deliveries")
    wish = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    errand = models.ForeignKey(
        Errand, models.SET_NULL, null=True, related_name="deliveries"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    file = models.FileField(upload_to=delivery_path, max_length=255, blank=True)
    name = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.name

    @property
    def error(self) -> str:
        """Why it will not come; nothing while it may."""
        has_failed = self.errand and self.errand.state == Errand.State.FAILED
        return self.errand.error if has_failed else ""

    @property
    def state(self) -> State:
        if self.file:
            return self.State.DONE
        if self.error:
            return self.State.FAILED
        is_running = self.errand and self.errand.state == Errand.State.RUNNING
        return self.State.RUNNING if self.done or is_running else self.State.WAITING

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
