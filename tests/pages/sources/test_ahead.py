"""documents/templatetags/sources.py: how moments to come are shown"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from documents.templatetags.sources import ahead

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=-90), "now"),
        (timedelta(seconds=30), "in 1 min"),
        (timedelta(minutes=58, seconds=59), "in 59 min"),
        (timedelta(hours=2, minutes=30), "at 5:30 p.m."),
        (timedelta(hours=12), "03/15/2026 3 a.m."),
    ],
)
def test_ahead(monkeypatch, time: timedelta, words: str) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    shown = ahead(NOW + time)
    assert shown.endswith(f">{words}</time>")
    assert shown.startswith(f'<time datetime="{(NOW + time).isoformat()}" title="March')
