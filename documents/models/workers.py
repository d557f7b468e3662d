"""Who reads: one row a worker process, kept fresh by its heartbeat."""

from __future__ import annotations

from django.db import models

from documents.querysets import WorkerQuerySet


class Worker(models.Model):
    """A worker process on some machine; ``seen`` is its last heartbeat.

    ``engines`` are the names of those that are loaded and warm.
    """

    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    engines = models.JSONField(default=list)
    warm = models.BooleanField(default=False)
    memory = models.PositiveBigIntegerField(default=0, help_text="bytes, resident")
    started = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["host", "pid"]
        constraints = [
            models.UniqueConstraint(fields=["host", "pid"], name="one_row_a_worker")
        ]

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
