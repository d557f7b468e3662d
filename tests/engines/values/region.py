"""A region of some kind, for tests of what print in it means."""

from __future__ import annotations

from typing import Any

from engines import Box, Habits, Region, Value, normal_value, parse_value
from engines.roi import Kind

BOX = Box(0.1, 0.1, 0.5, 0.2)


def read(kind: Kind, raw: str, habits: Habits | None = None, **region: Any) -> Value:
    return parse_value(raw, Region("x", kind, BOX, **region), habits or Habits())


def typed(kind: Kind, text: str, habits: Habits | None = None, **region: Any) -> Value:
    return normal_value(text, Region("x", kind, BOX, **region), habits or Habits())
