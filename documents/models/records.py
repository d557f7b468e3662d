"""Invoices as data: records, their fields, who changed what, what was exported."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import Document
from documents.models.jobs import Job
from documents.models.people import Workspace
from documents.models.roi import TemplateVersion
from documents.querysets import FieldQuerySet, RecordQuerySet, WorkspaceRowQuerySet


def crop_path(field: Field, name: str) -> str:
    folder = field.record_id.hex
    suffix = PurePath(name).suffix
    return f"crops/{folder[:2]}/{folder}/{field.pk.hex}-{PurePath(name).stem}{suffix}"


class Record(models.Model):
    """One invoice: a range of pages of a document, read with one version of a layout.

    ``supplier`` … ``currency`` repeat the fields of those names (or mapped to them),
    normalised, so that lists, twins and exports need no join.
    """

    class State(models.TextChoices):
        TO_REVIEW = "to_review", _("to review")
        APPROVED = "approved", _("approved")
        EXPORTED = "exported", _("exported")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="records")
    document = models.ForeignKey(Document, models.CASCADE, related_name="records")
    job = models.ForeignKey(Job, models.CASCADE, related_name="records")
    version = models.ForeignKey(
        TemplateVersion, models.RESTRICT, related_name="records"
    )
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    score = models.FloatField(default=0, help_text=_("how well the layout fits"))
    rung = models.CharField(max_length=10, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.TO_REVIEW
    )
    supplier = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=100, blank=True)
    date = models.CharField(max_length=10, blank=True, help_text="2021-12-27")
    total = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    broken = models.JSONField(default=list, help_text=_("rules that do not hold"))
    twin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(  # nobody: approved since nothing was in doubt
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    exported = models.DateTimeField(null=True, blank=True)
    changed_since_export = models.BooleanField(default=False)
    replaced = models.DateTimeField(  # a newer job read the same pages
        null=True, blank=True
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(
                fields=["workspace", "-created", "-id"], name="newest_records"
            ),
            models.Index(fields=["workspace", "supplier", "number"], name="twins"),
            models.Index(fields=["workspace", "state"], name="records_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier or self.document} {self.number}".strip()


class Field(models.Model):
    """One value of a record: what was printed, what it means, how surely, its state.

    ``shared`` is the column it fills. ``read_value`` stays what the machine said.
    ``polygon`` lies in pixels of the upright page ``page``.
    """

    class State(models.TextChoices):
        AUTO = "auto", _("automatic")
        NEEDS_REVIEW = "needs_review", _("to review")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="fields")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    shared = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField(default=0)
    page = models.PositiveIntegerField(help_text=_("of the document"))
    raw = models.TextField(blank=True)
    value = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    read_value = models.TextField(blank=True)
    confidence = models.FloatField(default=0)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.NEEDS_REVIEW
    )
    cause = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    alternatives = models.JSONField(default=list)
    polygon = models.JSONField(null=True)
    crop = models.FileField(upload_to=crop_path, max_length=255, blank=True)
    processed = models.FileField(upload_to=crop_path, max_length=255, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "name"], name="one_field_per_name"
            )
        ]
        indexes = [
            models.Index(
                fields=["workspace", "record", "order"],
                condition=Q(state="needs_review"),
                name="fields_to_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class FieldChange(models.Model):
    """Who changed what, when, from what to what. Never changed itself."""

    class Act(models.TextChoices):
        READ = "read", _("read again")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")
        REOPENED = "reopened", _("reopened")

    field = models.ForeignKey(Field, models.CASCADE, related_name="changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    act = models.CharField(max_length=10, choices=Act.choices)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.act}"


class LabelledCrop(models.Model):
    """A crop with what a person says is printed on it: kept for training."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="labelled_crops"
    )
    field = models.OneToOneField(Field, models.CASCADE, related_name="label")
    text = models.TextField()
    kind = models.CharField(max_length=10)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text


class SavedExport(models.Model):
    """A table people take again and again: its columns, its filters, what it took."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="saved_exports"
    )
    name = models.CharField(max_length=100)
    columns = models.JSONField(default=list)
    filters = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    taken = models.DateTimeField(null=True, blank=True)
    records = models.ManyToManyField(Record, related_name="saved_exports")

    objects = WorkspaceRowQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
