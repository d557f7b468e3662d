"""What came in: batches, documents and their pages."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.people import Workspace
from documents.querysets import BatchQuerySet, DocumentQuerySet, TagQuerySet


def original_path(document: Document, name: str) -> str:
    """A path that no name chosen by a user takes part in."""
    suffix = PurePath(name).suffix
    return f"originals/{document.pk.hex[:2]}/{document.pk.hex}{suffix}"


def preview_path(page: Page, name: str) -> str:
    folder = page.document_id.hex
    return f"previews/{folder[:2]}/{folder}/{page.number}{PurePath(name).suffix}"


class Batch(models.Model):
    """What was dropped, posted or imported together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="batches")
    name = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name or str(self.pk)


class Tag(models.Model):
    """A word that documents of a workspace are found by."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=50)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_tag_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """The original file as it came; its pages are rows of their own."""

    class Source(models.TextChoices):
        WEB = "web", _("web page")
        API = "api", _("API")
        URL = "url", _("URL")
        COMMAND = "command", _("command")
        SAMPLE = "sample", _("sample")
        DRIVE = "drive", _("Google Drive")
        FOLDER = "folder", _("folder")
        MAIL = "mail", _("mail")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="documents")
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=original_path, max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices)
    external_id = models.CharField(max_length=200, blank=True, db_index=True)
    # Chosen as the one whose text is the document's; None: the newest that has any.
    text_job = models.ForeignKey(
        "Job", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What is to be seen, for those who cannot see it.
    alt_text = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="documents")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    trashed = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "sha256"],
                condition=Q(trashed=None),
                name="one_document_per_content",
            )
        ]
        indexes = [
            # History pages by key: the newest of a workspace, then the next ones.
            models.Index(fields=["workspace", "-created", "-id"], name="newest"),
            models.Index(fields=["workspace", "-updated"], name="lately_updated"),
            models.Index(fields=["trashed"], name="trash"),
            # The admin lists all workspaces' documents.
            models.Index(fields=["-created", "-id"], name="newest_of_all"),
        ]

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """One image, PDF page or TIFF frame; width and height in the upright frame.

    ``turn`` is how many quarter turns clockwise make it upright, beyond what EXIF
    says; None until the first worker that opens the page decides, once for all.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    preview = models.FileField(upload_to=preview_path, max_length=255, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_page_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} p. {self.number}"
