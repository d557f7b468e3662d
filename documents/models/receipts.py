"""Receipts: what was bought where, when and for how much, without a layout."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.files import Document
from documents.models.jobs import Job
from documents.models.people import Workspace
from documents.querysets import ReceiptQuerySet


class Receipt(models.Model):
    """What the text of a document says as a receipt; None or empty: it does not say.

    ``findings`` tells of each value where it stands and why it is in doubt:
    {"total": {"raw", "page", "polygon", "confidence", "reason"}}. ``edited`` names the
    values that a person typed: no later reading changes them.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="receipts")
    document = models.OneToOneField(Document, models.CASCADE, related_name="receipt")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    merchant = models.CharField(_("merchant"), max_length=200, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=3, null=True)
    tax = models.DecimalField(_("tax"), max_digits=14, decimal_places=3, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    category = models.CharField(_("category"), max_length=50, blank=True)
    findings = models.JSONField(default=dict)
    edited = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["category", "date", "pk"]
        indexes = [
            models.Index(
                fields=["workspace", "category", "date"], name="receipts_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merchant} {self.total} {self.currency}"
