"""The editor of layouts in use: drawn by mouse, by touch, and by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document
from documents.views.roi import live
from tests.e2e.editing import (
    Fingers,
    Hands,
    box_of,
    drawn,
    lines,
    made_invoice,
    on_picture,
    regions,
    rows,
    saved,
)

MOST_ACTS = 25  # for the first layout with ten fields
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no worker: the page is told so at once."""
    monkeypatch.setattr(live, "WAIT", 0)


@pytest.fixture
def scan(alice: User) -> Document:
    return made_invoice(alice)


@pytest.fixture
def editor(site: str, page: Page, scan: Document) -> Page:
    page.goto(f"{site}/templates/new/?document={scan.pk}&page=1")
    expect(lines(page)).to_have_count(10)
    return page


def test_ten_fields_by_mouse(site: str, page: Page, scan: Document) -> None:
    page.goto(f"{site}/documents/{scan.pk}/")
    hands = Hands(page)
    hands.click(page.get_by_role("link", name="Make a layout from this"))
    for number in range(10):
        hands.click(lines(page).nth(number))
        expect(regions(page)).to_have_count(number + 1)
    hands.press("Control+z", 2)
    expect(regions(page)).to_have_count(8)
    hands.press("Control+y")
    expect(regions(page)).to_have_count(9)
    hands.press("Control+Shift+z")
    hands.click(page.get_by_role("button", name="Save"))
    assert len(drawn(page)) == 10
    assert hands.acts <= MOST_ACTS
    expect(page).to_have_url(re.compile(f"/templates/{saved(page).pk}/$"))


def test_ten_fields_by_the_keyboard_alone(editor: Page) -> None:
    hands = Hands(editor)
    hands.press("l")
    for number in range(10):
        hands.press("Enter")
        expect(regions(editor)).to_have_count(number + 1)
        if number < 9:
            hands.press("ArrowDown")
    hands.press("Control+z", 2)
    expect(regions(editor)).to_have_count(8)
    hands.press("Control+y")
    expect(regions(editor)).to_have_count(9)
    assert hands.acts + 1 <= MOST_ACTS
    hands.press("Control+s")
    assert len(drawn(editor)) == 9


@pytest.mark.browser_context_args(**PHONE)
def test_ten_fields_by_touch(editor: Page) -> None:
    hands = Hands(editor)
    for number in range(10):
        hands.tap(lines(editor).nth(number))
        expect(regions(editor)).to_have_count(number + 1)
    for _ in range(2):
        hands.tap(editor.get_by_role("button", name="Undo"))
    expect(regions(editor)).to_have_count(8)
    for _ in range(2):
        hands.tap(editor.get_by_role("button", name="Do again"))
    hands.tap(editor.get_by_role("button", name="Save"))
    assert len(drawn(editor)) == 10
    assert hands.acts <= MOST_ACTS


def test_draw_move_and_pull_by_mouse(editor: Page) -> None:
    hands = Hands(editor)
    hands.drag((0.97, 0.5), (0.6, 0.4))  # from any corner
    expect(regions(editor)).to_have_count(1)
    hands.drag((0.8, 0.45), (0.7, 0.55))
    hands.drag((0.87, 0.6), (0.9, 0.8))  # the handle at the lower right
    editor.get_by_label("Name", exact=True).fill("مجموع")
    editor.get_by_label("Kind").select_option("amount")
    editor.keyboard.press("Control+s")
    (region,) = drawn(editor)
    assert (region["name"], region["kind"]) == ("مجموع", "amount")
    assert box_of(region) == pytest.approx((0.5, 0.5, 0.9, 0.8), abs=0.011)


def test_a_trembling_hand_draws_nothing(editor: Page) -> None:
    editor.mouse.move(*on_picture(editor, 0.98, 0.5))
    editor.mouse.down()
    editor.mouse.move(*(x + 2 for x in on_picture(editor, 0.98, 0.5)))
    editor.mouse.up()
    expect(regions(editor)).to_have_count(0)


def test_escape_gives_up_what_is_half_drawn(editor: Page) -> None:
    editor.mouse.move(*on_picture(editor, 0.97, 0.5))
    editor.mouse.down()
    editor.mouse.move(*on_picture(editor, 0.5, 0.8), steps=3)
    expect(editor.locator("#draft")).to_be_visible()
    editor.keyboard.press("Escape")
    editor.mouse.up()
    expect(regions(editor)).to_have_count(0)


@pytest.mark.browser_context_args(**PHONE)
def test_draw_move_and_stretch_by_touch(editor: Page) -> None:
    fingers = Fingers(editor)
    fingers.drag(((0.97, 0.4), (0.5, 0.6)))
    expect(regions(editor)).to_have_count(1)
    fingers.drag(((0.7, 0.5), (0.5, 0.7)))
    width = editor.locator("#canvas").bounding_box()["width"]
    fingers.drag(((0.4, 0.1), (0.2, 0.1)), ((0.6, 0.1), (0.8, 0.1)))
    wider = editor.locator("#canvas").bounding_box()["width"]
    assert wider == pytest.approx(3 * width, rel=0.2)
    expect(regions(editor)).to_have_count(1)  # two fingers draw nothing
    editor.get_by_role("button", name="Save").tap()
    (region,) = drawn(editor)
    assert box_of(region) == pytest.approx((0.3, 0.6, 0.77, 0.8), abs=0.02)


def test_the_keyboard_alone_does_everything(editor: Page) -> None:
    press = editor.keyboard.press
    press("a")
    expect(regions(editor).first).to_be_focused()
    press("Enter")
    expect(editor.get_by_label("Name", exact=True)).to_be_focused()
    editor.keyboard.type("first")
    press("Escape")
    expect(regions(editor).first).to_be_focused()
    for key in ("Control+ArrowLeft", "Control+ArrowUp", "Control+Shift+ArrowDown"):
        for _ in range(3):
            press(key)
    expect(editor.locator("#said")).to_contain_text("“first”")
    press("Control+d")
    expect(rows(editor)).to_have_text(["first", "first 2"])
    press("Shift+Tab")
    expect(regions(editor).first).to_be_focused()
    press("Delete")
    expect(rows(editor)).to_have_text(["first 2"])
    press("a")
    press("n")
    expect(rows(editor)).to_have_text(["first 2"])
    press("Control+s")
    (region,) = drawn(editor)
    left, top, right, bottom = box_of(region, 3)
    assert right - left == pytest.approx(0.3, abs=0.002)
    assert bottom - top == pytest.approx(0.036 + 0.03, abs=0.002)
    assert left == pytest.approx(0.35 - 0.03, abs=0.01)


def test_nudges_in_a_row_are_one_step_back(editor: Page) -> None:
    press = editor.keyboard.press
    press("a")
    before = regions(editor).locator(".box").bounding_box()
    for _ in range(5):
        press("Control+ArrowRight")
    assert regions(editor).locator(".box").bounding_box()["x"] > before["x"] + 10
    press("Control+z")
    assert regions(editor).locator(".box").bounding_box() == before
    press("Control+z")
    expect(regions(editor)).to_have_count(0)
    press("Control+z")
    expect(editor.locator("#said")).to_have_text("There is nothing to undo.")


def test_zoom_and_pan(editor: Page) -> None:
    for _ in range(4):
        editor.keyboard.press("+")
    expect(editor.locator("#zoom")).to_have_text("244 %")
    stage = editor.locator(".stage")
    before = stage.evaluate("stage => stage.scrollLeft")
    editor.keyboard.down(" ")
    Hands(editor).drag((0.5, 0.5), (0.4, 0.5))
    editor.keyboard.up(" ")
    assert stage.evaluate("stage => stage.scrollLeft") > before + 20
    expect(regions(editor)).to_have_count(0)
    editor.keyboard.press("0")
    expect(editor.locator("#zoom")).to_have_text("100 %")
