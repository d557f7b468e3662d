"""How receipts are shown: their values with their doubts, and a document's card."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.models import Document, Receipt
from documents.services.receipts import NAMES, as_typed, category_names
from documents.services.receipts import category_word as word_of
from documents.services.sentences import told
from documents.templatetags.shown import amount, points

register = template.Library()


@register.filter
def category_word(name: str) -> str:
    return word_of(name)


@register.filter
def doubts(receipt: Receipt) -> list[str]:
    """A sentence for each value that is in doubt."""
    return [
        f"{label(name)}: {told(receipt.findings[name]['reason'])}"
        for name in NAMES
        if receipt.findings.get(name, {}).get("reason")
    ]


@register.inclusion_tag("receipts/_card.html", takes_context=True)
def receipt_card(
    context: dict[str, Any], document: Document, oob: bool = False
) -> dict[str, Any]:
    """What *document* says as a receipt; an empty place where it says nothing."""
    receipt = Receipt.objects.filter(document=document).first()
    job = context.get("job")
    return {
        "oob": oob,
        "document": document,
        "receipt": receipt,
        "values": values_of(receipt) if receipt else [],
        "doubts": doubts(receipt) if receipt else [],
        "categories": [
            (name, word_of(name)) for name in category_names(document.workspace)
        ]
        if receipt
        else [],
        "may_change": context.get("may_change"),
        "job": job,
    }


def values_of(receipt: Receipt) -> list[dict[str, Any]]:
    values = []
    for name in NAMES:
        finding = receipt.findings.get(name, {})
        polygon = finding.get("polygon")
        values.append(
            {
                "name": name,
                "label": label(name),
                "text": written(receipt, name),
                "typed": as_typed(receipt, name),
                "reason": told(finding.get("reason", "")),
                "page": finding.get("page", 1),
                "points": points(polygon) if polygon else "",
                "edited": name in receipt.edited,
            }
        )
    return values


def label(name: str) -> str:
    return {
        "merchant": _("Merchant"),
        "date": _("Date"),
        "total": _("Total"),
        "currency": _("Currency"),
        "tax": _("Tax"),
        "category": _("Category"),
    }[name]


def written(receipt: Receipt, name: str) -> str:
    """A value as the reader's language writes it; "" where there is none."""
    value = getattr(receipt, name)
    if value in (None, ""):
        return ""
    if name in ("total", "tax"):
        return amount(value)
    if name == "date":
        return date_format(value, "DATE_FORMAT")
    return word_of(value) if name == "category" else str(value)
