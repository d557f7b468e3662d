"""Places that documents come from by themselves, and what was found there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import Document
from documents.models.people import Workspace
from documents.models.roi import RoiTemplate
from documents.querysets import (
    ConnectionQuerySet,
    SourceItemQuerySet,
    SourceQuerySet,
)


class Connection(models.Model):
    """An account elsewhere that its user has let the site read from.

    ``secrets`` is sealed JSON (``documents.services.sealing``): {"refresh_token"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="connections"
    )
    service = models.CharField(max_length=20, default="google")
    account = models.CharField(max_length=254, help_text="its address there")
    secrets = models.TextField()
    # Why its user has to connect it again; empty while it works.
    trouble = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["account", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "service", "account"], name="one_connection_an_account"
            )
        ]

    def __str__(self) -> str:
        return self.account


class Source(models.Model):
    """One place: a folder, a mailbox, a Drive; looked at by its schedule.

    ``kind`` names a row of ``documents.sources.KINDS``, which says what ``settings``
    there are; ``secrets`` is sealed JSON. ``cursor`` is how far its connector has
    looked, and is that one's own affair.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="sources")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sources"
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    secrets = models.TextField(blank=True)
    connection = models.ForeignKey(
        Connection, models.SET_NULL, null=True, blank=True, related_name="sources"
    )
    # What its documents are read with; "auto" is any_template.
    engine = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list, blank=True)
    template = models.ForeignKey(
        RoiTemplate, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    any_template = models.BooleanField(default=True)
    tags = models.JSONField(default=list, blank=True)
    # In cron's five fields, in the site's time zone; empty: only when asked to.
    schedule = models.CharField(max_length=100, blank=True)
    paused = models.BooleanField(default=False)
    cursor = models.JSONField(default=dict, blank=True)
    next_run = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)  # a worker's lease
    last_success = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="runs, in a row")
    error = models.TextField(blank=True, help_text="of the last run")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(
                fields=["next_run"], condition=Q(paused=False), name="due_sources"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceRun(models.Model):
    """One visit to a source, from its first look to its last file."""

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(Source, models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default="running")
    has_looked = models.BooleanField(default=False)  # all that was there is known
    found = models.PositiveIntegerField(default=0)  # not known before
    taken = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="running"), name="one_run_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started}"


class SourceItem(models.Model):
    """A file at its source, taken once: ``key`` and ``checksum`` tell it from others.

    ``place`` is what its connector needs to fetch it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("taken")
        FAILED = "failed", _("failed")  # given up: shown, and tried again when asked
        SKIPPED = "skipped", _("left alone")  # no document, or gone before its turn

    source = models.ForeignKey(Source, models.CASCADE, related_name="items")
    key = models.CharField(max_length=500)
    checksum = models.CharField(max_length=128)
    name = models.CharField(max_length=255)
    place = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    error = models.TextField(blank=True)
    # Whether the place was told what became of it: moved, marked.
    settled = models.BooleanField(default=False)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="source_items"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = SourceItemQuerySet.as_manager()

    class Meta:
        ordering = ["-updated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "checksum"], name="each_item_once"
            )
        ]
        indexes = [
            models.Index(fields=["source", "state", "next_try"], name="waiting_items")
        ]

    def __str__(self) -> str:
        return self.name
