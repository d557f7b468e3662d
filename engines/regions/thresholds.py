"""From which confidence on a field of each kind is not looked at."""

from __future__ import annotations

from collections.abc import Mapping

THRESHOLDS: Mapping[str, float] = {
    "text": 0.9,
    "code": 0.9,
    "integer": 0.9,
    "amount": 0.9,
    "date": 0.9,
    "digits": 0.9,
}
