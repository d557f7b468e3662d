"""Sources made, changed, paused, asked to run, and forgotten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from documents.models import Connection, RoiTemplate, Source, Workspace


def create_source(
    workspace: Workspace,
    *,
    owner: AbstractBaseUser,
    kind: str,
    name: str,
    values: Mapping[str, Any],
    connection: Connection | None = None,
    engine: str = "",
    languages: Sequence[str] = (),
    template: RoiTemplate | None = None,
    any_template: bool = True,
    tags: Sequence[str] = (),
    schedule: str = "",
) -> Source:
    """A new source, whose place was looked at before it is kept.

    *values* are its settings and secrets, as the schema of its kind has them.

    Raises:
        InvalidSource: it cannot be so.
        SourceError: its place does not let itself be looked at.
        TooManyWait: too many others wait for their places.
    """
    raise NotImplementedError


def change_source(source: Source, **what: Any) -> Source:
    """Change what is named, by the names of ``create_source``.

    *values* need not be whole: what is left out stays, None takes it away.

    Raises:
        InvalidSource, SourceError, TooManyWait: as for a new one; nothing is changed.
    """
    raise NotImplementedError


def try_source(
    kind: str,
    values: Mapping[str, Any],
    connection: Connection | None,
    user: AbstractBaseUser,
) -> str:
    """Look at a place without keeping anything; a sentence that says what is there.

    Raises:
        InvalidSource, SourceError, TooManyWait: as for a new one.
    """
    raise NotImplementedError


def delete_source(source: Source) -> None:
    """Forget it with its secrets and its log; documents that it brought stay."""
    source.delete()


def pause(source: Source) -> None:
    """Visit it no more until it is resumed; a visit that is under way ends."""
    raise NotImplementedError


def resume(source: Source) -> None:
    """Visit it again: at once, where it has a schedule or waited for somebody."""
    raise NotImplementedError


def sync_now(source: Source) -> bool:
    """Have it visited at once; False where it is being visited, or paused."""
    raise NotImplementedError


def retry_items(source: Source, keys: Collection[int] | None = None) -> int:
    """Let failed items, all or those of the primary *keys*, be tried again from the
    beginning; say how many they are."""
    raise NotImplementedError


def kept_secrets(source: Source) -> list[str]:
    """The names of the secrets that are kept, never their values."""
    raise NotImplementedError


def waits_for_somebody(source: Source) -> bool:
    """Whether no visit helps before its owner acts; ``error`` says how."""
    return not source.paused and source.next_run is None and bool(source.error)
