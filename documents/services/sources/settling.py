"""Places told what became of their files; a crash before it is noted tells it twice."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from documents.models import Source, SourceItem
from documents.services.patience import patient
from documents.services.sources.taking import found
from documents.sources import Connector

State = SourceItem.State
ENDED = (State.TAKEN, State.FAILED, State.SKIPPED)


def unsettled(source: Source) -> QuerySet[SourceItem]:
    """Files that ended here, of which their place has not been told."""
    return source.items.filter(state__in=ENDED, settled=False).order_by("pk")


def settle(item: SourceItem, connector: Connector) -> None:
    """
    Raises:
        SourceError: the place does not take it in.
    """

    def waits(keys: Collection[str]) -> bool:
        others = SourceItem.objects.filter(source=item.source_id, key__in=keys)
        return others.filter(state=State.WAITING).exists()

    taken = item.state == State.TAKEN
    connector.settle(found(item), taken=taken, waits=waits)
    note_settled(item)


@patient
def note_settled(item: SourceItem) -> None:
    """Unless it was told to be tried again meanwhile."""
    SourceItem.objects.filter(pk=item.pk, state=item.state).update(settled=True)
