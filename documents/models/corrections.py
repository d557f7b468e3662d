"""What people put right in the text that engines read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.jobs import PageRead
from documents.models.people import Workspace


class Correction(models.Model):
    """One change of one line: who, when, before, after; never changed itself.

    The newest of a line is what the line says. The Reading stays as the engine gave it:
    undoing is a correction back to what was there before.
    """

    read = models.ForeignKey(PageRead, models.CASCADE, related_name="corrections")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    line = models.PositiveIntegerField(help_text=_("the place in the reading, from 0"))
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["read", "line"], name="history_of_line")]

    def __str__(self) -> str:
        return f"{self.read} l. {self.line}"
