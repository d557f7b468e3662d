"""How things that a description names are drawn on the picture."""

from __future__ import annotations

from typing import Any

from django import template

from documents.models import Page

register = template.Library()
SHARE = 40  # letters are that part of the picture's longest side high


@register.filter
def letter_size(page: Page) -> float:
    """How high letters on the picture are, in its pixels."""
    return round(max(page.width, page.height) / SHARE, 1)


@register.filter
def top_left(line: dict[str, Any]) -> tuple[float, float]:
    """The corner of its place in which the phrase of *line* is written."""
    xs, ys = zip(*line["polygon"], strict=True)
    return min(xs), min(ys)
