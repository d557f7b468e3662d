"""Receipts follow the text of their documents: made, renewed, taken back."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

import engines
from documents.models import Document, Job, Receipt
from documents.services.receipts.categories import categories_of
from documents.services.results import job_pages
from documents.services.texts.choice import may_be_chosen, newest_first, text_job

logger = logging.getLogger(__name__)
MOST_PAGES = 3  # more are a contract or a book
MOST_READINGS = 4  # that are looked through for a text, and for a model's answer
NAMES = ("merchant", "date", "total", "currency", "tax", "category")
LARGEST = Decimal(10) ** 11


def note_receipt(job: Job) -> None:
    """Let the receipt of the job's document say what its text says now.

    A defect here keeps no job open and no correction back: the log says why.
    """
    if not job.text or job.document.page_count > MOST_PAGES:
        return
    try:
        with transaction.atomic():
            follow_text(job.document)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The receipt of document %s was not read", job.document_id)


def follow_text(document: Document) -> Receipt | None:
    """The receipt that the document's text makes; None where it makes none.

    What people typed stays; one of which they typed nothing goes with its text.
    """
    found = sources(document)
    if not found:
        return None
    reading = read(document, found)
    # Two jobs of one document may end at once: it has one receipt all the same.
    Document.objects.select_for_update().only("pk").get(pk=document.pk)
    row = Receipt.objects.filter(document=document).first()
    if not reading.is_receipt:
        if row and not row.edited:
            row.delete()
            return None
        return row
    row = row or Receipt(document=document, workspace_id=document.workspace_id)
    row.job = found[0][0]
    for name in NAMES:
        if name not in row.edited:
            put(row, name, getattr(reading, name))
    row.save()
    return row


Source = tuple[Job, list[engines.Page]]


def sources(document: Document) -> list[Source]:
    """Its readings with text, the document's own first, then the newest."""
    own = text_job(document)
    jobs = [own] if own and may_be_chosen(own) else []
    newest = newest_first(document.jobs.all())[:MOST_READINGS]
    jobs += [job for job in newest if job not in jobs]
    found = [(job, pages_of(job)) for job in jobs]
    return [(job, pages) for job, pages in found if pages]


def pages_of(job: Job) -> list[engines.Page]:
    """What it read, as people put it right; a description is no text."""
    pages = [engines.page_from_json(page) for page in job_pages(job)]
    return [page for page in pages if not page.is_description and page.text.strip()]


def read(document: Document, found: Iterable[Source]) -> engines.ReceiptReading:
    """By rules what the first text says, filled up by what a language model says."""
    categories = categories_of(document.workspace)
    text: list[engines.Page] = []
    rules, answer = engines.ReceiptReading(), ""
    for job, pages in found:
        written = "\n".join(page.text for page in pages)
        said = engines.receipt_from_answer(written, categories=categories)
        if said != engines.ReceiptReading():
            answer = answer or written
        elif not text:
            text = pages
            rules = engines.read_receipt(
                pages,
                habits_of(job),
                categories=categories,
                currency=settings.DEFAULT_CURRENCY,
            )
    if not answer:
        return rules
    said = engines.receipt_from_answer(answer, text, categories=categories)
    return engines.merge_receipts(rules, said)


def habits_of(job: Job) -> engines.Habits:
    """How the job's user writes dates, where the page does not show it."""
    profile = getattr(job.created_by, "profile", None)
    return engines.Habits(
        date_order=profile.date_order if profile else "",
        languages=tuple(job.languages or ("eng",)),
    )


def put(row: Receipt, name: str, finding: engines.Finding) -> None:
    """*finding* into *row*: its value, and where it stands and why it is in doubt."""
    setattr(row, name, typed(name, finding.value))
    told: dict[str, Any] = asdict(finding)
    told.pop("value")
    if finding.value or finding.reason:
        row.findings[name] = told
    else:
        row.findings.pop(name, None)


def typed(name: str, value: str) -> Any:
    """*value* as the row keeps it."""
    if name == "date":
        return dt.date.fromisoformat(value) if value else None
    if name in ("total", "tax"):
        number = Decimal(value) if value else None
        return None if number is None or abs(number) >= LARGEST else number
    longest = Receipt._meta.get_field(name).max_length
    return value[:longest]
