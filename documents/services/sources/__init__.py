"""Sources: made and tested, visited by their schedule, each file taken once."""

from __future__ import annotations

from typing import Any

from documents.models import Workspace
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
from documents.services.sources.schedules import SCHEDULES, next_run_after

__all__ = [
    "SCHEDULES",
    "InvalidSource",
    "change_source",
    "create_source",
    "delete_source",
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
]


def start_due() -> int:
    """Have workers visit the sources whose turn it is; say how many."""
    return 0


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """A step of a visit (in a worker)."""
    return {}
