"""Receipts in the browser: the card with its places, the table, at every width."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Receipt
from tests.made import made_document

PHONE = {"width": 390, "height": 844}


def made(user: User, merchant: str = "Blue Bottle Coffee", **values) -> Receipt:
    document = made_document(user, name=f"{merchant[:30]}.png", pages=2)
    place = [[20, 20], [120, 20], [120, 40], [20, 40]]
    sure = {"raw": "", "page": 1, "polygon": place, "confidence": 1.0, "reason": ""}
    doubt = "Nothing else on the page proves this total."
    return Receipt.objects.create(
        document=document,
        workspace=document.workspace,
        merchant=merchant,
        **{
            "date": dt.date(2018, 3, 25),
            "total": Decimal("1214.10"),
            "currency": "EUR",
            "category": "dining",
            "findings": {
                "merchant": sure,
                "date": sure | {"page": 2},
                "total": sure | {"reason": doubt, "confidence": 0.7},
            },
            **values,
        },
    )


def test_a_value_shows_where_it_stands(page: Page, site: str, alice: User) -> None:
    receipt = made(alice)
    page.goto(f"{site}/documents/{receipt.document_id}/")
    outline = page.locator("polygon[data-receipt]")
    page.locator("[data-value=merchant] a").click()
    expect(outline).to_have_attribute(
        "points", "20.0,20.0 120.0,20.0 120.0,40.0 20.0,40.0"
    )
    page.locator("[data-value=total] a").click()
    expect(outline).to_have_count(1)
    expect(page.locator("[data-value=total]")).to_have_class("doubt on")
    page.locator("[data-value=date] a").click()
    expect(page.locator("#page")).to_have_attribute("data-number", "2")


def test_it_is_put_right(page: Page, site: str, alice: User) -> None:
    receipt = made(alice)
    page.goto(f"{site}/documents/{receipt.document_id}/")
    page.locator("#receipt summary").click()
    page.get_by_label("Total", exact=True).fill("14.10")
    page.locator("#receipt-category").select_option("travel")
    page.locator("#receipt button.primary").click()
    expect(page.locator("[data-value=total] dd")).to_have_text("14.10")
    expect(page.locator("[data-value=category] dd")).to_have_text("travel")
    expect(page.locator("#receipt .doubt")).to_have_count(0)


def test_own_categories(page: Page, site: str, alice: User) -> None:
    page.goto(f"{site}/receipts/")
    page.locator(".categories summary").click()
    page.get_by_label("Name of a new category").first.fill("Büro")
    page.get_by_label("Words of a new category, with commas").first.fill("paper, pens")
    page.locator(".categories button").click()
    expect(page.get_by_label("Words of Büro, with commas")).to_have_value("paper, pens")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
def test_it_is_accessible(
    page: Page,
    site: str,
    alice: User,
    viewport: dict[str, int],
    accessible: Callable[[Page], None],
) -> None:
    receipt = made(alice)
    made(alice, "Nordwestdeutsche Kabelverlegungsgesellschaft mbH " * 3)
    made(alice, "مطعم النخيل الكبير", category="travel", tax=Decimal("1.5"))
    page.set_viewport_size(viewport)
    for address in ("/receipts/", f"/documents/{receipt.document_id}/"):
        page.goto(f"{site}{address}")
        accessible(page)
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert page.evaluate(wide) is False
