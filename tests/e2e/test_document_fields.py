"""The fields of a document beside its page."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Job, PageRead
from tests.made import made_document, made_job
from tests.made_roi import made_record, made_template

ON = re.compile(r"\bon\b")


def test_a_value_and_its_outline_light_up_together(
    site: str, page: Page, alice: User, accessible: Callable[[Page], None]
) -> None:
    record = made_record(alice)
    page.goto(f"{site}/documents/{record.document.pk}/")
    values = page.locator("#fields li")
    expect(page.get_by_role("tab", name="Fields")).to_have_attribute(
        "aria-selected", "true"
    )
    values.nth(1).hover()
    expect(page.locator("polygon[data-field='1']")).to_have_class(ON)
    page.keyboard.press("n")
    expect(values.first).to_be_focused()  # the doubtful one
    accessible(page)
    page.get_by_role("link", name="Review and approve").click()
    expect(page).to_have_url(f"{site}/records/{record.pk}/")


def test_fields_lines_and_layout(site: str, page: Page, alice: User) -> None:
    record = made_record(alice)
    reading = PageRead.objects.get(job=made_job(record.document)).reading
    PageRead.objects.filter(job=record.job).update(reading=reading)
    Job.objects.filter(pk=record.job.pk).update(text=True)
    page.goto(f"{site}/documents/{record.document.pk}/?job={record.job.pk}")
    expect(page.locator("#lines")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#lines")).to_be_visible()
    page.locator("#lines li").nth(1).hover()
    expect(page.locator("polygon[data-line='1']")).to_have_class(ON)
    expect(page.locator("polygon[data-field='1']")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#layout")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#drawn")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#fields")).to_be_visible()


def test_a_layout_is_chosen_where_none_was_found(
    site: str, page: Page, alice: User, accessible: Callable[[Page], None]
) -> None:
    job = made_job(made_document(alice))
    Job.objects.filter(pk=job.pk).update(state="needs_template")
    template = made_template(alice, name="Mill")
    page.goto(f"{site}/documents/{job.document.pk}/")
    accessible(page)
    page.locator("#choose-layout").select_option(label="Mill")
    page.get_by_role("button", name="Read with this layout").click()
    page.wait_for_url("**job=*")
    assert job.document.jobs.order_by("-created").first().template == template
