"""How the operations page shows moments: as spans before or after one "now"."""

from __future__ import annotations

from datetime import datetime

from django import template

from documents.models import Worker
from documents.querysets.workers import SILENCE
from documents.services.times import span

register = template.Library()


@register.filter
def since(then: datetime, now: datetime) -> str:
    return span(now - then)


@register.filter
def until(then: datetime, now: datetime) -> str:
    return span(then - now)


@register.filter
def alive(worker: Worker, now: datetime) -> bool:
    """Whether *worker* was heard of lately, as the queryset of that name means it."""
    return worker.seen > now - SILENCE
