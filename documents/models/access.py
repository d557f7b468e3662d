"""How programs come in: API keys, and the memory of calls that may be repeated."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from documents.querysets import ApiKeyQuerySet


class ApiKey(AbstractAuthToken):
    """A named, scoped key; only its digest is kept, its prefix tells keys apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=128, unique=True)
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    last_used = models.DateTimeField(null=True, blank=True)

    objects = AuthTokenManager.from_queryset(ApiKeyQuerySet)()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return self.name


class IdempotentCall(models.Model):
    """An answered (or still running) POST that carried an Idempotency-Key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=255)
    key = models.CharField(max_length=255)
    body = models.CharField(max_length=64, help_text="digest of the request's body")
    status = models.PositiveSmallIntegerField(null=True)  # None: still in flight
    headers = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "method", "path", "key"], name="one_answer_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.key}"
