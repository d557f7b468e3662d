"""What surrounds every page: menus, keys, language, theme."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(246, 247, 248)", "rgb(15, 19, 22)"


def test_menus_close_by_themselves(site: str, page: Page) -> None:
    page.goto(site)
    account = page.locator("summary.avatar")
    log_out = page.get_by_role("button", name="Log out")
    account.click()
    expect(log_out).to_be_visible()
    page.locator("h1").click()
    expect(log_out).to_be_hidden()
    account.click()
    page.keyboard.press("Escape")
    expect(log_out).to_be_hidden()
    expect(account).to_be_focused()


def test_keys_are_told(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("button", name="Keys on this page").click()
    dialog = page.get_by_role("dialog", name="Keys on this page")
    expect(dialog).to_contain_text("Choose files")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_the_interface_mirrors(site: str, page: Page) -> None:
    page.goto(site)
    page.locator("summary.avatar").click()
    page.locator("button[lang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    brand, avatar = page.locator(".brand"), page.locator("summary.avatar")
    assert brand.bounding_box()["x"] > avatar.bounding_box()["x"]


def test_the_theme_follows_the_device_or_the_user(
    site: str, page: Page, alice: User
) -> None:
    page.goto(site)
    assert page.evaluate(PAPER) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(PAPER) == DARK
    alice.profile.theme = "light"
    alice.profile.save()
    page.reload()
    assert page.evaluate(PAPER) == LIGHT
