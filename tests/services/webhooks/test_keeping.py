"""How many wait, how long they are kept, who is told."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.utils import timezone

from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.webhooks import emit, forget_old, keeping, start_due
from documents.services.webhooks.switching import switch_off


def test_old_ones_go(hook: Webhook, workspace: Workspace, settings) -> None:
    settings.WEBHOOK_DAYS = 30
    ages = {"delivered": 31, "failed": 31, "waiting": None, "new": 29}
    for state, days in ages.items():
        emit(workspace, "job.failed", {"which": state})
        row = WebhookDelivery.objects.order_by("created").last()
        row.state = "delivered" if state == "new" else state
        row.finished = days and timezone.now() - timedelta(days=days)
        row.save()
    forget_old()
    rows = WebhookDelivery.objects.order_by("created")
    assert [row.payload["data"]["which"] for row in rows] == ["waiting", "new"]


def test_no_more_than_so_many_wait(
    hook: Webhook, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_WAITING", 3)
    for number in range(5):
        emit(workspace, "job.failed", {"number": number})
    start_due()
    start_due()
    rows = WebhookDelivery.objects.order_by("created")
    assert [row.state for row in rows] == ["failed"] * 2 + ["waiting"] * 3
    assert rows[0].attempts[0]["error"] == (
        "More than 3 calls were waiting: the oldest are not made."
    )


def test_what_was_tried_tells_its_own_story(
    hook: Webhook, workspace: Workspace
) -> None:
    emit(workspace, "job.failed", {})
    WebhookDelivery.objects.update(tries=1, attempts=[{"error": "no answer"}])
    switch_off(hook)
    row = WebhookDelivery.objects.get()
    assert (row.state, row.attempts) == ("failed", [{"error": "no answer"}])


@pytest.mark.parametrize("lost", ["owner", "address"])
def test_nobody_to_tell(
    lost: str, hook: Webhook, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    if lost == "owner":
        hook.owner = None
    else:
        hook.owner.email = ""
    with django_capture_on_commit_callbacks(execute=True):
        switch_off(hook, trouble="It is gone.")
    assert (mailoutbox, Webhook.objects.get().active) == ([], False)


def test_a_mail_that_cannot_be_sent(
    hook: Webhook,
    caplog,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks,
) -> None:
    def broken(*_arguments: object) -> None:
        raise SMTPException("no such server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    with django_capture_on_commit_callbacks(execute=True):
        switch_off(hook, trouble="It is gone.")
    assert f"The owner of webhook {hook.pk} heard nothing" in caplog.text
