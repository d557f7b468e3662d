"""What was sent to webhooks, as people read it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import template

register = template.Library()


@register.filter
def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@register.filter
def as_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
