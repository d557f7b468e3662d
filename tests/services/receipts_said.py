"""Documents that were read, and what they say as receipts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import engines
from documents.models import Document, Job, Receipt
from documents.services.closing import close
from documents.services.jobs import create_job
from documents.services.queue import claim, store

TEXT = """Blue Bottle Coffee
Date: 25/03/2018
Coffee RM 4.10
Cake RM 10.00
Total RM 14.10"""
SAID = (
    *("Blue Bottle Coffee", dt.date(2018, 3, 25), Decimal("14.10")),
    *("MYR", None, "dining"),
)


def said_of(receipt: Receipt) -> tuple:
    return (
        *(receipt.merchant, receipt.date, receipt.total),
        *(receipt.currency, receipt.tax, receipt.category),
    )


def page_saying(text: str, **more: object) -> engines.Page:
    lines = [
        engines.Line(line, engines.Box(5, 10 * at, 50, 10 * at + 8).polygon)
        for at, line in enumerate(text.splitlines())
    ]
    return engines.Page(60, 100, tuple(lines), text, **more)


def read_saying(document: Document, *said: str | engines.Page) -> Job:
    """Reads it to its end: each page says a text, or is the page that was given."""
    # With other wishes each time: what was read before is not known again.
    wish = [f"x{Job.objects.count()}"]
    job = create_job(document, user=document.created_by, languages=wish)
    for text in said:
        page = page_saying(text) if isinstance(text, str) else text
        store(claim(), page, 0.1, None)
    assert close(job.pk)
    job.refresh_from_db()
    return job
