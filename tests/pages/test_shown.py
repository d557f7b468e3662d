"""documents/templatetags/shown.py: how values are shown"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from documents.templatetags import shown

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def at_three(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=11), "11 hours ago"),
        (timedelta(hours=14), "today"),
        (timedelta(hours=16), "yesterday"),
        (timedelta(days=2), "March 12, 2026"),
    ],
)
def test_ago(at_three: None, age: timedelta, words: str) -> None:
    assert shown.how_long_ago(NOW - age) == words


def test_ago_tells_the_exact_moment_on_hover(at_three: None) -> None:
    assert shown.ago(NOW) == (
        '<time datetime="2026-03-14T15:00:00+00:00" '
        'title="March 14, 2026, 3 p.m.">now</time>'
    )
    assert shown.ago(None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (0.844, "0.84 s"), (12.34, "12.3 s"), (75.2, "1:15 min")],
)
def test_seconds(value: float | None, words: str) -> None:
    assert shown.seconds(value) == words


@pytest.mark.parametrize(
    ("value", "name"),
    [(None, ""), (0.849, "lo"), (0.85, "mid"), (0.94, "hi"), (1.0, "hi")],
)
def test_level(value: float | None, name: str) -> None:
    assert shown.level(value) == name


def test_an_engine_that_is_gone_keeps_its_name() -> None:
    assert shown.engine_label("tesseract") == "Tesseract"
    assert shown.engine_label("ppocr+arabic") == "PP-OCR + Arabic"
    assert shown.engine_label("crystal ball") == "crystal ball"
