"""What is there: rows of what was found, and how far that is, kept as one."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents.models import Source, SourceItem, SourceRun
from documents.services.patience import patient
from documents.services.sources.ending import earliest
from documents.services.uploads import clean_name
from documents.sources import Connector, Found, Look

State = SourceItem.State


class Overtaken(Exception):
    """The visit has ended, or another worker has looked further."""


def look_around(
    source: Source, run: SourceRun, connector: Connector, *, until: float
) -> datetime | None:
    """Look on from where the last look ended, until a moment of the monotonic clock;
    say when something more may be ready. ``run.has_looked`` when all was seen.

    Raises:
        Overtaken: nothing more is to be done.
    """
    begun, again = source.cursor, None
    for look in connector.look(source.cursor):
        keep(source, run, look)
        again = earliest(again, ready(look))
        if run.has_looked:
            return again
        # Cut before the cursor has moved, the next step would see the same again.
        if source.cursor != begun and time.monotonic() > until:
            return again
    note_end(run)
    return again


def ready(look: Look) -> datetime | None:
    if look.again_in is None:
        return None
    return timezone.now() + timedelta(seconds=look.again_in)


@patient
@transaction.atomic
def keep(source: Source, run: SourceRun, look: Look) -> None:
    """Rows for what *look* has found, and its cursor: both or none.

    Raises:
        Overtaken: another worker has looked further since, or the visit has ended.
    """
    known = Source.objects.select_for_update().filter(pk=source.pk).first()
    going_on = SourceRun.objects.filter(pk=run.pk, state=SourceRun.State.RUNNING)
    if known is None or known.cursor != source.cursor:
        raise Overtaken
    fresh = new_items(source, look.found)
    if not going_on.update(found=F("found") + len(fresh), has_looked=look.is_last):
        raise Overtaken
    SourceItem.objects.bulk_create(fresh, ignore_conflicts=True)
    waiting = source.items.filter(state=State.WAITING, key__in=look.gone)
    gone = {"state": State.SKIPPED, "error": "", "settled": True}
    waiting.update(**gone, updated=timezone.now())
    Source.objects.filter(pk=source.pk).update(cursor=dict(look.cursor))
    source.refresh_from_db(fields=("cursor",))  # as JSON has it: to be compared with
    run.has_looked = look.is_last


def new_items(source: Source, found: Iterable[Found]) -> list[SourceItem]:
    """Those of *found* that no row tells of; the other rows learn what is new."""
    now = timezone.now()
    told = {
        (one.key, one.checksum): SourceItem(
            source=source,
            key=one.key,
            checksum=one.checksum,
            name=clean_name(one.name),
            place=dict(one.place),
            next_try=now,
        )
        for one in found
    }
    rows = source.items.filter(key__in={key for key, _checksum in told})
    for row in rows:
        if item := told.pop((row.key, row.checksum), None):
            bring_up_to_date(row, item)
    return list(told.values())


def bring_up_to_date(row: SourceItem, item: SourceItem) -> None:
    """What was gone and is back waits again; what waits has its newest name."""
    columns: dict[str, Any] = {"name": item.name, "place": item.place}
    if row.state == State.SKIPPED and not row.error:
        columns |= {"state": State.WAITING, "attempts": 0, "next_try": item.next_try}
        columns["settled"] = False
    elif row.state != State.WAITING or (row.name, row.place) == (item.name, item.place):
        return
    # A worker may have taken it meanwhile.
    same = SourceItem.objects.filter(pk=row.pk, state=row.state)
    same.update(**columns, updated=item.next_try)


@patient
def note_end(run: SourceRun) -> None:
    """All that is there is known."""
    SourceRun.objects.filter(pk=run.pk).update(has_looked=True)
    run.has_looked = True
