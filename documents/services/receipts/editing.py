"""Values of receipts that people put right; no later reading changes those."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

import engines
from documents.models import Receipt
from documents.services.receipts.categories import category_names
from documents.services.receipts.making import LARGEST, NAMES

DECIMALS = 3
CENTS = Decimal("0.01")


class InvalidValue(Exception):
    """A value cannot be that; ``name`` says which, the message why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def as_typed(row: Receipt, name: str) -> str:
    """A value of *row* as people type it: 14.1, 2018-03-25."""
    value = getattr(row, name)
    if name in ("total", "tax") and value is not None:
        return f"{value.quantize(CENTS) if value == round(value, 2) else value}"
    return "" if value is None else str(value)


@transaction.atomic
def edit_receipt(
    receipt: Receipt, values: Mapping[str, Any], *, user: AbstractBaseUser
) -> Receipt:
    """Let *receipt* say *values*, by name; empty: it does not say.

    Who sends what stands there already has looked at it: it is no longer in doubt.

    Raises:
        InvalidValue: with a sentence.
    """
    row = Receipt.objects.select_for_update().get(pk=receipt.pk)
    for name, value in values.items():
        setattr(row, name, checked(row, name, value))
        told = row.findings.get(name, {})
        row.findings[name] = told | {"confidence": 1.0, "reason": ""}
        if name not in row.edited:
            row.edited.append(name)
    row.save()
    return row


def checked(row: Receipt, name: str, value: Any) -> Any:
    """
    Raises:
        InvalidValue: with a sentence.
    """
    checks = {
        "date": checked_date,
        "total": checked_amount,
        "tax": checked_amount,
        "currency": checked_currency,
        "merchant": checked_merchant,
    }
    if name not in NAMES:
        raise InvalidValue(name, _("A receipt has no such value."))
    try:
        if name == "category":
            return checked_category(row, value)
        return checks[name]("" if value is None else value)
    except ValueError as error:
        raise InvalidValue(name, str(error)) from None


def checked_date(value: dt.date | str) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    region = engines.Region("date", "date", engines.Box(0, 0, 1, 1))
    if not value.strip():
        return None
    meant = engines.normal_value(value, region, engines.Habits())
    if not meant.text or meant.doubt:
        raise ValueError(_("Write the date as year-month-day: 2026-11-21."))
    return dt.date.fromisoformat(meant.text)


def checked_amount(value: Decimal | str) -> Decimal | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        region = engines.Region("amount", "amount", engines.Box(0, 0, 1, 1))
        # Without habits, 1.234 could be a thousand: here a point parts decimals.
        meant = engines.normal_value(value, region, engines.Habits(decimal="."))
        if not meant.text or meant.doubt:
            raise ValueError(_("Write the amount as a number: 1234.50."))
        value = meant.text
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(_("Write the amount as a number: 1234.50.")) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(_("This amount is too large."))
    return round(number, DECIMALS)


def checked_currency(value: str) -> str:
    code = value.strip().upper()
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise ValueError(_("Write the currency as three letters: EUR."))
    return code


def checked_merchant(value: str) -> str:
    name = " ".join(value.split())
    longest = Receipt._meta.get_field("merchant").max_length
    if len(name) > longest:
        words = _("A name has at most %(most)d characters.")
        raise ValueError(words % {"most": longest})
    return name


def checked_category(row: Receipt, value: str | None) -> str:
    names = category_names(row.workspace)
    # One that the list has no more is kept where it is.
    if value in (*names, row.category):
        return value or ""
    words = _("There is no category “%(name)s”. Choose from: %(names)s.")
    raise ValueError(words % {"name": value or "", "names": ", ".join(names)})
