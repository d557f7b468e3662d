"""Lines that people put right, and the text as it is then."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

import engines
from documents.models import Correction, Document, Job, PageRead
from documents.services.texts.choice import may_be_chosen
from documents.services.texts.search import index

LONGEST = 4_000  # characters of a line
UNWRITABLE = ("Cc", "Cs")  # Unicode categories; marks of direction are text


class Outdated(Exception):
    """The line says something else meanwhile; the message says so."""


class InvalidLine(Exception):
    """No line can say that; the message says why."""


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
        InvalidLine: *text* is no text of one line.
    """
    if read.reading and read.reading.result.get("description"):
        raise InvalidLine(_("This describes the picture: there is nothing to correct."))
    # Of two who correct one line at once, the second sees what the first has written.
    PageRead.objects.select_for_update().get(pk=read.pk)
    current = current_text(read, place)
    if before is not None and before != current:
        raise Outdated(_("Somebody else has changed this line. Look at it again."))
    text = checked(text)
    if text == current.strip():
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
    Job.objects.filter(pk=job.pk).update(updated=made.created)
    keep_as_text(job, made.created)
    index(job.document)
    follow(job)
    return made


def follow(job: Job) -> None:
    """Let what was made of the text say what it says now."""
    from documents.services.receipts import note_receipt  # it reads corrected texts

    note_receipt(job)


def keep_as_text(job: Job, moment: datetime) -> None:
    """What people put right is not hidden by whatever is read next: unless another job
    was chosen, this one has the document's text."""
    job.refresh_from_db(fields=["state"])
    mine = Value(job.pk if may_be_chosen(job) else None)
    Document.objects.filter(pk=job.document_id).update(
        text_job=Coalesce("text_job", mine), updated=moment
    )
    job.document.refresh_from_db(fields=["text_job", "updated"])


def checked(text: str) -> str:
    """*text* as a line may say it, without blanks around it.

    Raises:
        InvalidLine: it has several lines, is too long or has what nobody can read.
    """
    text = text.strip()
    if len(text.splitlines()) > 1:
        raise InvalidLine(_("This is one line: write it without line breaks."))
    if len(text) > LONGEST:
        words = _("A line has at most %(most)d characters.")
        raise InvalidLine(words % {"most": LONGEST})
    if any(unicodedata.category(letter) in UNWRITABLE for letter in text):
        words = _("The line has control characters, such as tabs. Leave them out.")
        raise InvalidLine(words)
    return text


def current_text(read: PageRead, place: int) -> str:
    """What line *place* says now.

    Raises:
        IndexError: there is no such line.
    """
    lines = read.reading.result["lines"] if read.reading else []
    newest = read.corrections.filter(line=place).last()
    return newest.after if newest else lines[place]["text"]


def history(read: PageRead, place: int) -> QuerySet[Correction]:
    """What people did to line *place*, the oldest correction first."""
    return read.corrections.filter(line=place).select_related("user")


def corrected_texts(job: Job) -> dict[int, dict[int, str]]:
    """What people put right: by page number and place of the line, what it says now."""
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    made = Correction.objects.filter(read__job=job).order_by("pk")
    for number, line, after in made.values_list("read__number", "line", "after"):
        texts[number][line] = after
    return dict(texts)


def shown_result(read: PageRead) -> dict[str, Any]:
    """The page's JSON as people put it right, ``{}`` where nothing was read; lines that
    they changed have ``"corrected": True``."""
    if read.reading is None:
        return {}
    made = read.corrections.order_by("pk").values_list("line", "after")
    return with_corrections(read.reading.result, dict(made))


def with_corrections(
    result: dict[str, Any], texts: Mapping[int, str]
) -> dict[str, Any]:
    """*result*, a page's JSON, as its lines (by place) are with those *texts*.

    A line that says again what the engine read is as the engine read it.
    """
    lines = result["lines"]
    changed = {
        place: text
        for place, text in texts.items()
        if place < len(lines) and text != lines[place]["text"]
    }
    if not changed:
        return result
    page = engines.corrected_page(engines.page_from_json(result), changed)
    written = engines.page_to_json(page)
    for place in changed:
        written["lines"][place]["corrected"] = True
    return result | written
