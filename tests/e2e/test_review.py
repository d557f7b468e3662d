"""The review in use: by keyboard alone, two at once, the page beside, many."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from documents.models import Field, FieldChange, Membership, Record
from documents.models.people import Role
from documents.services import fields as service
from tests.e2e.reviewing import DOUBTFUL, current, opened, records, states, value
from tests.made_roi import made_record, made_template

__all__ = ["opened", "records"]


def test_by_keyboard_alone(opened: Page, records: list[Record]) -> None:
    first, second = records
    press = opened.keyboard.press
    expect(value(opened)).to_be_focused()
    expect(value(opened)).to_have_value("A-17")
    press("Enter")  # confirmed as it stands
    expect(value(opened)).to_have_value("2021-12-27")
    press("Tab")  # skipped
    expect(value(opened)).to_have_value("12.00")
    press("Shift+Tab")
    expect(value(opened)).to_have_value("2021-12-27")
    press("r")  # no such value
    expect(value(opened)).to_have_value("12.00")
    opened.keyboard.type("13.50")  # over what is selected
    press("Enter")
    approve = opened.locator(".approve.on")
    expect(approve).to_be_focused()
    assert states(first) == {
        "supplier": ("auto", "Corner Shop"),
        "number": ("confirmed", "A-17"),
        "date": ("rejected", ""),
        "total": ("corrected", "13.50"),
    }
    press("Enter")  # approve and next
    expect(value(opened)).to_have_value("B-18")
    first.refresh_from_db()
    assert first.state == "approved"
    expect(opened.locator("#waiting")).to_have_text("3 values wait for you")
    assert set(states(second).values()) >= {("needs_review", "B-18")}


def test_what_was_decided_is_taken_back(opened: Page, records: list[Record]) -> None:
    press = opened.keyboard.press
    press("Enter")
    expect(value(opened)).to_have_value("2021-12-27")
    expect(opened.locator(".done")).to_contain_text("A-17")
    press("Control+z")
    expect(value(opened)).to_have_value("A-17")
    expect(value(opened)).to_be_focused()
    assert states(records[0])["number"] == ("needs_review", "A-17")
    value(opened).fill("A-18")
    press("Control+z")  # what was typed, not what was decided
    expect(value(opened)).to_have_value("A-17")
    assert FieldChange.objects.count() == 2


def test_approval_is_taken_back(opened: Page, records: list[Record]) -> None:
    for _ in range(3):
        opened.keyboard.press("Enter")
    expect(opened.locator(".approve.on")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(value(opened)).to_have_value("B-18")
    records[0].refresh_from_db()
    assert records[0].state == "approved"
    opened.keyboard.press("Control+z")
    expect(opened.locator(".approve.on")).to_be_visible()
    records[0].refresh_from_db()
    assert records[0].state == "to_review"


def test_what_is_no_value_stays_to_be_mended(
    opened: Page, records: list[Record], complaints: list[str]
) -> None:
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    opened.keyboard.type("many")
    opened.keyboard.press("Enter")
    expect(current(opened).locator(".error")).to_be_visible()
    expect(value(opened)).to_have_value("many")
    expect(value(opened)).to_be_focused()
    assert states(records[0])["total"] == ("needs_review", "12.00")
    opened.keyboard.press("Escape")
    expect(value(opened)).to_have_value("12.00")
    complaints.clear()  # the browser itself tells of the 422


def test_the_end_says_so(opened: Page) -> None:
    for _ in range(3):
        opened.keyboard.press("Tab")
    expect(value(opened)).to_have_value("B-18")
    for _ in range(3):
        opened.keyboard.press("Tab")
    expect(opened.locator("#end")).to_be_visible()
    expect(opened.get_by_role("link", name="Begin anew")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(value(opened)).to_have_value("A-17")


def test_the_keys_are_listed(opened: Page) -> None:
    opened.keyboard.press("Tab")  # at a date no letter is typed
    opened.keyboard.press("?")
    expect(opened.locator("#keys")).to_contain_text("Skip")


def test_a_number_takes_letters(opened: Page) -> None:
    opened.keyboard.type("r?")
    expect(value(opened)).to_have_value("r?")
    opened.keyboard.press("Escape")
    opened.keyboard.press("Escape")
    expect(current(opened)).to_be_focused()
    opened.keyboard.press("r")
    expect(value(opened)).to_have_value("2021-12-27")


def test_the_page_is_lit_beside_it(opened: Page) -> None:
    outline = opened.locator("#pane polygon")
    expect(outline).to_have_attribute("points", "20,20 220,20 220,50 20,50")
    close_up = opened.locator("#pane .picture").get_attribute("viewBox")
    opened.get_by_role("button", name="Whole page").click()
    expect(opened.locator("#pane .picture")).to_have_attribute("viewBox", "0 0 400 300")
    assert close_up != "0 0 400 300"


def test_two_reviewers_never_collide(
    opened: Page, browser: Browser, site: str, alice: User, records: list[Record]
) -> None:
    mona = User.objects.create_user("mona", "mona@example.org", "second look")
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=mona, role=Role.REVIEWER)
    mona.profile.workspace = workspace
    mona.profile.save()
    client = Client()
    client.force_login(mona)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context = browser.new_context(locale="en-GB")
    context.add_cookies([{**cookie, "url": site}])
    hers = context.new_page()
    hers.goto(f"{site}/review/")
    expect(hers.locator(".message")).to_contain_text("alice is at 6 of these until")
    expect(hers.locator("#queue .card")).to_have_count(0)
    opened.goto(f"{site}/")  # alice leaves, and with her what she held
    expect(hers.locator(".message")).to_have_count(1)
    for _ in range(20):
        hers.goto(f"{site}/review/")
        if hers.locator("#queue .card").count():
            break
        hers.wait_for_timeout(100)
    expect(value(hers)).to_have_value("A-17")
    hers.keyboard.press("Enter")
    expect(value(hers)).to_have_value("2021-12-27")
    expect(hers.locator(".done")).to_contain_text("A-17")
    assert list(FieldChange.objects.values_list("by__username", "act")) == [
        ("mona", "confirmed")
    ]
    context.close()


def test_what_another_has_changed_is_not_overwritten(
    opened: Page, records: list[Record], charlie: User, complaints: list[str]
) -> None:
    number = records[0].fields.get(name="number")
    Field.objects.update(claimed_by=None, claimed_until=None)
    service.correct(number, "A-99", user=charlie)
    opened.keyboard.press("Enter")
    card = opened.locator(f"#f-{number.pk}")
    expect(card.locator(".error")).to_contain_text("charlie has changed this meanwhile")
    expect(value(opened)).to_be_focused()
    number.refresh_from_db()
    assert number.value == "A-99"
    complaints.clear()  # the browser itself tells of the 409


def test_a_thousand_wait(site: str, page: Page, alice: User) -> None:
    """Prints how long the next value takes; a slow machine fails nothing."""
    template = made_template(alice, regions=tuple(DOUBTFUL))
    first = made_record(template, {})
    document, job = first.document, first.job
    first.delete()
    for n in range(334):
        one = DOUBTFUL | {"number": (f"A-{n}", 0.4, "disagree")}
        made_record(template, one, document=document, job=job)
    page.goto(f"{site}/review/")
    expect(page.locator("#waiting")).to_have_text("1,002 values wait for you")
    assert page.locator("#queue .card").count() < 70
    took = json.loads(page.evaluate(TIMED))
    print(f"\nnext value, ms: median {took[len(took) // 2]}, longest {took[-1]}")
    assert len(took) == 60
    expect(page.locator("#queue .card.on")).to_have_count(1)


# Tab from value to value; for each, until the next one is focused and painted.
TIMED = """async () => {
  const took = [];
  for (let n = 0; n < 60; n++) {
    const before = document.activeElement, start = performance.now();
    const key = { key: "Tab", bubbles: true, cancelable: true };
    before.dispatchEvent(new KeyboardEvent("keydown", key));
    while (document.activeElement === before) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    took.push(Math.round(performance.now() - start));
  }
  return JSON.stringify(took.sort((a, b) => a - b));
}"""


SCREENS = ("/review/", "/review/?cause=missing", "/review/grid/?kind=amount")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way(
    site: str,
    page: Page,
    records: list[Record],
    accessible: Callable[[Page], None],
    screen: str,
    scheme: str,
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site + screen)
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + screen)
    accessible(page)
    wide = page.evaluate("document.querySelector('main').scrollWidth")
    assert wide <= 360


def test_the_grid_by_keyboard(site: str, page: Page, records: list[Record]) -> None:
    page.goto(f"{site}/review/grid/?kind=code")
    expect(page.locator("[name=odd]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("#confirm")).to_have_text("Confirm 1")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_text("1 value was confirmed.")
    expect(page.locator(".tiles .value")).to_have_text("B-18")
