"""A real browser on a real server; whatever it complains of fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from engines import register

# Playwright's own loop runs in the test's thread; Django takes it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each test has a server of its own; the plugin's fixture warns under pytest 9."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
        "reduced_motion": "reduce",  # nothing to wait for
        "permissions": ["clipboard-read", "clipboard-write"],
    }


@pytest.fixture(autouse=True)
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """Errors on the console (broken Content-Security-Policy too) and failed answers.

    A test that provokes one takes it out of the list.
    """
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    def answer(response: Response) -> None:
        if response.status >= 500:
            heard.append(f"{response.status} {response.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("response", answer)
    yield heard
    assert heard == []


@pytest.fixture
def site(live_server: Any, context: BrowserContext, alice: User) -> str:
    """The address of the site, where alice is logged in."""
    client = Client()
    client.force_login(alice)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    return live_server.url


@pytest.fixture
def fine(settings: Any) -> None:
    """An engine that needs no model is what everybody gets."""
    register("fine", "tests.fakes.Fine")
    settings.DEFAULT_ENGINE = "fine"


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Insists on WCAG 2.2 AA, as far as a machine can tell."""

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = Axe().run(page, options=options).response["violations"]
        assert [
            (rule["id"], node["html"], node["failureSummary"])
            for rule in found
            for node in rule["nodes"]
        ] == []

    return check
