"""Who reads: one row a worker process, kept fresh by its heartbeat."""

from __future__ import annotations

from django.db import models

from documents.querysets import WorkerQuerySet

CPU = "cpu"  # the class of engines that every site has workers for
NETWORK = "network"  # no engine's: these fetch from sources, and send to webhooks


class Worker(models.Model):
    """A worker process on some machine; ``seen`` is its last heartbeat.

    ``engines`` are the names of those that are loaded and warm, ``offers`` of those
    that can run on its machine; it reads pages of the engines of one class.
    """

    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    engine_class = models.CharField(max_length=10, default=CPU)
    engines = models.JSONField(default=list)
    offers = models.JSONField(default=list)
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
