"""Who does not listen: tried again ever later, held back, given up."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.webhooks import send_test
from documents.services.webhooks.outcomes import BACK_OFF
from tests.load.webhooks import days_without_an_answer
from tests.services.webhooks.calls import call, happen, states, wait
from tests.services.webhooks.receiver import Receiver

DAY = timedelta(days=1)


def test_tries_end_after_about_a_day(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(503)
    happen(workspace)
    for pause in BACK_OFF:
        call(hook)
        assert states() == ["waiting"]
        wait(hook, pause)
    call(hook)
    assert len(receiver.heard) == 11
    assert states() == ["failed"]
    assert timedelta(hours=23) < sum(BACK_OFF, timedelta()) < timedelta(hours=25)
    assert len(WebhookDelivery.objects.get().attempts) == 11


@pytest.mark.parametrize(
    ("wish", "seconds"), [("120", 120), ("86400", 3600), ("1", 5), ("soon", 5)]
)
def test_retry_after(
    wish: str, seconds: int, hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(429, retry_after=wish)
    happen(workspace)
    begun = timezone.now()
    call(hook)
    row = WebhookDelivery.objects.get()
    left = (row.next_try - begun).total_seconds()
    assert seconds <= left < seconds + 5
    assert (hook.next_try is not None) == (wish != "soon")


def test_retry_after_a_date(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    moment = timezone.now() + timedelta(minutes=9)
    receiver.says(503, retry_after=format_datetime(moment, usegmt=False))
    happen(workspace, 2)
    call(hook)
    assert len(receiver.heard) == 1
    assert abs(hook.next_try - moment) < timedelta(seconds=5)


def test_who_fails_in_a_row_is_tried_once_at_a_time(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(500)
    happen(workspace, 20)
    call(hook)
    assert len(receiver.heard) == 5
    for tries, pause in enumerate((*BACK_OFF[:6], *BACK_OFF[5:6]), 6):
        call(hook)
        assert len(receiver.heard) == tries - 1
        wait(hook, pause)
        call(hook)
        assert len(receiver.heard) == tries
    receiver.says(204)
    wait(hook, BACK_OFF[5])
    call(hook)
    wait(hook, DAY)
    call(hook)
    assert states() == ["delivered"] * 20


def test_what_somebody_asks_for_is_not_held_back(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(500)
    happen(workspace, 6)
    call(hook)
    receiver.says(204)
    call(hook, first=send_test(hook))
    assert receiver.heard[5].message["type"] == "webhook.test"
    assert (hook.failures, len(receiver.heard)) == (0, 7)


def test_a_test_is_tried_once(hook: Webhook, receiver: Receiver) -> None:
    receiver.says(404)
    row = send_test(hook)
    call(hook, first=row)
    row.refresh_from_db()
    assert (row.state, row.tries) == ("failed", 1)
    assert row.payload["data"] == {"webhook": str(hook.pk)}


def test_gone(
    hook: Webhook, receiver: Receiver, workspace: Workspace, mailoutbox, settings
) -> None:
    receiver.says(410)
    happen(workspace, 3)
    call(hook)
    assert len(receiver.heard) == 1
    assert not hook.active
    assert hook.trouble == "The address said that it is gone (410)."
    assert states() == ["failed"] * 3
    errors = [row.attempts[0]["error"] for row in WebhookDelivery.objects.all()]
    assert errors.count("The webhook was switched off.") == 2


def test_dead_for_a_day(
    hook: Webhook,
    receiver: Receiver,
    workspace: Workspace,
    mailoutbox,
    django_capture_on_commit_callbacks,
) -> None:
    receiver.says(500)
    happen(workspace, 30)
    with django_capture_on_commit_callbacks(execute=True):
        for _hour in range(12):
            call(hook)
            wait(hook, timedelta(hours=2, minutes=1))
        assert hook.active
        call(hook)
    assert not hook.active
    assert hook.trouble == ("For more than a day, no call was answered with success.")
    assert states() == ["failed"] * 30
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["alice@example.org"],
        "The webhook “Accounting” is switched off",
    )
    assert hook.trouble in mail.body
    assert hook.url in mail.body


def test_a_receiver_that_is_down_for_good(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    """As many as wait, one is tried at a time; see tests.load.webhooks."""
    receiver.says(503)
    happen(workspace, 100)
    calls, passed = days_without_an_answer(hook)
    assert calls == len(receiver.heard) <= 40
    assert not hook.active
    assert timedelta(hours=24) <= passed < timedelta(hours=26)
    assert states() == ["failed"] * 100


def test_few_failures_are_no_death(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(500)
    happen(workspace)
    call(hook)
    wait(hook, 3 * DAY)
    call(hook)
    assert (hook.active, hook.failures) == (True, 2)
