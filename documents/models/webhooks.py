"""Who is told of what happens here, and what they were told."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.people import Workspace
from documents.querysets import WebhookDeliveryQuerySet, WebhookQuerySet


class Webhook(models.Model):
    """An address that is called when something happens in a workspace.

    ``secret`` is sealed (``documents.services.sealing``): calls are signed with it.
    While calls fail, ``next_try`` holds all of them back, and when they have failed for
    too long since ``failing_since``, the webhook is switched off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="webhooks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=2000)
    events = models.JSONField(default=list)
    secret = models.TextField()
    active = models.BooleanField(default=True)
    # Why the site has switched it off; empty where its owner did.
    trouble = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="calls, in a row")
    failing_since = models.DateTimeField(null=True, blank=True)
    next_try = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)  # a worker's lease
    last_success = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.name or self.url


class WebhookDelivery(models.Model):
    """One event on its way to one address.

    ``attempts`` are [{"at","status","answer","error","seconds"}], the last ones.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    attempts = models.JSONField(default=list)
    next_try = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name_plural = "webhook deliveries"
        indexes = [
            models.Index(fields=["webhook", "-created", "-id"], name="deliveries_of"),
            models.Index(
                fields=["webhook", "next_try"],
                condition=Q(state="waiting"),
                name="waiting_calls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook}"
