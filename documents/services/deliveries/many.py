"""The answers of many documents in one zip: what goes into it, decided when asked."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.models import Delivery, Document, Job
from documents.services.deliveries.keeping import begun, digest
from documents.services.deliveries.names import stems
from documents.services.results import ResultNotReady
from documents.services.texts.choice import text_jobs

MOST = 50_000  # documents
MEDIA_TYPE = "application/zip"


class CannotArchive(Exception):
    """These cannot be put into one file; the message says why."""


class Part(NamedTuple):
    """A document, the job whose text it is (None: it has none), when that changed."""

    document: UUID
    name: str
    workspace: UUID
    job: UUID | None
    updated: str


def archive_of_documents(
    user: AbstractBaseUser, documents: QuerySet[Document], as_: str, **wishes: Any
) -> Delivery:
    """The texts of *documents*, each of the job that has it, for *user* to take.

    Raises:
        CannotArchive: they are too many, or not of one workspace.
        ResultNotReady: none of them has any text.
    """
    keys = documents.order_by().values("pk")
    jobs = text_jobs(keys)
    rows = documents.values_list("pk", "name", "workspace")[: MOST + 1]
    changed = Job.objects.filter(document__in=keys).order_by()
    updated = dict(changed.values_list("pk", "updated"))
    parts = []
    for pk, name, workspace in rows:
        job = jobs.get(pk)
        moment = updated[job].isoformat() if job in updated else ""
        parts.append(Part(pk, name, workspace, job, moment))
    if not jobs:
        raise ResultNotReady(_("None of these has any text yet. Read them first."))
    return archive(user, parts, as_, wishes)


def archive_of_jobs(
    user: AbstractBaseUser, jobs: QuerySet[Job], as_: str, **wishes: Any
) -> Delivery:
    """The answers of *jobs*, for *user* to take.

    Raises:
        CannotArchive: they are too many, or not of one workspace.
    """
    columns = ("document", "document__name", "workspace", "pk", "updated")
    rows = jobs.values_list(*columns)[: MOST + 1]
    parts = [Part(*row, moment.isoformat()) for *row, moment in rows]
    return archive(user, parts, as_, wishes)


def archive(
    user: AbstractBaseUser, parts: list[Part], as_: str, wishes: dict[str, Any]
) -> Delivery:
    """The zip of *parts*; begun now unless it is there, or under way, already."""
    if len(parts) > MOST:
        raise CannotArchive(
            _("These are more than %(most)d documents. Choose fewer.") % {"most": MOST}
        )
    if len({part.workspace for part in parts}) != 1:
        reason = _("These are of more than one workspace. Take those of one at a time.")
        raise CannotArchive(reason)
    wish = {"as": as_, "wishes": wishes, "language": get_language()}
    state = [[part.document.hex, part.name, part.updated] for part in parts]
    key = digest(user.pk, wish, state)
    made = Delivery.objects.select_related("errand", "workspace").filter(digest=key)
    return begun(made.first() or new_archive(user, parts, wish, key) or made.get())


def new_archive(
    user: AbstractBaseUser, parts: list[Part], wish: dict[str, Any], key: str
) -> Delivery | None:
    """None: another request of the same user was faster."""
    own = stems(part.name for part in parts)
    keys = [(part.document.hex, part.job and part.job.hex) for part in parts]
    listed = [[*pair, stem] for pair, stem in zip(keys, own, strict=True)]
    try:
        with transaction.atomic():
            return Delivery.objects.create(
                workspace_id=parts[0].workspace,
                created_by=user,
                wish={**wish, "parts": listed},
                digest=key,
                total=len(parts),
                name=f"ocrsite-{timezone.localdate()}.zip",
                media_type=MEDIA_TYPE,
            )
    except IntegrityError:
        return None
