"""Questions that a worker answers while someone waits: live values, which layout fits.

Kinds and their questions and answers (boxes as in definitions, values as fields):

    values  {"document","page","definition","template"?: id}
            → {"fields": [{"name","raw","value","currency","confidence","cause",
               "reason","polygon"}], "registration": {"rung","score","reason"}}
            without "template" the page is the reference itself (the editor draws on it)
    match   {"document","page"} → {"matches": [{"template","name","version","score",
            "rung","reason"}]}: the best first, empty when none fits
    reread  {"field","polygon"} → {"field": id}: the field is read in the moved box
"""

from __future__ import annotations

from typing import Any

from documents.models import Errand, Workspace


class TooSlow(Exception):
    """No worker has answered in time; the message says what to do."""


class Refused(Exception):
    """The worker could not do it; the message says why."""


def ask(
    workspace: Workspace, kind: str, question: dict[str, Any], *, wait: float = 30.0
) -> dict[str, Any]:
    """Have a worker answer *question*; errands go before pages.

    Raises:
        TooSlow: nobody answered within *wait* seconds.
        Refused: it cannot be done.
    """
    raise NotImplementedError


def run_next() -> bool:
    """Do the oldest errand that waits; say whether there was one."""
    raise NotImplementedError


def put(workspace: Workspace, kind: str, question: dict[str, Any]) -> Errand:
    """Ask without waiting."""
    raise NotImplementedError
