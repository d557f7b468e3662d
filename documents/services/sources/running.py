"""A visit, step by step: look, take what waits, settle what ended.

A step works for a moment and leaves the rest to the next errand, whose question tells
what no row does: {"source", "run", "again"?, "in_a_row"?, "unsettled"?, "refusal"?}.
Rows are the truth: a step may be cut short anywhere, come twice, or run beside another.
"""

from __future__ import annotations

import logging
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Source, SourceItem, SourceRun, Workspace
from documents.services import errands
from documents.services.connections import note_trouble
from documents.services.sources.checking import why_not
from documents.services.sources.ending import earliest, end_visit, fail_visit
from documents.services.sources.looking import Overtaken, look_around
from documents.services.sources.places import connector_of
from documents.services.sources.settling import settle, unsettled
from documents.services.sources.starting import first_question, pass_on
from documents.services.sources.taking import take
from documents.sources import (
    KINDS,
    AccessLost,
    Connector,
    NeedsSomebody,
    SourceError,
)
from engines import FileError

logger = logging.getLogger(__name__)
MOMENT = 5.0  # seconds that a worker works for one source at a time
MOST_IN_A_ROW = 5  # files that cannot be fetched: then the place is to blame
RELATED = ("workspace", "owner", "connection", "template")


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """A step of a visit (in a worker)."""
    running = SourceRun.objects.filter(
        source=UUID(question["source"]),
        source__workspace=workspace,
        state=SourceRun.State.RUNNING,
    )
    related = (f"source__{name}" for name in RELATED)
    if run := running.select_related("source", *related).first():
        if question["run"] != run.pk:  # it was paused and resumed since
            question = first_question(run)
        try:
            step(run, question)
        except Overtaken:
            pass_on(run.source, question)
        except NeedsSomebody as error:
            note_lost_access(run.source, error)
            fail_visit(run, str(error), for_good=True)
        except (SourceError, FileError) as error:
            fail_visit(run, str(error))
        # A connector may have any bug; its source says so, and is visited again.
        except Exception:
            logger.exception("Visit %s to source %s failed", run.pk, run.source_id)
            fail_visit(run, errands.broken())
    return {}


def note_lost_access(source: Source, error: NeedsSomebody) -> None:
    """Where an account is refused, its user sees so beside the account, too."""
    if isinstance(error, AccessLost) and source.connection:
        note_trouble(source.connection, str(error))


def step(run: SourceRun, question: dict[str, Any]) -> None:
    """
    Raises:
        SourceError: the visit comes to no end so.
        Overtaken: another worker goes on with it.
    """
    insist_on_rights(run.source)
    with closing(connector_of(run.source)) as connector:
        visit = Visit(run, connector, dict(question))
        is_over = visit.work()
    if not is_over:
        pass_on(run.source, visit.question)
    elif refusal := visit.question.get("refusal"):
        fail_visit(run, refusal)
    else:
        end_visit(run, again=visit.again)


def insist_on_rights(source: Source) -> None:
    """
    Raises:
        NeedsSomebody: its owner may not bring in documents, or not from there.
    """
    mine = Workspace.objects.changeable_by(source.owner).filter(pk=source.workspace_id)
    if not (source.owner.is_active and mine.exists()):
        reason = _(
            "%(owner)s may not bring documents into this workspace any more. "
            "Let another owner make a source of their own."
        )
        raise NeedsSomebody(reason % {"owner": source.owner.get_username()})
    kind = KINDS.get(source.kind)
    if kind and (reason := why_not(kind, source.owner)):
        raise NeedsSomebody(reason)


@dataclass
class Visit:
    """A worker's moment at a source; ``question`` becomes that of the next one."""

    run: SourceRun
    connector: Connector
    question: dict[str, Any]
    until: float = field(default_factory=lambda: time.monotonic() + MOMENT)

    @property
    def source(self) -> Source:
        return self.run.source

    @property
    def again(self) -> datetime | None:
        """When something that was not ready may be."""
        moment = self.question.get("again")
        return datetime.fromisoformat(moment) if moment else None

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self.until

    def work(self) -> bool:
        """Whether all is done."""
        if not self.run.has_looked:
            self.look()
        return self.run.has_looked and self.settle_all() and self.take_all()

    def look(self) -> None:
        again = look_around(self.source, self.run, self.connector, until=self.until)
        if moment := earliest(self.again, again):
            self.question["again"] = moment.isoformat()

    def settle_all(self) -> bool:
        """What an earlier step was cut short at; False where there is no time."""
        for item in unsettled(self.source).exclude(pk__in=self.refused):
            self.settle(item)
            if not self.has_time:
                return False
        return True

    def take_all(self) -> bool:
        """Take what waits, who waits longest first; False where there is no time."""
        while item := self.next_item():
            self.note(take(item, self.run, self.connector))
            item.refresh_from_db(fields=("state", "settled"))
            if item.state != SourceItem.State.WAITING and not item.settled:
                self.settle(item)
            if not self.has_time:
                return False
        return True

    def next_item(self) -> SourceItem | None:
        """None, too, when the visit was ended meanwhile."""
        waiting = SourceItem.objects.waiting(timezone.now()).filter(
            source=self.source,
            source__runs=self.run,
            source__runs__state=SourceRun.State.RUNNING,
        )
        if item := waiting.order_by("next_try", "pk").first():
            item.source = self.source
        return item

    def note(self, trouble: str) -> None:
        """
        Raises:
            SourceError: so many files in a row cannot be fetched.
        """
        in_a_row = self.question.get("in_a_row", 0) + 1 if trouble else 0
        self.question["in_a_row"] = in_a_row
        if in_a_row >= MOST_IN_A_ROW:
            raise SourceError(trouble)

    def settle(self, item: SourceItem) -> None:
        """What a place refuses is left to the next visit, and fails this one."""
        if len(self.refused) >= MOST_IN_A_ROW:
            return
        try:
            settle(item, self.connector)
        except NeedsSomebody:
            raise
        except (SourceError, FileError) as error:
            self.refuse(item, str(error))
        # A connector may trip over any file: the others are settled all the same.
        except Exception:
            logger.exception("Item %s could not be settled", item.pk)
            self.refuse(item, errands.broken())

    def refuse(self, item: SourceItem, reason: str) -> None:
        self.question["unsettled"] = [*self.refused, item.pk]
        self.question["refusal"] = reason

    @property
    def refused(self) -> list[int]:
        return self.question.get("unsettled", [])
