"""Receipts follow the text of their documents; what people typed stays."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

import engines
from documents.models import Document, Receipt
from documents.models.jobs import State
from documents.services.jobs import create_job
from documents.services.receipts import (
    edit_receipt,
    follow_text,
    making,
)
from documents.services.texts.choice import choose_text
from documents.services.texts.corrections import correct_line
from tests.services.conftest import MakeDocument
from tests.services.receipts_said import SAID, TEXT, page_saying, read_saying, said_of

ANSWER = {"merchant": "Blue Bottle", "date": "2018-03-26", "total": "14.10"}


def test_it_works(document: Document) -> None:
    job = read_saying(document, TEXT)
    receipt = Receipt.objects.get()
    assert said_of(receipt) == SAID
    assert (receipt.document, receipt.job) == (document, job)
    assert receipt.workspace == document.workspace
    assert receipt.edited == []
    assert receipt.findings["total"] == {
        "raw": "RM 14.10",
        "page": 1,
        "polygon": [[5, 40], [50, 40], [50, 48], [5, 48]],
        "confidence": 0.97,
        "reason": "",
    }


def test_two_pages_make_one(alice: User, make_document: MakeDocument) -> None:
    read_saying(
        make_document(alice, pages=2), "Shop Ltd\nDate: 25/03/2018", "Total £5.00"
    )
    receipt = Receipt.objects.get()
    assert (receipt.merchant, receipt.total) == ("Shop Ltd", Decimal("5.00"))
    assert receipt.findings["total"]["page"] == 2


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (1, "It was a dark and stormy night."),
        (1, ""),
        (4, TEXT),  # a book
        (1, page_saying(TEXT, is_description=True)),
    ],
)
def test_what_is_no_receipt(
    alice: User,
    make_document: MakeDocument,
    pages: int,
    said: str | engines.Page,
) -> None:
    read_saying(make_document(alice, pages=pages), *[said] * pages)
    assert not Receipt.objects.exists()


def test_a_newer_reading_renews_it(document: Document) -> None:
    read_saying(document, TEXT)
    newer = read_saying(
        document, TEXT.replace("14.10", "15.10").replace("10.00", "11.00")
    )
    receipt = Receipt.objects.get()
    assert (receipt.total, receipt.job) == (Decimal("15.10"), newer)
    read_saying(document, "It was a dark and stormy night.")
    assert not Receipt.objects.exists()


def test_a_description_leaves_it(document: Document) -> None:
    read_saying(document, TEXT)
    read_saying(document, page_saying("A paper on a table", is_description=True))
    assert said_of(Receipt.objects.get()) == SAID


def test_what_people_typed_stays(document: Document, alice: User) -> None:
    read_saying(document, TEXT)
    edit_receipt(Receipt.objects.get(), {"total": "99.90"}, user=alice)
    read_saying(document, TEXT.replace("25/03/2018", "26/03/2018"))
    receipt = Receipt.objects.get()
    assert (receipt.total, receipt.edited) == (Decimal("99.90"), ["total"])
    assert receipt.date == dt.date(2018, 3, 26)
    read_saying(document, "It was a dark and stormy night.")
    assert Receipt.objects.get().total == Decimal("99.90")


def test_corrected_lines_count(document: Document, alice: User) -> None:
    job = read_saying(document, TEXT)
    read = job.page_reads.get()
    correct_line(read, 0, "Red Bottle Coffee", user=alice)
    assert Receipt.objects.get().merchant == "Red Bottle Coffee"


def test_the_chosen_text_counts(document: Document) -> None:
    older = read_saying(document, TEXT)
    read_saying(document, TEXT.replace("Blue", "Red"))
    choose_text(document, older)
    assert Receipt.objects.get().merchant == "Blue Bottle Coffee"


def test_a_model_that_answers_in_words(document: Document) -> None:
    """Its values are held to the text that another engine has read."""
    read_saying(document, TEXT)
    read_saying(document, f"```json\n{json.dumps(ANSWER)}\n```")
    receipt = Receipt.objects.get()
    assert said_of(receipt) == SAID
    reasons = {name: told["reason"] for name, told in receipt.findings.items()}
    assert reasons["date"] == "The language model says “2018-03-26”."
    assert reasons["total"] == ""


def test_a_model_alone_is_in_doubt(document: Document) -> None:
    read_saying(document, json.dumps(ANSWER))
    receipt = Receipt.objects.get()
    assert (receipt.merchant, receipt.total) == ("Blue Bottle", Decimal("14.10"))
    assert all(told["reason"] for told in receipt.findings.values())


def test_the_sites_currency(settings, document: Document) -> None:
    settings.DEFAULT_CURRENCY = "NZD"
    read_saying(document, TEXT.replace("RM ", "$"))
    assert Receipt.objects.get().currency == "NZD"


def test_its_users_order_of_dates(document: Document, alice: User) -> None:
    alice.profile.date_order = "mdy"
    alice.profile.save()
    read_saying(document, TEXT.replace("25/03/2018", "02/03/2018").replace("RM ", ""))
    assert Receipt.objects.get().date == dt.date(2018, 2, 3)


def test_a_defect_keeps_no_job_open(
    document: Document, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def break_down(*_arguments: object, **_more: object) -> None:
        raise ValueError("a defect")

    monkeypatch.setattr(making, "read", break_down)
    assert read_saying(document, TEXT).state == State.SUCCEEDED
    assert not Receipt.objects.exists()
    assert "The receipt of document" in caplog.text


def test_amounts_beyond_the_column(document: Document) -> None:
    read_saying(document, TEXT.replace("14.10", "99999999999999.99"))
    assert Receipt.objects.get().total is None


def test_without_a_text_nothing_changes(document: Document) -> None:
    assert follow_text(document) is None


def test_a_reading_known_before_makes_one_as_well(
    document: Document, alice: User
) -> None:
    job = read_saying(document, TEXT)
    Receipt.objects.all().delete()
    again = create_job(document, user=alice, languages=job.languages)
    assert (again.cached, Receipt.objects.get().job) == (True, again)
