"""documents.services.sources.schedules: cron's five fields in the site's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from documents.services.sources import (
    SCHEDULES,
    InvalidSchedule,
    checked_schedule,
    next_run_after,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_it_works() -> None:
    assert next_run_after("*/15 * * * *", NOON) == NOON + timedelta(minutes=15)
    assert next_run_after("5 12 * * *", NOON) == NOON + timedelta(minutes=5)
    assert next_run_after("0 6 * * MON", NOON) == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert next_run_after("", NOON) is None


@pytest.mark.parametrize("schedule", [one for one in SCHEDULES if one])
def test_each_that_is_offered(schedule: str) -> None:
    assert checked_schedule(schedule) == schedule
    assert NOON < next_run_after(schedule, NOON) <= NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("moment", "next_run"),
    [
        ("2026-11-21T06:00", "2026-11-22T05:00"),  # 6:00 in winter
        ("2026-07-01T06:00", "2026-07-02T04:00"),  # 6:00 in summer
        ("2026-03-28T12:00", "2026-03-29T04:00"),  # the night an hour is left out
        ("2026-10-24T12:00", "2026-10-25T05:00"),  # the night one comes twice
    ],
)
def test_it_is_the_sites_time(settings, moment: str, next_run: str) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("Asia/Tokyo"):  # a user's
        found = next_run_after("0 6 * * *", datetime.fromisoformat(f"{moment}Z"))
    assert found == datetime.fromisoformat(f"{next_run}Z")


def test_it_moves_on_in_the_hour_that_comes_twice(settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    moment = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)
    for _time in range(20):
        following = next_run_after("*/15 * * * *", moment)
        assert timedelta(0) < following - moment <= timedelta(minutes=75)
        moment = following


def test_blanks_do_not_matter() -> None:
    assert checked_schedule("  0  6 * *   * ") == "0 6 * * *"
    assert checked_schedule(" ") == ""


@pytest.mark.parametrize(
    "schedule",
    [
        "@daily",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "0 0 30 2 *",
        "0 0 * * tea",
        "H * * * *",
        "R * * * *",
        "0 0 L * *",
        "*/0 * * * *",
        "a\0 * * * *",
        f"{','.join(map(str, range(60)))} * * * *",
    ],
)
def test_it_is_refused(schedule: str) -> None:
    with pytest.raises(InvalidSchedule, match="A schedule has five fields"):
        checked_schedule(schedule)
