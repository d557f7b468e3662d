"""A receipt as a language model tells of it: salvaged, normalised, held to the text.

What such a model says may be made up: a value that no print supports is in doubt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from engines.receipts.categories import CATEGORIES
from engines.receipts.dates import find_dates
from engines.receipts.money import money_in, print_of
from engines.receipts.rows import Row, rows_of
from engines.receipts.types import OTHER, Category, Finding, ReceiptReading
from engines.types import Page
from engines.values.amounts import parse_amount
from engines.values.cleaning import folded, in_ascii, name_key
from engines.values.currencies import split_currency
from engines.values.dates import parse_date
from engines.values.types import Habits, quoted

_KEYS = {
    "merchant": "merchant store vendor supplier seller company shop merchant_name",
    "date": "date transaction_date invoice_date purchase_date receipt_date",
    "total": "total total_paid grand_total total_amount amount_due amount",
    "currency": "currency currency_code",
    "tax": "tax tax_amount vat gst total_tax",
    "category": "category",
}
_PAIR = re.compile(
    r"[\"']?(?P<key>[A-Za-z_ ]{3,20})[\"']?\s*[:=]\s*"
    r"(?P<value>\"(?:[^\"\\\n]|\\.)*\"?|'[^'\n]*'?|-?[\d.,]+|null|None)"
)
_ALIKE = 80  # per cent of letters of two spellings of one name
ALONE = "Only a language model says so: no text on the page supports it."


def answer_in(text: str) -> dict[str, Any]:
    """The values that *text*, a model's answer, gives by the names of a receipt.

    JSON in prose or in a fence is found, and broken JSON read pair by pair; what is
    no answer of this kind is empty.
    """
    given = _object_in(text) or _pairs_in(text)
    plain = {str(key).strip().lower().replace(" ", "_"): given[key] for key in given}
    found = {
        name: next((plain[key] for key in keys.split() if key in plain), None)
        for name, keys in _KEYS.items()
    }
    known = {name: value for name, value in found.items() if value not in (None, "")}
    # One pair may stand in any text: “Total: 5”.
    named = sum(any(key in plain for key in keys.split()) for keys in _KEYS.values())
    return known if named > 1 else {}


def from_answer(
    text: str,
    pages: Sequence[Page] = (),
    habits: Habits | None = None,
    *,
    categories: Sequence[Category] = CATEGORIES,
) -> ReceiptReading:
    """*text*, a model's answer, as a reading; empty where it is no such answer.

    Values are held to *pages*, which another engine has read: what they do not print
    is in doubt, and so is everything where there are none.
    """
    given = answer_in(text)
    rows = rows_of([page for page in pages if not page.is_description])
    habits = habits or Habits()
    said: dict[str, Finding] = {}
    readers: dict[str, Callable[[str], Finding]] = {
        "merchant": lambda raw: _merchant(raw, rows),
        "date": lambda raw: _date(raw, rows, habits),
        "total": lambda raw: _amount(raw, rows, habits),
        "tax": lambda raw: _amount(raw, rows, habits),
        "currency": lambda raw: _currency(raw, rows),
        "category": lambda raw: _category(raw, categories),
    }
    for name, reader in readers.items():
        if name in given:
            said[name] = reader(_as_print(given[name]))
    if "currency" not in said and "total" in said:
        said["currency"] = _currency(_as_print(given["total"]), rows)
    return ReceiptReading(**said)


def merged(rules: ReceiptReading, said: ReceiptReading) -> ReceiptReading:
    """What *rules* found, filled up by what a model *said*; they differ: a doubt."""
    both = {
        one.name: _joined(one.name, getattr(rules, one.name), getattr(said, one.name))
        for one in fields(ReceiptReading)
    }
    return ReceiptReading(**both)


def _joined(name: str, rule: Finding, said: Finding) -> Finding:
    if not said.value:
        return rule
    if not rule.value or (name == "category" and rule.value == OTHER):
        return said
    if _agree(name, rule.value, said.value):
        return replace(rule, confidence=max(rule.confidence, 0.95), reason="")
    if name == "category":
        return rule
    reason = rule.reason or f"The language model says {quoted(said.value)}."
    return replace(rule, confidence=min(rule.confidence, 0.6), reason=reason)


def _agree(name: str, one: str, other: str) -> bool:
    if name in ("total", "tax"):
        return Decimal(one) == Decimal(other)
    if name == "merchant":
        return _alike(one, other) >= _ALIKE
    return one == other


def _object_in(text: str) -> Mapping[str, Any]:
    """The first JSON object in *text* that has values."""
    # 14.10 keeps the decimals that it is written with.
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    for start in (found.start() for found in re.finditer(r"\{", text)):
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and value:
            return value
    return {}


def _pairs_in(text: str) -> Mapping[str, Any]:
    if "{" not in text:
        return {}
    return {
        found["key"]: found["value"].strip("\"'")
        for found in _PAIR.finditer(text)
        if found["value"] not in ("null", "None")
    }


def _as_print(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value", value.get("amount", value.get("name", "")))
    if isinstance(value, list):
        value = value[0] if value else ""
    return folded(str(value))[:200]


def _told(value: str, raw: str, is_printed: bool, doubt: str = "") -> Finding:
    if not value:
        return Finding()
    reason = doubt or ("" if is_printed else ALONE)
    return Finding(value, raw, confidence=0.5 if reason else 0.9, reason=reason)


def _placed(finding: Finding, cell: Any, raw: str) -> Finding:
    return replace(finding, page=cell.page, polygon=cell.place_of(raw), raw=raw)


def _merchant(raw: str, rows: Sequence[Row]) -> Finding:
    for row in rows:
        if _alike(raw, row.text) >= _ALIKE:
            place = row.cells[0].line.polygon if row.cells[0].line else None
            found = _told(raw[:200], row.text, is_printed=True)
            return replace(found, page=row.page, polygon=place)
    return _told(raw[:200], raw, is_printed=False)


def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(name_key(one), name_key(other)))


def _date(raw: str, rows: Sequence[Row], habits: Habits) -> Finding:
    value = parse_date(raw, habits)
    for one in find_dates(rows, habits):
        if one.value == value.text:
            return _placed(_told(value.text, raw, is_printed=True), one.cell, one.raw)
    return _told(value.text, raw, False, value.doubt)


def _amount(raw: str, rows: Sequence[Row], habits: Habits) -> Finding:
    print_ = print_of(rows)
    plain = re.fullmatch(r"-?\d+(\.\d+)?", raw)
    decimal = "." if plain else print_.decimal or habits.decimal
    value = parse_amount(raw, Habits(decimal=decimal))
    if not value.text:
        return Finding()
    amount = Decimal(value.text)
    for row in rows:
        for cell in row.cells:
            for money in money_in(cell, print_):
                if money.value == amount:
                    found = _told(str(money.value), raw, is_printed=True)
                    return _placed(found, cell, money.raw.strip())
    return _told(str(amount), raw, False, value.doubt)


def _currency(raw: str, rows: Sequence[Row]) -> Finding:
    signs = split_currency(in_ascii(raw) if raw.isascii() else raw)[1]
    known = signs or split_currency(raw.upper())[1]
    code = known[0] if known and re.fullmatch("[A-Z]{3}", known[0]) else ""
    printed = {sign for row in rows for sign in split_currency(row.text)[1]}
    return _told(code, raw, code in printed)


def _category(raw: str, categories: Sequence[Category]) -> Finding:
    names = {name_key(category.name): category.name for category in categories}
    name = names.get(name_key(raw), OTHER)
    return Finding(name, raw, confidence=0.8 if name != OTHER else 0.5)
