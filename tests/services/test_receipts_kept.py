"""Receipts put right, their categories, their table, their doubts in words."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

import engines
from documents.models import Document, Receipt
from documents.services.receipts import (
    InvalidCategories,
    InvalidValue,
    categories_of,
    category_names,
    edit_receipt,
    receipts_table,
    set_categories,
    sums_of,
)
from documents.services.sentences import patterns
from documents.services.sentences_of_receipts import SENTENCES
from documents.services.tables import UnknownFormat
from tests.services.conftest import MakeDocument
from tests.services.receipts_said import SAID, TEXT, read_saying, said_of


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("total", "1234.5", Decimal("1234.5")),
        ("total", "1,234.50", Decimal("1234.5")),
        ("total", "", None),
        ("tax", Decimal("0.125"), Decimal("0.125")),
        ("date", "2021-02-28", dt.date(2021, 2, 28)),
        ("date", "28 Feb 2021", dt.date(2021, 2, 28)),
        ("date", None, None),
        ("currency", "eur", "EUR"),
        ("merchant", "  Red   Bottle ", "Red Bottle"),
        ("category", "travel", "travel"),
    ],
)
def test_editing(
    document: Document,
    alice: User,
    name: str,
    value: object,
    kept: object,
) -> None:
    read_saying(document, TEXT)
    edit_receipt(Receipt.objects.get(), {name: value}, user=alice)
    receipt = Receipt.objects.get()
    assert getattr(receipt, name) == kept
    assert receipt.edited == [name]
    assert receipt.findings[name]["reason"] == ""


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("total", "much", "Write the amount as a number: 1234.50."),
        ("total", Decimal("NaN"), "This amount is too large."),
        ("total", "1" * 12, "This amount is too large."),
        ("date", "30/02/2021", "Write the date as year-month-day: 2026-11-21."),
        ("date", "02/03/2021", "Write the date as year-month-day: 2026-11-21."),
        ("currency", "€", "Write the currency as three letters: EUR."),
        ("merchant", "x" * 201, "A name has at most 200 characters."),
        (
            "category",
            "submarines",
            "There is no category “submarines”. Choose from: dining, travel, "
            "entertainment, utility, health, other.",
        ),
        ("pk", "1", "A receipt has no such value."),
    ],
)
def test_values_that_make_no_sense(
    document: Document, alice: User, name: str, value: object, why: str
) -> None:
    read_saying(document, TEXT)
    with pytest.raises(InvalidValue) as refused:
        edit_receipt(Receipt.objects.get(), {name: value}, user=alice)
    assert (refused.value.name, str(refused.value)) == (name, why)
    assert said_of(Receipt.objects.get()) == SAID


def test_own_categories(document: Document, alice: User) -> None:
    workspace = alice.personal_workspace
    wish = [
        {"name": " Team  lunch ", "words": ["coffee", " cake ", "", "coffee"]},
        {"name": "", "words": ["nothing"]},
        {"name": "Tools", "words": []},
    ]
    set_categories(workspace, wish)
    assert workspace.categories == [
        {"name": "Team lunch", "words": ["coffee", "cake"]},
        {"name": "Tools", "words": []},
    ]
    assert category_names(workspace) == ["Team lunch", "Tools", "other"]
    document.refresh_from_db()
    read_saying(document, TEXT)
    assert Receipt.objects.get().category == "Team lunch"
    set_categories(workspace, [])
    assert categories_of(workspace) == engines.CATEGORIES


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ([("a", []), ("A", [])], "There are two categories “A”."),
        ([("x" * 51, [])], "Names and words have at most 50 characters."),
        ([("a", ["x" * 51])], "Names and words have at most 50 characters."),
        ([("a", [str(n) for n in range(201)])], "A category has at most 200 words."),
        (
            [(str(n), []) for n in range(51)],
            "A workspace has at most 50 categories.",
        ),
    ],
)
def test_categories_that_cannot_be(alice: User, wish: list, why: str) -> None:
    workspace = alice.personal_workspace
    with pytest.raises(InvalidCategories, match=why):
        set_categories(workspace, [{"name": n, "words": w} for n, w in wish])
    workspace.refresh_from_db()
    assert workspace.categories == []


def made(user: User, make: MakeDocument, **values: object) -> Receipt:
    usual = {"merchant": "Shop", "total": Decimal("5.00"), "currency": "EUR"}
    document = make(user)
    return Receipt.objects.create(
        document=document, workspace=document.workspace, **{**usual, **values}
    )


def test_the_table(alice: User, make_document: MakeDocument) -> None:
    made(alice, make_document, category="travel", date=dt.date(2021, 1, 2))
    doubt = {"total": {"reason": "Nothing else on the page proves this total."}}
    made(alice, make_document, category="dining", merchant="=1+1", findings=doubt)
    made(alice, make_document, category="dining", date=dt.date(2021, 1, 1), tax=1)
    rows = receipts_table(Receipt.objects.all(), "csv", site="https://x.example")
    lines = rows.content.decode("utf-8-sig").splitlines()
    links = [
        f"https://x.example/documents/{one.document_id}/"
        for one in Receipt.objects.in_order()
    ]
    assert lines == [
        "category,date,merchant,total,currency,tax,to be looked at,document,link",
        f"dining,2021-01-01,Shop,5.00,EUR,1.00,,scan.tiff,{links[0]}",
        "dining,,'=1+1,5.00,EUR,,total: Nothing else on the page proves this total.,"
        f"scan.tiff,{links[1]}",
        f"travel,2021-01-02,Shop,5.00,EUR,,,scan.tiff,{links[2]}",
    ]
    book = load_workbook(BytesIO(receipts_table(Receipt.objects.all(), "xlsx").content))
    assert book.sheetnames == ["Receipts", "Totals"]
    assert [cell.value for cell in book["Receipts"]["C"]] == [
        *("merchant", "Shop", "=1+1", "Shop")
    ]
    assert book["Receipts"]["C3"].data_type == "s"
    assert [[cell.value for cell in row] for row in book["Totals"]] == [
        ["category", "currency", "receipts", "total", "tax"],
        ["dining", "EUR", 2, 10, 1],
        ["travel", "EUR", 1, 5, None],
    ]


def test_no_such_format() -> None:
    with pytest.raises(UnknownFormat, match="no format “pdf”"):
        receipts_table(Receipt.objects.none(), "pdf")


def test_sums_keep_currencies_apart(alice: User, make_document: MakeDocument) -> None:
    for total, currency in (("0.10", "EUR"), ("0.20", "EUR"), ("1.5", "KWD")):
        made(
            alice,
            make_document,
            category="dining",
            total=Decimal(total),
            currency=currency,
        )
    sums = sums_of(Receipt.objects.all())
    assert [(one["currency"], one["total"], one["receipts"]) for one in sums] == [
        ("EUR", Decimal("0.30"), 2),
        ("KWD", Decimal("1.50"), 1),
    ]


def test_doubts_can_be_told_in_every_language() -> None:
    """Each reason that the library's source holds is among those to translate."""
    sources = Path(engines.receipts.__file__).parent.rglob("*.py")
    texts = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    for sentence in SENTENCES:
        start = re.split(r"%\(\w+\)s", sentence)[0]
        assert start.strip("“") in texts
    said = [
        "There is more than one total: 5.00 and 6.00.",
        "“$” is money of several countries.",
        "The language model says “11.40”.",
    ]
    listed = [pattern for pattern, sentence in patterns() if sentence in SENTENCES]
    assert [any(one.fullmatch(text) for one in listed) for text in said] == [True] * 3
