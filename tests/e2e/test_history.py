"""Finding, ticking, and one wish for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from documents.models import Document
from documents.services import errands
from documents.services.deliveries import pieces
from documents.views import deliveries, history
from tests.made import made_document, made_job


@pytest.fixture(autouse=True)
def documents(alice: User, monkeypatch) -> None:
    monkeypatch.setattr(history, "ROWS", 3)
    for number in range(5):
        made_document(alice, name=f"{number}.png")


def test_ticks_reach_and_all_that_match(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    boxes = page.locator("input[name=document]")
    expect(page.get_by_role("button", name="Delete")).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("#chosen")).to_have_text("3 chosen")
    page.get_by_label("All 5 that match, on every page").check()
    expect(page.locator("#chosen")).to_have_text("all chosen")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".message")).to_contain_text("5 documents are in the trash.")
    assert Document.objects.alive().count() == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message")).to_contain_text("5 documents are back.")


def test_page_by_page(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    expect(page.locator(".title")).to_have_text(["4.png", "3.png", "2.png"])
    page.get_by_role("link", name="Older").click()
    expect(page.locator(".title")).to_have_text(["1.png", "0.png"])
    page.get_by_role("link", name="Newest").click()
    expect(page.locator(".title")).to_have_text(["4.png", "3.png", "2.png"])


def test_search_from_anywhere(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("3.p")
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/?*")  # loaded, so that its keys are listened to
    expect(page.locator(".title")).to_have_text("3.png")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#chosen")).to_have_text("1 chosen")


@pytest.fixture
def worker_in_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits at the door does a worker's work; asking how far it is, too."""
    monkeypatch.setattr(errands, "pause", lambda _seconds: errands.run_next())


def choose_text(page: Page) -> None:
    page.get_by_text("Download", exact=True).click()
    page.get_by_role("button", name="Plain text").click()


def test_the_texts_come_as_one_file(
    site: str, page: Page, worker_in_the_server: None
) -> None:
    for document in Document.objects.all():
        made_job(document)
    page.goto(f"{site}/history/")
    page.get_by_label("All on this page").check()
    with page.expect_download() as download:
        choose_text(page)
    name = f"ocrsite-{timezone.localdate()}.zip"
    assert download.value.suggested_filename == name
    expect(page.get_by_role("button", name="Plain text")).to_be_hidden()
    page.reload()
    expect(page.locator(".archive")).to_contain_text(f"{name} is ready.")


def test_a_file_that_takes_longer_is_waited_for_and_found_again(
    site: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOMENT", 0)
    monkeypatch.setattr(pieces, "MOMENT", 0)
    for document in Document.objects.all():
        made_job(document)
    page.goto(f"{site}/history/")
    page.get_by_label("All on this page").check()
    page.get_by_label("All 5 that match, on every page").check()
    choose_text(page)
    expect(page.locator("#delivery")).to_contain_text("0 of 5 documents")
    assert errands.run_next()
    expect(page.locator("#delivery")).to_contain_text("1 of 5 documents")
    page.get_by_role("link", name="Back to the history").click()
    page.locator(".archive").get_by_role("link", name="Look").click()
    while errands.run_next():
        pass
    with page.expect_download():
        page.get_by_role("link", name="Download").click()
    page.get_by_role("button", name="Have it here no longer").click()
    expect(page.locator(".message")).to_contain_text("is not here any more.")
    expect(page.locator(".archive")).to_have_count(0)


def test_very_many_go_to_the_trash_after_a_question(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    page.get_by_label("All on this page").check()
    page.get_by_label("All 5 that match, on every page").check()
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#chosen")).to_have_text("all chosen")
    assert asked == ["Move all that match to the trash?"]
    assert Document.objects.alive().count() == 5


def test_on_a_phone_nothing_moves_when_something_is_ticked(
    site: str, page: Page, accessible: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/history/")
    box = page.locator("input[name=document]").nth(1)
    before = box.bounding_box()
    box.check()
    assert box.bounding_box() == before
    deeds = page.locator("#deeds").bounding_box()
    assert deeds
    assert deeds["y"] + deeds["height"] == 844
    accessible(page)
    page.get_by_text("Download", exact=True).click()
    expect(page.get_by_role("button", name="Plain text")).to_be_in_viewport()
    accessible(page)
