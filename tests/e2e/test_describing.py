"""A description beside its picture: what was seen, where, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document
from documents.services.tags import add_tags, names_of
from tests.described import CAPTION, described_job
from tests.made import made_document, made_job


@pytest.fixture
def document(alice: User) -> Document:
    document = made_document(alice, name="garage.png", pages=2)
    made_job(document)
    described_job(document)
    return document


def opened(page: Page, site: str, document: Document) -> None:
    newest = document.jobs.first()
    page.goto(f"{site}/documents/{document.pk}/?job={newest.pk}")


def test_it_works(page: Page, site: str, document: Document, accessible: Callable):
    opened(page, site, document)
    expect(page.get_by_role("tab", name="Description")).to_be_visible()
    expect(page.get_by_role("tab", name="Layout")).to_have_count(0)
    pane = page.get_by_role("tabpanel", name="Description")
    expect(pane.get_by_text(CAPTION)).to_be_visible()
    expect(page.locator(".picture text.thing")).to_have_text(
        ["a red car", "two trees", "two trees", "The sky"]
    )
    accessible(page)
    pane.locator("li", has_text="a red car").hover()
    expect(page.locator('.picture polygon[data-line="0"]')).to_have_class("thing on")
    page.locator('.picture polygon[data-line="3"]').hover(force=True)
    expect(pane.locator("li", has_text="The sky")).to_have_class("on")
    for key in ("Enter", "F2", "h"):
        page.keyboard.press(key)
    expect(page.locator(".editor")).to_have_count(0)
    expect(page.locator(".pencil")).to_have_count(0)
    page.get_by_role("button", name="Outlines").click()
    expect(page.locator(".picture text.thing").first).to_be_hidden()


def test_by_keyboard_things_become_tags_and_the_caption_an_alternative_text(
    page: Page, site: str, document: Document, accessible: Callable
) -> None:
    opened(page, site, document)
    page.get_by_role("button", name="Use as description").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#is-alt-text")).to_be_visible()
    page.get_by_role("button", name="two trees").focus()
    page.keyboard.press("Enter")
    tag = page.get_by_role("list", name="Tags").get_by_role("link", name="two trees")
    expect(tag).to_be_visible()
    taken = page.get_by_role("button", name="two trees", exact=True)
    expect(taken).to_have_attribute("aria-pressed", "true")
    expect(taken).to_be_focused()  # the next one is a key away
    accessible(page)
    document.refresh_from_db()
    assert (names_of(document), document.alt_text) == (["two trees"], CAPTION)
    page.reload()
    picture = page.get_by_role("img", name=CAPTION)
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Remove the tag two trees").click()
    expect(tag).to_have_count(0)
    expect(taken).to_have_attribute("aria-pressed", "false")


def test_typed_by_hand(page: Page, site: str, document: Document, accessible: Callable):
    opened(page, site, document)
    page.get_by_text("Add tags or a description").click()
    page.get_by_label("New tag").fill("car, garage")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Tags").get_by_role("link")).to_have_text(
        ["car", "garage"]
    )
    field = page.get_by_label("New tag")
    expect(field).to_be_visible()  # the menu stays open for the next one
    expect(field).to_be_focused()
    field.fill("x" * 51)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("A tag has at most 50 characters.")
    accessible(page)
    page.get_by_label("Description of the picture").fill("Our car.")
    with page.expect_response(lambda answer: "/alt-text/" in answer.url):
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Description of the picture")).to_have_value("Our car.")
    document.refresh_from_db()
    assert document.alt_text == "Our car."


def test_from_a_tag_to_all_that_have_it_and_back(
    page: Page, site: str, alice: User, document: Document, accessible: Callable
) -> None:
    add_tags(document, ["car"])
    made_document(alice, name="other.png")
    opened(page, site, document)
    page.get_by_role("link", name="car", exact=True).click()
    expect(page.locator("#found > li")).to_have_count(1)
    accessible(page)
    page.get_by_role("link", name="Show documents without the tag car too").click()
    expect(page.locator("#found > li")).to_have_count(2)


def test_without_script(browser, site: str, context, document: Document) -> None:
    bare = browser.new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    opened(page, site, document)
    page.get_by_role("button", name="red car", exact=True).click()
    expect(page.get_by_role("button", name="Remove the tag red car")).to_be_visible()
    expect(page.get_by_text(CAPTION).first).to_be_visible()
    page.get_by_role("button", name="Use as description").click()
    expect(page.locator("#is-alt-text")).to_be_visible()
    bare.close()


def test_mirrored_on_a_phone(
    page: Page, site: str, document: Document, alice: User, accessible: Callable
) -> None:
    add_tags(document, ["سيارة", "two trees"])
    alice.profile.language = "ar"
    alice.profile.save()
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, site, document)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#about summary").click()
    box = page.locator("#about .items").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    accessible(page)
