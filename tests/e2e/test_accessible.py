"""Every screen: WCAG 2.2 AA, in light and dark, mirrored, and 360 pixels wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from documents.models import Document
from documents.services.documents import trash_documents
from tests.made import made_document, made_job

SCREENS = (
    "/",
    "/history/",
    "/history/?q=nowhere",
    "/trash/",
    "/nowhere/",
    "document:read.png",
    "document:many.pdf",
    "document:unread.png",
)


@pytest.fixture(autouse=True)
def documents(alice: User) -> None:
    made_job(made_document(alice, name="read.png"))
    many = made_document(alice, name="many.pdf", pages=4)
    made_job(many, "ssfc", error="Pages 3 and 4 could not be read.")
    made_job(many, "srqq")
    made_document(alice, name="unread.png", prepared=False)
    made_document(alice, name="a_very_long_name_without_a_blank_" * 6 + ".png")
    made_document(alice, name="فاتورة طويلة جدا ١٢.png")
    gone = made_document(alice, name="gone.png")
    trash_documents(Document.objects.filter(pk=gone.pk))


def address(site: str, screen: str) -> str:
    _kind, _colon, name = screen.partition(":")
    if not name:
        return site + screen
    return f"{site}/documents/{Document.objects.get(name=name).pk}/"


def visits(page: Page, site: str, complaints: list[str]) -> Iterator[str]:
    for screen in SCREENS:
        page.goto(address(site, screen))
        if screen == "/nowhere/":
            complaints.clear()  # the browser itself tells of the 404
        yield screen


def test_in_light_with_every_menu_open(
    site: str, page: Page, complaints: list[str], accessible: Callable[[Page], None]
) -> None:
    for _screen in visits(page, site, complaints):
        accessible(page)
        for menu in page.locator("details.menu > summary").all():
            if menu.is_visible():
                menu.click()
                accessible(page)


def test_in_dark(
    site: str, page: Page, complaints: list[str], accessible: Callable[[Page], None]
) -> None:
    page.emulate_media(color_scheme="dark")
    for _screen in visits(page, site, complaints):
        accessible(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_narrow_screen_nothing_sticks_out(
    site: str,
    page: Page,
    language: str,
    complaints: list[str],
    accessible: Callable[[Page], None],
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    cookie = {"name": "django_language", "value": language, "url": site}
    page.context.add_cookies([cookie])
    for screen in visits(page, site, complaints):
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (screen, width) == (screen, 360)
        accessible(page)
