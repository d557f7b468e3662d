"""read_vision: whatever comes in, a page or a sentence comes out."""

from __future__ import annotations

import random

import pytest

from tests.engines.vision.fuzz import damaged, outcome
from tests.engines.vision.made import TOTAL, written

WORDS = {
    "textAnnotations": [
        {"description": "Total 12"},
        {"description": "Total", "boundingPoly": {"vertices": [{"x": 4, "y": 9}] * 4}},
        {"description": "12"},
    ]
}
BATCH = {"responses": [TOTAL, WORDS, {"error": {"code": 3, "message": "Bad image."}}]}


@pytest.mark.parametrize("value", [TOTAL, WORDS, BATCH, [BATCH]])
def test_damaged_files_are_read_or_refused(value):
    chance = random.Random(7)
    outcomes = {outcome(damaged(written(value), chance)) for _ in range(80)}
    assert "read" in outcomes
    assert len(outcomes) > 3
    assert all(one == "read" or one.endswith(".") for one in outcomes)
