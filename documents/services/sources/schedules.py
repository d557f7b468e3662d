"""When sources are visited: in cron's five fields, in the site's time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from croniter import CroniterError, croniter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SCHEDULES = {
    "": gettext_lazy("only when asked to"),
    "*/5 * * * *": gettext_lazy("every 5 minutes"),
    "*/15 * * * *": gettext_lazy("every 15 minutes"),
    "0 * * * *": gettext_lazy("every hour"),
    "0 6 * * *": gettext_lazy("every day at 6:00"),
    "0 6 * * 1": gettext_lazy("every Monday at 6:00"),
}
VALUE = r"(\*|\d{1,2}|[A-Za-z]{3})"
FIELD = rf"{VALUE}(-{VALUE})?(/\d{{1,2}})?"
FIELDS = re.compile(rf"{FIELD}(,{FIELD})*( {FIELD}(,{FIELD})*){{4}}")
LONGEST = 100


class InvalidSchedule(ValueError):
    """No moment follows from it; the message says what would do."""


def checked_schedule(schedule: str) -> str:
    """*schedule* with single blanks; empty stays empty.

    Raises:
        InvalidSchedule: it is not cron's, or its day never comes.
    """
    schedule = " ".join(schedule.split())
    try:
        next_run_after(schedule, timezone.now())
    except (CroniterError, InvalidSchedule):
        reason = _(
            "A schedule has five fields: minute, hour, day, month, day of the week. "
            "“*/15 * * * *” is every 15 minutes."
        )
        raise InvalidSchedule(reason) from None
    return schedule


def next_run_after(schedule: str, moment: datetime) -> datetime | None:
    """The first moment of *schedule* after *moment*; None where there is none."""
    if not schedule:
        return None
    if len(schedule) > LONGEST or not FIELDS.fullmatch(schedule):
        raise InvalidSchedule(schedule)
    local = timezone.localtime(moment, timezone.get_default_timezone())
    # In UTC moments can be told apart, and subtracted, in the hour that comes twice.
    return croniter(schedule, local).get_next(datetime).astimezone(UTC)
