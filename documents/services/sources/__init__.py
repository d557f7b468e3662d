"""Sources: made and tested, visited by their schedule, each file taken once."""

from __future__ import annotations

from typing import Any

from documents.models import Workspace

__all__ = ["go_on", "start_due"]


def start_due() -> int:
    """Have workers visit the sources whose turn it is; say how many."""
    return 0


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """A step of a visit (in a worker)."""
    return {}
