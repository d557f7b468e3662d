"""Layouts drawn once: templates, their versions, their reference pictures."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import Document
from documents.models.people import Workspace
from documents.querysets import (
    CodeListQuerySet,
    RoiTemplateQuerySet,
    WorkspaceRowQuerySet,
)


def reference_path(page: TemplatePage, name: str) -> str:
    folder = page.template_id.hex
    return f"references/{folder[:2]}/{folder}/{page.number}{PurePath(name).suffix}"


class SharedField(models.Model):
    """A column that all layouts of a workspace share: supplier, number, total …

    A region fills it by its own name, or by the name it maps to. ``constant`` is what
    records get where no region fills it.
    """

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="shared_fields"
    )
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    constant = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = WorkspaceRowQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="one_shared_field_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CodeList(models.Model):
    """Values that a region of kind code may have: an uploaded list, a value a line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="code_lists")
    name = models.CharField(max_length=100)
    values = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    objects = CodeListQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="one_code_list_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> list[str]:
        return self.values.splitlines()


class RoiTemplate(models.Model):
    """A layout by its name; what is drawn on it lies in its versions.

    ``version`` is the number of the newest. ``document`` and ``page`` tell where it was
    drawn; the reference pictures are its own, and outlive that document.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="roi_templates"
    )
    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveIntegerField(default=1)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="roi_templates"
    )
    page = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    archived = models.DateTimeField(null=True, blank=True)

    objects = RoiTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(archived=None),
                name="one_template_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> TemplateVersion:
        return self.versions.get(number=self.version)


class TemplateVersion(models.Model):
    """What was drawn, as it was then: never changed, so that fields remember theirs.

    ``definition`` has the shape of the API's template, without id, name and version:
    languages, date_order, decimal, rules, constants, regions.
    """

    template = models.ForeignKey(RoiTemplate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="one_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"

    @property
    def regions(self) -> list[dict[str, Any]]:
        return self.definition["regions"]


class TemplatePage(models.Model):
    """A page of the layout's reference: its picture, and what registration compares.

    ``features`` are empty until a worker has prepared them.
    """

    template = models.ForeignKey(RoiTemplate, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    picture = models.FileField(upload_to=reference_path, max_length=255)
    features = models.FileField(upload_to=reference_path, max_length=255, blank=True)
    lines = models.JSONField(default=list, help_text=_("what was read on it"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="one_reference_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} p. {self.number}"
