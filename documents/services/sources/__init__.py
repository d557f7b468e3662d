"""Sources: made and tested, visited by their schedule, each file taken once."""

from __future__ import annotations

from documents.services.sources.changing import (
    change_source,
    create_source,
    delete_source,
    kept_secrets,
    pause,
    resume,
    retry_items,
    sync_now,
    try_source,
    waits_for_somebody,
)
from documents.services.sources.checking import InvalidSource
from documents.services.sources.ending import forget_old_runs
from documents.services.sources.offering import why_not_offered
from documents.services.sources.running import go_on
from documents.services.sources.schedules import (
    SCHEDULES,
    InvalidSchedule,
    checked_schedule,
    next_run_after,
)
from documents.services.sources.starting import start_due

__all__ = [
    "SCHEDULES",
    "InvalidSchedule",
    "InvalidSource",
    "change_source",
    "checked_schedule",
    "create_source",
    "delete_source",
    "forget_old_runs",
    "go_on",
    "kept_secrets",
    "next_run_after",
    "pause",
    "resume",
    "retry_items",
    "start_due",
    "sync_now",
    "try_source",
    "waits_for_somebody",
    "why_not_offered",
]
