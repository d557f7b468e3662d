"""Merchants, currencies, taxes and categories."""

from __future__ import annotations

import pytest

from engines import Category, Finding
from tests.engines.receipts.printed import read


@pytest.mark.parametrize(
    ("text", "merchant"),
    [
        (
            "tan woon\nBOOK TALK (TAMAN DAYA) SDN BHD\n789417-W",
            "BOOK TALK (TAMAN DAYA) SDN BHD",
        ),
        ("TAX INVOICE\nHON HWA HARDWARE\nJALAN MANIS 7", "HON HWA HARDWARE"),
        ("GARDENIA (KL) SDN BHD (139386 X)", "GARDENIA (KL) SDN BHD"),
        ("12 Main Street\nTel 555 123\nBlue Bottle Coffee", "Blue Bottle Coffee"),
        ("شركة الأمل للتجارة\nهاتف 123456", "شركة الأمل للتجارة"),
        ("123456\n12/05/2021", ""),
    ],
)
def test_merchant(text: str, merchant: str) -> None:
    assert read(f"{text}\nTotal | 5.00").merchant.value == merchant


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("Total | RM 5.00", "MYR", ""),
        ("Total | 5.00 €", "EUR", ""),
        ("Item | Amount (RM)\nTotal | 5.00", "MYR", ""),
        ("Toronto\nTotal | $5.00", "CAD", ""),
        ("ABN 12 345\nTotal | $5.00", "AUD", ""),
        ("ACME SDN BHD\nRice | 5.00 SR\nTotal | 5.00", "MYR", ""),
        ("Total | $5.00", "", "“$” is money of several countries."),
        ("A SDN BHD\nTotal | $5.00", "MYR", "“$” is money of several countries."),
        ("Total | 5.00", "", ""),
    ],
)
def test_currency(text: str, currency: str, reason: str) -> None:
    found = read(f"Shop\n{text}").currency
    assert (found.value, found.reason) == (currency, reason)


def test_the_usual_currency_is_said_to_be_that() -> None:
    assert read("Shop\nTotal | 5.00", currency="NZD").currency == Finding(
        value="NZD",
        confidence=0.5,
        reason="No currency is printed: NZD is what is usual here.",
    )
    assert read("Shop\nTotal | $5.00", currency="NZD").currency.value == "NZD"


@pytest.mark.parametrize(
    ("text", "tax", "reason"),
    [
        ("Subtotal | 10.00\nGST 6% | 0.60\nTotal | 10.60", "0.60", ""),
        ("Total incl VAT | 12.00\nVAT 20% included in total | 2.00", "2.00", ""),
        ("Subtotal | 100.00\nGST | 5.00\nQST | 9.98\nTotal | 114.98", "14.98", ""),
        ("TAX AMT (S) 6% | 13.30\nGST 6% | 0.80\nTotal | 14.10", "0.80", ""),
        (
            "Total | 12.00\nTax | 1.23",
            "1.23",
            "Neither a rate nor a sum on the page proves this tax.",
        ),
        ("GST ID | 000123456\nTotal | 12.00", "", ""),
    ],
)
def test_tax(text: str, tax: str, reason: str) -> None:
    found = read(f"Shop\n{text}").tax
    assert (found.value, found.reason) == (tax, reason)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Blue Bottle Coffee", "dining"),
        ("City Taxi", "travel"),
        ("Grand Cinema", "entertainment"),
        ("Northern Electricity", "utility"),
        ("Guardian Pharmacy", "health"),
        ("Hon Hwa Hardware", "other"),
        ("Stacy Carton", "other"),
    ],
)
def test_category(text: str, category: str) -> None:
    assert read(f"{text}\nTotal | 5.00").category.value == category


def test_own_categories_replace_the_others() -> None:
    own = (Category("Büro", ("paper", "pens")), Category("Café"))
    text = "Blue Bottle Coffee\nPens | 2.00\nPAPER | 3.00\nTotal | 5.00"
    assert read(text, categories=own).category.value == "Büro"
    assert read("Cafe Central\nTotal | 5.00", categories=own).category.value == "Café"
    assert read("City Taxi\nTotal | 5.00", categories=own).category.value == "other"
    assert read("City Taxi\nTotal | 5.00", categories=()).category.value == "other"
