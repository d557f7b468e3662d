"""Wishes and their answers: jobs, their pages, and the immutable readings."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import Document, Page
from documents.models.people import Workspace
from documents.models.workers import CPU, Worker
from documents.querysets import JobQuerySet, PageReadQuerySet


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("reading")
    SUCCEEDED = "succeeded", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    NEEDS_TEMPLATE = "needs_template", _("no layout")  # of a job, never of a page


OPEN = (State.QUEUED, State.RUNNING)


class Lane(models.IntegerChoices):
    """The lower is served first."""

    INTERACTIVE = 0, _("interactive")
    BULK = 1, _("bulk")


class Reading(models.Model):
    """What an engine said about a page: never changed, and so the result cache."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="readings")
    sha256 = models.CharField(max_length=64)
    page_number = models.PositiveIntegerField()
    engine = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=255)
    pipeline_version = models.CharField(max_length=20)
    options = models.CharField(max_length=64, help_text=_("digest of the wishes"))
    result = models.JSONField()
    text = models.TextField(blank=True)
    confidence = models.FloatField(null=True)
    seconds = models.FloatField(help_text=_("what the engine took"))
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "workspace",
                    "sha256",
                    "page_number",
                    "engine",
                    "engine_version",
                    "pipeline_version",
                    "options",
                ],
                name="one_reading_per_wish",
            )
        ]
        # How long an engine takes here: the mean of its last ones.
        indexes = [models.Index(fields=["engine", "-id"], name="readings_of_engine")]

    def __str__(self) -> str:
        return f"{self.engine} on {self.sha256[:8]} p. {self.page_number}"


class Job(models.Model):
    """One wish: read this document with this engine and these options."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="jobs")
    document = models.ForeignKey(Document, models.CASCADE, related_name="jobs")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    engine = models.CharField(max_length=40)
    languages = models.JSONField(default=list)
    preprocess = models.CharField(max_length=200, default="auto")
    prompt = models.TextField(blank=True)
    max_side = models.PositiveIntegerField(null=True, blank=True)
    # What this engine alone understands; its schema says what there is.
    options = models.JSONField(default=dict, blank=True)
    lane = models.PositiveSmallIntegerField(
        choices=Lane.choices, default=Lane.INTERACTIVE
    )
    template = models.ForeignKey(
        "RoiTemplate", models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    any_template = models.BooleanField(  # "auto": the one that fits
        default=False
    )
    text = models.BooleanField(default=True, help_text=_("whether text is read too"))
    state = models.CharField(max_length=14, choices=State.choices, default=State.QUEUED)
    error = models.TextField(blank=True)
    cached = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["workspace", "-created", "-id"], name="newest_jobs"),
            models.Index(fields=["document", "-created"], name="jobs_of_document"),
            # The admin lists all workspaces' jobs.
            models.Index(fields=["-created", "-id"], name="newest_jobs_of_all"),
            models.Index(
                fields=["state"], condition=Q(state__in=OPEN), name="open_jobs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} by {self.engine}"

    @property
    def reads_fields(self) -> bool:
        return self.any_template or self.template_id is not None


class PageRead(models.Model):
    """One page of a job: the unit of work that workers claim."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="page_reads")
    page = models.ForeignKey(Page, models.CASCADE, related_name="reads")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    lane = models.PositiveSmallIntegerField(choices=Lane.choices)
    # Which workers may read it: the class of the job's engine.
    engine_class = models.CharField(max_length=10, default=CPU)
    state = models.CharField(max_length=14, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, related_name="page_reads"
    )
    reading = models.ForeignKey(
        Reading, models.PROTECT, null=True, blank=True, related_name="page_reads"
    )
    cached = models.BooleanField(default=False)
    # Which layout's page this is and what its regions say; None where none was asked.
    extraction = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = PageReadQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("page of a job")
        verbose_name_plural = _("pages of jobs")
        constraints = [
            models.UniqueConstraint(fields=["job", "page"], name="one_read_per_page")
        ]
        indexes = [
            # The claim looks for the best open page; done pages stay out of its way.
            models.Index(
                fields=["engine_class", "lane", "workspace", "id"],
                condition=Q(state=State.QUEUED),
                name="queued_pages",
            ),
            models.Index(
                fields=["lease"], condition=Q(state=State.RUNNING), name="leases"
            ),
            # Operations: what was read in the last hour, what failed in the last day.
            models.Index(
                fields=["state", "finished"],
                condition=Q(finished__isnull=False),
                name="ended_pages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} p. {self.number}"
