"""A message that carries its own way back out of the trash."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest


def isolated(name: str) -> str:
    """*name* within a sentence of either direction, in the order it has by itself."""
    return f"\u2068{name}\u2069"


def offer_undo(request: HttpRequest, words: str, trashed: datetime) -> None:
    """Say *words*, with a button that restores what went at that very moment."""
    messages.success(request, words, extra_tags=trashed.isoformat())
