"""Webhooks in a real browser: made, tested at a real receiver, read about, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents.models import Webhook, WebhookDelivery
from documents.services import errands
from documents.services.webhooks import EVENTS, create_webhook, emit
from documents.services.webhooks.keeping import attempt
from tests.services.webhooks.receiver import Receiver, open_receiver

LONG = (
    "https://93.184.215.14/" + "a-very-long-path-without-an-end/" * 9 + "?" + "k" * 90
)
REFUSED = "It was answered with 500, which is no success."
SIZES = ({"width": 1280, "height": 800}, {"width": 360, "height": 740})
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def network(settings: Any) -> None:
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.WORKER_CLASS = "network"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as receiver:
        yield receiver


def made(user: User, name: str = "", url: str = LONG) -> Webhook:
    workspace = user.personal_workspace
    wish = {"name": name, "url": url, "events": EVENTS}
    return create_webhook(workspace, owner=user, **wish)[0]


@pytest.fixture
def troubled(alice: User) -> Webhook:
    """One of three, with a log of all states and long answers."""
    made(alice, "قارئ الفواتير")
    off = made(alice, "Switched off")
    Webhook.objects.filter(pk=off.pk).update(active=False, trouble="It is gone (410).")
    hook = made(alice, "A name of some length " * 4)
    for state in ("delivered", "failed", "waiting", "waiting"):
        emit(hook.workspace, "job.failed", {"error": "no-blank-" * 40})
        row = hook.deliveries.order_by("created").last()
        tried = attempt(timezone.now(), status=500, answer="x" * 900, error=REFUSED)
        row.state, row.tries, row.attempts = state, 2, [tried, tried]
        row.save()
    now = timezone.now()
    Webhook.objects.filter(pk=hook.pk).update(
        failures=7, failing_since=now, next_try=now, last_success=now
    )
    return hook


@pytest.mark.parametrize("mode", [("en", "light"), ("ar", "dark")])
def test_it_is_accessible(
    site: str,
    page: Page,
    alice: User,
    troubled: Webhook,
    mode: tuple[str, str],
    accessible: Callable[[Page], None],
) -> None:
    language, theme = mode
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": site}]
    )
    page.emulate_media(color_scheme=theme)
    off = Webhook.objects.get(name="Switched off").pk
    paths = ("", "new/", f"{troubled.pk}/", f"{troubled.pk}/edit/", f"{off}/")
    for path in paths:
        for size in SIZES:
            page.set_viewport_size(size)
            page.goto(f"{site}/webhooks/{path}")
            for call in page.locator("details.call > summary").all():
                call.click()
            accessible(page)
            assert page.evaluate(NARROW) == 0
    Webhook.objects.all().delete()
    page.goto(f"{site}/webhooks/")
    accessible(page)


def test_from_the_first_to_the_last(
    site: str, page: Page, alice: User, receiver: Receiver
) -> None:
    page.goto(f"{site}/webhooks/")
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_label("Address").fill("http://10.0.0.1/")
    page.get_by_label("Name").fill("Till")
    page.get_by_label("A document could not be read.").check()
    page.get_by_role("button", name="Make the webhook").click()
    expect(page.get_by_text("is in a network that is not called")).to_be_visible()
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_role("button", name="Make the webhook").click()
    secret = page.get_by_role("textbox", name="The secret").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret

    page.get_by_role("button", name="Send a test").click()
    log = page.locator("#log")
    expect(log.locator("summary").get_by_text("waiting")).to_be_visible()
    assert errands.run_next()
    expect(log.locator("summary").get_by_text("delivered")).to_be_visible()
    told = receiver.heard[0].verified(secret)
    assert told["type"] == "webhook.test"

    receiver.says(500, b"out of paper")
    emit(alice.personal_workspace, "job.failed", {})
    assert errands.run_next()
    page.get_by_role("link", name="All webhooks").click()
    expect(page.get_by_text("failing since")).to_be_visible()
    page.get_by_role("link", name="Till").click()
    page.get_by_label("Show").select_option("waiting")
    expect(log.locator("summary")).to_have_count(1)
    log.locator("summary").click()
    expect(log.get_by_text("out of paper")).to_be_visible()
    receiver.says(204)
    log.get_by_role("button", name="Deliver now").click()
    assert errands.run_next()
    expect(log.locator("summary").get_by_text("delivered")).to_have_count(2)
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("button", name="Switch on")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(
        page.get_by_text("The webhook “\u2068Till\u2069” is deleted.")
    ).to_be_visible()
    expect(page.get_by_role("link", name="Add a webhook")).to_be_visible()
