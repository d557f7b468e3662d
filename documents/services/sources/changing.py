"""Sources made, changed, paused, asked to run, and forgotten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Connection, RoiTemplate, Source, SourceItem, Workspace
from documents.services.sources.checking import (
    InvalidSource,
    checked_kind,
    fill,
    insist_on_reader,
    known_secrets,
)
from documents.services.sources.ending import end_visit
from documents.services.sources.places import try_place
from documents.services.sources.schedules import next_run_after
from documents.services.sources.starting import begin_visit

PLACE = ("settings", "secrets", "connection_id")  # columns that say where it is


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
    checked_kind(kind, owner)
    source = Source(workspace=workspace, owner=owner, kind=kind)
    fill(
        source,
        {
            "name": name,
            "values": values,
            "connection": connection,
            "engine": engine,
            "languages": languages,
            "template": template,
            "any_template": any_template,
            "tags": tags,
            "schedule": schedule,
        },
    )
    insist_on_reader(source)
    try_place(source, owner)
    source.next_run = timezone.now() if source.schedule else None
    source.save(force_insert=True)
    return source


def change_source(source: Source, *, by: AbstractBaseUser, **what: Any) -> Source:
    """Change what is named, by the names of ``create_source``.

    *values* need not be whole: what is left out stays, None takes it away. Its place
    only its own owner may change: their secrets would be shown to another one.

    Raises:
        InvalidSource, SourceError, TooManyWait: as for a new one; nothing is changed.
    """
    changed = copy(source)
    fill(changed, what)
    insist_on_reader(changed)
    if moved := any(getattr(changed, x) != getattr(source, x) for x in PLACE):
        insist_on_owner(source, by, what)
        checked_kind(source.kind, by)
        try_place(changed, by)
    keep_change(changed, what, moved=moved)
    source.refresh_from_db()
    return source


def insist_on_owner(
    source: Source, by: AbstractBaseUser, what: Mapping[str, Any]
) -> None:
    """
    Raises:
        InvalidSource: *by* would use an account or a password of somebody else.
    """
    if by.pk != source.owner_id:
        reason = _("Only %(owner)s may change this. Make a source of your own instead.")
        names = what.get("values") or ("connection",)
        told = reason % {"owner": source.owner.get_username()}
        raise InvalidSource(dict.fromkeys(names, told))


@transaction.atomic
def keep_change(changed: Source, what: Mapping[str, Any], *, moved: bool) -> None:
    """Save the columns that *what* names: workers write others meanwhile."""
    columns = {"updated", "any_template", *what} - {"values"}
    if "values" in what:
        columns |= {"settings", "secrets"}
    before = Source.objects.select_for_update().get(pk=changed.pk)
    if moved:
        changed.cursor = {}
        columns.add("cursor")
    if moved or waits_for_somebody(before):
        changed.failures, changed.error = 0, ""
        changed.next_run = timezone.now() if changed.schedule else None
        columns |= {"failures", "error", "next_run"}
    elif changed.schedule != before.schedule:
        changed.next_run = next_run_after(changed.schedule, timezone.now())
        columns.add("next_run")
    if before.busy_until:
        columns.discard("next_run")  # its visit decides, when it ends
    changed.save(update_fields=columns)


def try_source(
    kind: str,
    values: Mapping[str, Any],
    connection: Connection | None,
    user: AbstractBaseUser,
    source: Source | None = None,
) -> str:
    """Look at a place without keeping anything; a sentence that says what is there.

    *values* go over those of *source*, where it is the user's own.

    Raises:
        InvalidSource, SourceError, TooManyWait: as for a new one.
    """
    checked_kind(kind, user)
    if source is not None:
        insist_on_owner(source, user, {"values": values})
    source = copy(source) if source else Source(owner=user, kind=kind)
    fill(source, {"values": values, "connection": connection})
    return try_place(source, user)


def delete_source(source: Source) -> None:
    """Forget it with its secrets and its log; documents that it brought stay."""
    source.delete()


def pause(source: Source) -> None:
    """Visit it no more until it is resumed; a visit that is under way ends."""
    Source.objects.filter(pk=source.pk).update(paused=True, updated=timezone.now())
    if run := source.runs.filter(state="running").first():
        end_visit(run)
    source.refresh_from_db()


def resume(source: Source) -> None:
    """Visit it again: at once, where it has a schedule or waited for somebody."""
    at_once = source.schedule or source.error
    Source.objects.filter(pk=source.pk).update(
        paused=False,
        failures=0,
        error="",
        next_run=timezone.now() if at_once else None,
        updated=timezone.now(),
    )
    source.refresh_from_db()


def sync_now(source: Source) -> bool:
    """Have it visited at once; False where it is being visited, or paused."""
    at_rest = Source.objects.filter(pk=source.pk, paused=False, busy_until=None)
    asked = at_rest.update(next_run=timezone.now())
    return bool(asked) and begin_visit(source)


def retry_items(source: Source, keys: Collection[int] | None = None) -> int:
    """Let failed items, all or those of the primary *keys*, be tried again from the
    beginning; say how many they are."""
    failed = source.items.filter(state=SourceItem.State.FAILED)
    if keys is not None:
        failed = failed.filter(pk__in=keys)
    now = timezone.now()
    count = failed.update(
        state=SourceItem.State.WAITING,
        attempts=0,
        next_try=now,
        error="",
        settled=False,
        updated=now,
    )
    if count:
        sync_now(source)
    return count


def kept_secrets(source: Source) -> list[str]:
    """The names of the secrets that are kept, never their values."""
    return sorted(known_secrets(source))


def waits_for_somebody(source: Source) -> bool:
    """Whether no visit helps before its owner acts; ``error`` says how."""
    return not source.paused and source.next_run is None and bool(source.error)
