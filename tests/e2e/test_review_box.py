"""The box on the page in the review: dragged, moved by keys, made larger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Errand, FieldChange, Membership, Record
from documents.models.people import Role
from tests.answering import Answering
from tests.e2e.reviewing import opened, records, value

__all__ = ["opened", "records"]


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    with Answering():
        yield


def test_an_edge_is_dragged_and_read_again(
    opened: Page, records: list[Record], worker: None
) -> None:
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    edge = opened.locator("#pane .edges line").nth(1)  # the right one
    box = edge.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x + 60, y + 5, steps=4)
    opened.mouse.up()
    expect(value(opened)).to_have_value("99.00")
    expect(value(opened)).to_be_focused()
    (_a, (right, _b), _c, _d) = records[0].fields.get(name="total").polygon
    assert 225 < right < 400
    opened.keyboard.press("Enter")
    expect(opened.locator(".done")).to_contain_text("99.00")


def test_a_box_is_moved_by_keys_and_buttons(
    opened: Page, records: list[Record], worker: None
) -> None:
    opened.keyboard.press("Alt+ArrowRight")
    expect(value(opened)).to_have_value("99.00")
    corners = records[0].fields.get(name="number").polygon
    assert corners == [[21.6, 20], [221.6, 20], [221.6, 50], [21.6, 50]]
    opened.keyboard.press("Tab")
    opened.get_by_role("button", name="Larger box").click()
    expect(value(opened)).to_have_value("99.00")
    corners = records[0].fields.get(name="date").polygon
    assert [round(x) for x in corners[0]] == [16, 19]


def test_who_may_only_look_moves_no_box(
    site: str, page: Page, alice: User, records: list[Record]
) -> None:
    Membership.objects.filter(user=alice).update(role=Role.VIEWER)
    page.goto(f"{site}/review/")
    expect(value(page)).to_have_value("A-17")
    expect(page.locator("#pane .edges line")).to_have_count(0)
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Enter")  # decides nothing
    page.keyboard.press("Tab")
    expect(value(page)).to_have_value("2021-12-27")
    assert not FieldChange.objects.exists()
    assert not Errand.objects.exists()


@pytest.mark.browser_context_args(has_touch=True)
def test_an_edge_is_dragged_by_a_finger(
    opened: Page, records: list[Record], worker: None
) -> None:
    box = opened.locator("#pane .edges line").nth(1).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = opened.context.new_cdp_session(opened)
    steps = [("touchStart", 0), ("touchMove", 30), ("touchMove", 60)]
    for kind, by in steps:
        points = [{"x": x + by, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(value(opened)).to_have_value("99.00")
    (_a, (right, _b), _c, _d) = records[0].fields.get(name="number").polygon
    assert 225 < right < 400
