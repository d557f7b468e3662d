"""Receipts as one table, by category and date: Excel and CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Receipt
from documents.services.receipts.categories import category_word
from documents.services.results import Exported
from documents.services.sentences import told
from documents.services.tables import columns, exports, files
from documents.services.tables.rows import Cell

FORMATS = ("xlsx", "csv")
DOUBTED = ("category", "date", "merchant", "total", "currency", "tax")
CENTS = Decimal("0.01")


def receipts_table(
    receipts: QuerySet[Receipt], as_: str, *, site: str = ""
) -> Exported:
    """*receipts* as a file, sorted by category and date; links begin with *site*.

    Excel gets a second sheet: sums of each category and currency.

    Raises:
        UnknownFormat: with a sentence.
    """
    if as_ not in FORMATS:
        raise exports.UnknownFormat(
            _("There is no format “%(name)s”. Choose one of: %(names)s.")
            % {"name": as_, "names": ", ".join(FORMATS)}
        )
    heads = columns_of_receipts()
    rows = rows_of(receipts, site.rstrip("/"))
    name = f"receipts-{timezone.localdate():%Y-%m-%d}.{as_}"
    media_type = exports.FORMATS[as_].media_type
    if as_ == "csv":
        return Exported(files.as_csv(heads, rows, ()), media_type, name)
    return Exported(as_xlsx(heads, rows, sums_of(receipts)), media_type, name)


def columns_of_receipts() -> list[columns.Column]:
    return [
        columns.Column("category", _("category"), "text"),
        columns.Column("date", _("date"), "date"),
        columns.Column("merchant", _("merchant"), "text"),
        columns.Column("total", _("total"), "amount"),
        columns.Column("currency", _("currency"), "text"),
        columns.Column("tax", _("tax"), "amount"),
        columns.Column("doubts", _("to be looked at"), "text"),
        columns.Column("document", _("document"), "own"),
        columns.Column("link", _("link"), "own"),
    ]


def rows_of(receipts: QuerySet[Receipt], site: str) -> Iterator[list[Cell]]:
    for receipt in receipts.in_order().select_related("document").iterator(500):
        address = f"{site}/documents/{receipt.document_id}/"
        doubts = doubts_of(receipt)
        plain = {
            "category": category_word(receipt.category) or None,
            "date": receipt.date,
            "merchant": receipt.merchant or None,
            "total": shortened(receipt.total),
            "currency": receipt.currency or None,
            "tax": shortened(receipt.tax),
        }
        yield [
            *(Cell(plain[name], "lo" if name in doubts else "") for name in DOUBTED),
            Cell("; ".join(f"{_(name)}: {doubts[name]}" for name in doubts) or None),
            Cell(receipt.document.name, link=address),
            Cell(address, link=address),
        ]


def doubts_of(receipt: Receipt) -> dict[str, str]:
    """Why values are in doubt, by their names, in the reader's language."""
    return {
        name: told(receipt.findings[name]["reason"])
        for name in DOUBTED
        if receipt.findings.get(name, {}).get("reason")
    }


def shortened(amount: Decimal | None) -> Decimal | None:
    """*amount* without a third decimal that says nothing: 14.100 is 14.10."""
    if amount is None or amount.quantize(CENTS) != amount:
        return amount
    return amount.quantize(CENTS)


def sums_of(receipts: QuerySet[Receipt]) -> list[dict[str, Any]]:
    """For each category and currency: how many receipts, and their sums."""
    return [
        {
            **row,
            "word": category_word(row["category"]),
            "total": rounded(row["total"]),
            "tax": rounded(row["tax"]),
        }
        for row in receipts.sums()
    ]


def rounded(amount: Decimal | None) -> Decimal | None:
    """A sum without what SQLite's binary numbers leave behind."""
    return None if amount is None else shortened(round(amount, 3))


def as_xlsx(
    heads: list[columns.Column], rows: Any, sums: list[dict[str, Any]]
) -> bytes:
    from openpyxl import Workbook  # not for every web process that never exports

    book = Workbook(write_only=True)
    files.add_sheet(book, _("Receipts"), heads, rows)
    names = ("word", "currency", "receipts", "total", "tax")
    words = (_("category"), _("currency"), _("receipts"), _("total"), _("tax"))
    columns_of_sums = [
        columns.Column(name, word, "amount" if name in ("total", "tax") else "text")
        for name, word in zip(names, words, strict=True)
    ]
    cells = ([Cell(one[name]) for name in names] for one in sums)
    files.add_sheet(book, _("Totals"), columns_of_sums, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
