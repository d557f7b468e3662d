"""Lines that people put right, and the text as it is then."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Correction, Job, PageRead
from documents.services.texts.search import index


class Outdated(Exception):
    """The line says something else meanwhile; the message says so."""


@transaction.atomic
def correct_line(
    read: PageRead,
    place: int,
    text: str,
    *,
    user: AbstractBaseUser,
    before: str | None = None,
) -> Correction | None:
    """Let line *place* of *read* say *text*; None when it does already.

    With *before*, only if that is what it says now.

    Raises:
        IndexError: there is no such line.
        Outdated: it says something else than *before*.
    """
    current = current_text(read, place)
    if before is not None and before != current:
        raise Outdated(_("Somebody else has changed this line. Look at it again."))
    if text == current:
        return None
    job = read.job
    made = Correction.objects.create(
        read=read,
        workspace_id=read.workspace_id,
        line=place,
        before=current,
        after=text,
        user=user,
    )
    Job.objects.filter(pk=job.pk).update(updated=timezone.now())
    index(job.document)
    return made


def current_text(read: PageRead, place: int) -> str:
    """What line *place* says now.

    Raises:
        IndexError: there is no such line.
    """
    lines = read.reading.result["lines"] if read.reading else []
    newest = read.corrections.filter(line=place).last()
    return newest.after if newest else lines[place]["text"]


def corrected_texts(job: Job) -> dict[int, dict[int, str]]:
    """What people put right: by page number and place of the line, what it says now."""
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    made = Correction.objects.filter(read__job=job).order_by("pk")
    for number, line, after in made.values_list("read__number", "line", "after"):
        texts[number][line] = after
    return dict(texts)
