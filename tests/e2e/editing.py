"""What tests of the editor share: an invoice to draw on, hands that count, a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from playwright.sync_api import CDPSession, Locator, Page, expect

from documents.models import Document, RoiTemplate
from tests.made import made_document, made_job

INVOICE = (
    ("Corner Shop Ltd", 0.99),
    ("Invoice number: A-1017", 0.98),
    ("Date: 2021-12-27", 0.97),
    ("Due date: 2022-01-26", 0.97),
    ("Customer: Ruby Scho", 0.95),
    ("Order: 5501", 0.95),
    ("Currency: EUR", 0.96),
    ("Net: 120.00", 0.98),
    ("Tax: 22.80", 0.98),
    ("Total: 142.80", 0.99),
)


def made_invoice(user: User, **more: Any) -> Document:
    document = made_document(user, name="invoice.png", words=INVOICE, **more)
    made_job(document, words=INVOICE)
    return document


def lines(page: Page) -> Locator:
    return page.locator("#lines .line")


def regions(page: Page) -> Locator:
    return page.locator("#regions .region")


def rows(page: Page) -> Locator:
    return page.locator("#list .name")


def saved(page: Page) -> RoiTemplate:
    expect(page.locator("#saved")).to_be_visible()
    return RoiTemplate.objects.get()


def drawn(page: Page) -> list[dict[str, Any]]:
    """The regions of the layout that was saved."""
    return saved(page).newest.regions


def on_picture(page: Page, x: float, y: float) -> tuple[float, float]:
    """A place of the page, in fractions, as one of the window."""
    box = page.locator("#canvas").bounding_box()
    assert box
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def box_of(region: dict[str, Any], digits: int = 2) -> tuple[float, ...]:
    edges = ("left", "top", "right", "bottom")
    return tuple(round(region["box"][edge], digits) for edge in edges)


@dataclass
class Hands:
    """One user at work: whatever must be clicked or pressed is counted."""

    page: Page
    acts: int = 0

    def click(self, target: Locator) -> None:
        self.acts += 1
        target.click()

    def tap(self, target: Locator) -> None:
        """In its middle, whatever lies over it there."""
        self.acts += 1
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.touchscreen.tap(x, y)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.acts += 1
            self.page.keyboard.press(key)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """In fractions of the page."""
        self.acts += 1
        mouse = self.page.mouse
        mouse.move(*on_picture(self.page, *start))
        mouse.down()
        mouse.move(*on_picture(self.page, *end), steps=4)
        mouse.up()


@dataclass
class Fingers:
    """Touch as a screen reports it: several points at once."""

    page: Page
    session: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.page.context.new_cdp_session(self.page)

    def drag(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """One finger for each way, from a place of the page to another."""
        places = [tuple(on_picture(self.page, *end) for end in way) for way in ways]
        self.tell("touchStart", [start for start, _end in places])
        for step in (0.25, 0.5, 0.75, 1):
            self.tell("touchMove", [between(*way, step) for way in places])
        self.tell("touchEnd", [])

    def tell(self, kind: str, points: list[tuple[float, float]]) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        self.session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches}
        )


def between(
    start: tuple[float, float], end: tuple[float, float], share: float
) -> tuple[float, float]:
    (x, y), (to_x, to_y) = start, end
    return x + share * (to_x - x), y + share * (to_y - y)
