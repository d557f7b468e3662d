"""Many documents read again with one wish: the first at once, the others by workers.

The errand that is left to them, {"documents", "user", "wishes", "since"}, is passed on
after a moment with what is left of it, so that pages and other errands have their turn.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, Job, RoiTemplate, Workspace
from documents.models.jobs import OPEN, Lane
from documents.services import errands
from documents.services.jobs import create_job

AT_ONCE = 50  # documents; more than the asker would wait for are left to a worker
MOMENT = 5.0  # seconds that a worker takes for them at a time


def read_documents_again(
    documents: QuerySet[Document],
    *,
    workspace: Workspace,
    user: AbstractBaseUser,
    wishes: dict[str, Any],
) -> int:
    """A job for each of *documents*, which are of *workspace*; say how many they are.

    One that waits for the same reading already gets no second.
    """
    keys = [key.hex for key in documents.values_list("pk", flat=True)]
    now = timezone.now()
    read_chunk(keys[:AT_ONCE], user, wishes, since=now)
    if rest := keys[AT_ONCE:]:
        template = wishes.get("template")
        plain = {**wishes, "template": template.pk.hex} if template else wishes
        question = {
            "documents": rest,
            "user": user.pk,
            "wishes": plain,
            "since": now.isoformat(),
        }
        errands.put(workspace, "bulk", question)
    return len(keys)


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Make the jobs for as many as a moment is enough for (in a worker)."""
    user = get_user_model().objects.filter(pk=question["user"]).first()
    if user is None:
        return {}
    wishes = known(workspace, question["wishes"])
    since = datetime.fromisoformat(question["since"])
    keys, end = question["documents"], time.monotonic() + MOMENT
    while True:
        read_chunk(keys[:AT_ONCE], user, wishes, since=since)
        keys = keys[AT_ONCE:]
        if not keys or time.monotonic() > end:
            break
    if keys:
        errands.put(workspace, "bulk", {**question, "documents": keys})
    return {}


def known(workspace: Workspace, wishes: dict[str, Any]) -> dict[str, Any]:
    """*wishes* with the layout itself."""
    if not wishes.get("template"):
        return wishes
    layouts = RoiTemplate.objects.alive().filter(workspace=workspace)
    if layout := layouts.filter(pk=UUID(wishes["template"])).first():
        return {**wishes, "template": layout}
    raise errands.Refused(_("The layout was deleted meanwhile."))


@transaction.atomic
def read_chunk(
    keys: list[str], user: AbstractBaseUser, wishes: dict[str, Any], *, since: datetime
) -> None:
    """A job for each that has none by this very wish, of which a worker may have died,
    or which may have been sent twice."""
    same = Job.objects.filter(
        document=OuterRef("pk"),
        created_by=user,
        engine=wishes.get("engine") or settings.DEFAULT_ENGINE,
        template=wishes.get("template"),
        any_template=wishes.get("any_template", False),
    )
    asked = same.filter(Q(state__in=OPEN) | Q(created__gte=since))
    documents = Document.objects.changeable_by(user).exclude(Exists(asked))
    in_turn = {document.pk.hex: document for document in documents.filter(pk__in=keys)}
    for key in keys:
        if document := in_turn.get(key):
            create_job(document, user=user, lane=Lane.BULK, **wishes)
