"""Questions that a worker answers while someone waits: live values, which layout fits.

Kinds and their questions and answers (boxes as in definitions, values as fields):

    values  {"document","page","definition","template"?: id}
            → {"fields": [{"name","raw","value","currency","confidence","cause",
               "reason","polygon"}], "registration": {"rung","score","reason"}}
            without "template" the page is the reference itself (the editor draws on
            it), the only one of its layout
    match   {"document","page"} → {"matches": [{"template","name","version","score",
            "rung","reason"}]}: the best first, empty when none fits
    reread  {"field","polygon","user"?} → {"field": id}: the field is read in the moved
            box, which its history tells; its record is settled
    deliver, archive, bulk, source, webhook: nobody waits for their answers; what KINDS
            names tells more

Rows are the truth, as with pages: a wake-up may be lost or come twice. An errand whose
worker died is taken again once.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

import engines
from documents.models import Errand, Worker, Workspace
from documents.models.workers import CPU, NETWORK
from documents.services.patience import patient
from documents.services.queue import enqueue, lease
from documents.services.workers import current_worker
from documents.storage import StorageTrouble

logger = logging.getLogger(__name__)
RUN_ERRAND = "documents.tasks.run_errand"
KINDS = {
    "values": "documents.services.answers.values",
    "match": "documents.services.answers.match",
    "reread": "documents.services.rereading.reread",
    "deliver": "documents.services.deliveries.deliver",
    "archive": "documents.services.deliveries.go_on",
    "bulk": "documents.services.bulk.go_on",
    "source": "documents.services.sources.go_on",
    "webhook": "documents.services.webhooks.go_on",
}
# Those that wait for hosts of strangers: workers of their own run them.
OF_NETWORK = ("source", "webhook")
STEP = 0.05  # seconds between two looks for the answer
LONGEST_STEP = 0.5
ATTEMPTS = 2
KEPT = timedelta(hours=1)
State = Errand.State


class TooSlow(Exception):
    """No worker has answered in time; the message says what to do."""


class Refused(Exception):
    """The worker could not do it; the message says why."""


def ask(
    workspace: Workspace, kind: str, question: dict[str, Any], *, wait: float = 30.0
) -> dict[str, Any]:
    """Have a worker answer *question*; errands go before pages.

    Not within a transaction: no worker would ever see the question.

    Raises:
        TooSlow: nobody answered within *wait* seconds.
        Refused: it cannot be done.
    """
    errand = put(workspace, kind, question)
    end, step = time.monotonic() + wait, STEP
    while errand.state not in (State.DONE, State.FAILED):
        if time.monotonic() > end:
            forget(errand)
            raise TooSlow(_("No worker has answered in time. Try again in a moment."))
        pause(step)
        step = min(step * 1.2, LONGEST_STEP)
        errand.refresh_from_db(fields=("state", "answer", "error"))
    if errand.state == State.FAILED:
        raise Refused(errand.error)
    return errand.answer


def pause(seconds: float) -> None:
    """Wait, without holding on to a connection that has served its time."""
    if not connection.in_atomic_block:
        close_old_connections()
    time.sleep(seconds)  # a worker, another process, writes the answer meanwhile


def put(workspace: Workspace, kind: str, question: dict[str, Any]) -> Errand:
    """Ask without waiting."""
    if kind not in KINDS:
        raise ValueError(f"there is no errand {kind}")
    engine_class = NETWORK if kind in OF_NETWORK else CPU
    with transaction.atomic():
        errand = Errand.objects.create(
            workspace=workspace,
            kind=kind,
            engine_class=engine_class,
            question=question,
        )
        transaction.on_commit(lambda: enqueue(RUN_ERRAND, engine_class=engine_class))
    return errand


def forget(errand: Errand) -> None:
    """Nobody waits any more: what no worker has begun need not be done."""
    Errand.objects.filter(pk=errand.pk, state=State.WAITING).delete()


def are_waiting() -> bool:
    return mine().exists()


def mine() -> QuerySet[Errand]:
    """Those that wait for workers like this one."""
    return Errand.objects.filter(
        state=State.WAITING, engine_class=settings.WORKER_CLASS
    )


def run_next() -> bool:
    """Do the oldest errand that waits; say whether there was one."""
    if (errand := claim()) is None:
        return False
    try:
        answer = import_string(KINDS[errand.kind])(errand.workspace, errand.question)
    except (Refused, StorageTrouble, engines.OcrError) as error:
        end(errand, state=State.FAILED, error=str(error))
    except Exception:
        logger.exception("Errand %s (%s) failed", errand.pk, errand.kind)
        end(errand, state=State.FAILED, error=broken())
    else:
        end(errand, state=State.DONE, answer=answer)
    return True


@patient
def claim() -> Errand | None:
    """The oldest errand that waits, now this worker's; None when none waits."""
    waiting = mine().order_by("created", "pk")
    while errand := waiting.select_related("workspace").first():
        taken = {
            "state": State.RUNNING,
            "attempt": errand.attempt + 1,
            "worker": current_worker(),
            "lease": timezone.now() + lease(),
        }
        this = waiting.order_by().filter(pk=errand.pk, attempt=errand.attempt)
        if this.update(**taken):
            for name, value in taken.items():
                setattr(errand, name, value)
            return errand
    return None


@patient
def end(errand: Errand, **columns: Any) -> None:
    """Write the answer, unless another worker was given the errand meanwhile."""
    held = Errand.objects.filter(
        pk=errand.pk, state=State.RUNNING, attempt=errand.attempt
    )
    held.update(**columns, lease=None)


def take_back_overdue() -> int:
    """Let errands that were held too long be done by another worker, or give up."""
    overdue = Errand.objects.filter(state=State.RUNNING, lease__lt=timezone.now())
    return sum(take_back(errand) for errand in overdue)


def take_back_from(worker: Worker) -> int:
    """The same for all that *worker*, which is dead, had begun."""
    return sum(map(take_back, worker.errands.filter(state=State.RUNNING)))


def take_back(errand: Errand) -> bool:
    """Give *errand* to another worker; what has killed two of them is given up."""
    if errand.attempt >= ATTEMPTS:
        ending = {"state": State.FAILED, "error": broken()}
    else:
        ending = {"state": State.WAITING, "worker": None}
    held = Errand.objects.filter(
        pk=errand.pk, state=State.RUNNING, attempt=errand.attempt
    )
    return bool(held.update(**ending, lease=None))


def forget_old() -> None:
    """What a delivery waits for, or failed by, stays as long as that does."""
    old = Errand.objects.filter(created__lt=timezone.now() - KEPT)
    old.filter(deliveries=None).delete()


def broken() -> str:
    return _("This could not be done. The site's log says why; try something else.")
