"""A failure that may pass is waited out, as long as the server and the page allow."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from engines import get_engine
from engines.vlm_http.failures import seconds_of
from tests.engines.vlm_http.conftest import ALONE
from tests.vlm_behaviours import TEXT


@pytest.mark.parametrize(
    ("behaviour", "times"), [("limited", 2), ("loading", 3), ("cut", 3)]
)
def test_it_works(behaving, receipt, behaviour: str, times: int) -> None:
    asked = behaving(behaviour)
    start = time.monotonic()
    assert get_engine("vlm-http").read(receipt, ALONE).text == TEXT
    assert len(asked()["requests"]) == times
    if behaviour == "limited":  # the server asked for a second
        assert time.monotonic() - start >= 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("3", 3), ("0.5", 0.5), ("-1", 0), ("nan", 0), ("", 0), ("soon", 0)],
)
def test_retry_after_in_seconds(told: str, seconds: float) -> None:
    assert seconds_of(told) == seconds


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_retry_after_as_a_date(zone: str) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True)
    assert 60 < seconds_of(then.replace("GMT", zone)) <= 120
    before = format_datetime(datetime.now(UTC) - timedelta(minutes=2), usegmt=True)
    assert seconds_of(before.replace("GMT", zone)) == 0
