"""Reads of webhooks and of what was sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.querysets.rows import OwnedRowQuerySet


class WebhookQuerySet(OwnedRowQuerySet):
    def hearing(self, event: str) -> Self:
        """Those switched on that want to hear of *event*."""
        # A list in JSON; SQLite cannot look into it by itself.
        keys = [hook.pk for hook in self.filter(active=True) if event in hook.events]
        return self.filter(pk__in=keys)

    def due(self, now: datetime) -> Self:
        """Those to which something can be sent, while no worker does."""
        at_rest = Q(busy_until=None) | Q(busy_until__lt=now)
        deliveries = self.model.deliveries.rel.related_model.objects
        ready = deliveries.filter(webhook=OuterRef("pk")).due(now)
        return self.filter(
            at_rest, Q(next_try=None) | Q(next_try__lte=now), Exists(ready), active=True
        )


class WebhookDeliveryQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(webhook__workspace__memberships__user=user)

    def due(self, now: datetime) -> Self:
        return self.filter(state="waiting", next_try__lte=now)
