"""Webhooks: what happens in a workspace is told to the addresses that want to hear."""

from __future__ import annotations

from typing import Any

from documents.models import Workspace

__all__ = ["emit", "go_on", "start_due"]


def emit(workspace: Workspace, event: str, data: dict[str, Any]) -> None:
    """Let *event* be told to the webhooks that want to hear of it.

    Within the transaction in which it happened: what is rolled back is not told.
    """


def start_due() -> int:
    """Have workers call the webhooks for which something waits; say how many."""
    return 0


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Call one webhook for a moment (in a worker)."""
    return {}
