"""The admin in a browser: strict Content-Security-Policy, actions, polling."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from documents.models import Job, Worker
from documents.services.keys import create_key
from documents.services.texts.corrections import correct_line
from tests.admin.conftest import make_document, make_job
from tests.made import made_document, made_job


@pytest.fixture(autouse=True)
def staff(alice: User) -> User:
    """Alice runs this site."""
    alice.is_staff = alice.is_superuser = True
    alice.save()
    return alice


@pytest.fixture(autouse=True)
def job(alice: User) -> Job:
    create_key(alice, name="till")
    document = make_document(alice, "فاتورة.pdf", pages=4)
    return make_job(document, "succeeded", "failed", "running", "queued")


@pytest.fixture
def worker(db: None) -> Worker:
    return Worker.objects.create(
        host="reader", pid=7, engines=["ppocr"], warm=True, seen=timezone.now()
    )


def addresses() -> list[str]:
    """Every list, the form of each list's first row, and each form for a new row."""
    own = ("index", "operations", "accuracy", "models")
    found = [reverse(f"admin:{name}") for name in own]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if row := model._default_manager.first():
            found.append(reverse(f"{name}_change", args=[row.pk]))
    return [*found, "/admin/auth/user/add/", "/admin/documents/workspace/add/"]


def test_no_page_breaks_the_content_security_policy(
    site: str, page: Page, worker: Worker
) -> None:
    for address in addresses():
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status == 200, address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_our_own_pages_are_accessible(
    site: str,
    page: Page,
    worker: Worker,
    theme: str,
    width: int,
    accessible: Callable[[Page], None],
) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("operations", "models"):
        page.goto(f"{site}/admin/{name}/")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_accuracy_is_accessible(
    site: str,
    page: Page,
    alice: User,
    theme: str,
    width: int,
    accessible: Callable[[Page], None],
) -> None:
    read = made_job(made_document(alice), engine="ppocr").page_reads.get()
    correct_line(read, 2, "المجموع 1.20", user=alice)
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/admin/accuracy/")
    expect(page.get_by_role("row")).to_have_count(2 if width > 760 else 1)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_labels_of_a_card_stay_whole_beside_long_values(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/admin/operations/")
    widths = page.locator("td[data-label=Version]").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').width)"
    )
    assert len(widths) > 1
    assert len(set(widths)) == 1


def test_operations_renew_themselves(site: str, page: Page, worker: Worker) -> None:
    page.goto(f"{site}/admin/operations/")
    verdict = page.locator(".verdict")
    expect(verdict).to_have_class("verdict fine")
    Worker.objects.all().delete()
    expect(verdict).to_contain_text("no worker has ever been seen", timeout=10_000)


def test_retry_from_the_jobs_own_page(site: str, page: Page, job: Job) -> None:
    page.goto(f"{site}/admin/documents/job/{job.pk}/change/")
    page.get_by_role("button", name="Read again what failed").click()
    expect(page.get_by_text("Pages that failed or were cancelled")).to_be_visible()
    page.get_by_role("button", name="Read again what failed (1)").click()
    expect(page.get_by_text("1 job is being read again.")).to_be_visible()
    assert not job.page_reads.filter(state="failed").exists()


def test_cancel_from_the_list(site: str, page: Page, job: Job) -> None:
    page.goto(f"{site}/admin/documents/job/")
    page.get_by_role("checkbox", name="Select this object").check()
    page.get_by_label("Action:").select_option("Cancel")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Cancel (1)").click()
    expect(page.get_by_text("1 job was cancelled.")).to_be_visible()


def test_the_workspace_filter_keeps_the_others(site: str, page: Page) -> None:
    page.goto(f"{site}/admin/documents/job/?state__exact=failed")
    page.get_by_label("Part of the workspace’s name").fill("alice")
    page.get_by_role("button", name="Filter").click()
    assert page.url.endswith("?state__exact=failed&workspace=alice")


def test_a_command_is_copied(site: str, page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/admin/models/")
    button = page.locator("[data-copies='#command-check']")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "python manage.py models check"
