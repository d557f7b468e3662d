"""Small work that someone waits for and only a worker can do: a question, an answer."""

from __future__ import annotations

import uuid

from django.db import models

from documents.models.people import Workspace
from documents.models.workers import CPU, Worker


class Errand(models.Model):
    """A question to a worker and its answer; gone within the hour.

    ``kind`` names a row of ``documents.services.errands.KINDS``.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    engine_class = models.CharField(max_length=10, default=CPU)  # of its workers
    question = models.JSONField()
    answer = models.JSONField(null=True)
    error = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, related_name="errands"
    )
    lease = models.DateTimeField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created", "pk"]
        indexes = [
            models.Index(
                fields=["engine_class", "created"],
                condition=models.Q(state="waiting"),
                name="waiting_errands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
