"""The box on the page in the review: dragged, moved by keys, made larger."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from documents.models import Errand, Field, Record
from tests.e2e.reviewing import opened, records, value

__all__ = ["opened", "records"]


class Answering(Thread):
    """Stands for a worker: what is to be read again says 99.00 in its new box."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(0.05):
            for errand in Errand.objects.filter(state="waiting", kind="reread"):
                question = errand.question
                Field.objects.filter(pk=question["field"]).update(
                    value="99.00", raw="99.00", polygon=question["polygon"]
                )
                errand.answer, errand.state = {"field": question["field"]}, "done"
                errand.save()
        connection.close()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Answering]:
    answering = Answering()
    answering.start()
    yield answering
    answering.ended.set()
    answering.join()


def test_an_edge_is_dragged_and_read_again(
    opened: Page, records: list[Record], worker: Answering
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
    opened: Page, records: list[Record], worker: Answering
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
