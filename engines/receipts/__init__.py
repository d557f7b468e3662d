"""Receipts without a layout: date, total, tax, merchant and category, from text."""

from __future__ import annotations

from collections.abc import Sequence

from engines.receipts.answers import answer_in, from_answer, merged
from engines.receipts.categories import CATEGORIES, find_category
from engines.receipts.currencies import (
    country_currency,
    date_order_in,
    find_currency,
)
from engines.receipts.dates import find_date
from engines.receipts.ledger import ledger_of
from engines.receipts.merchants import find_merchant
from engines.receipts.rows import rows_of
from engines.receipts.taxes import find_tax
from engines.receipts.totals import find_total
from engines.receipts.types import OTHER, Category, Finding, ReceiptReading
from engines.types import Page
from engines.values.types import Habits

__all__ = [
    "CATEGORIES",
    "OTHER",
    "Category",
    "Finding",
    "ReceiptReading",
    "answer_in",
    "from_answer",
    "merged",
    "read_receipt",
]


def read_receipt(
    pages: Sequence[Page],
    habits: Habits | None = None,
    *,
    categories: Sequence[Category] = CATEGORIES,
    currency: str = "",
) -> ReceiptReading:
    """What *pages* say as one receipt or invoice, by rules; takes milliseconds.

    *habits* are how dates and amounts are written, where the pages do not show it;
    *currency* is what people usually pay with here. A description says nothing.
    """
    rows = rows_of([page for page in pages if not page.is_description])
    if not rows:
        return ReceiptReading()
    ledger = ledger_of(rows)
    total = find_total(ledger)
    paid_in = find_currency(ledger, total, currency)
    merchant = find_merchant(rows)
    order = date_order_in(paid_in.value or country_currency(rows))
    return ReceiptReading(
        merchant=merchant,
        date=find_date(rows, habits or Habits(), order),
        total=total,
        currency=paid_in if total.value else Finding(),
        tax=find_tax(ledger, total),
        category=find_category(rows, merchant.value, categories),
    )
