"""Calls: made, signed, repeated, held back, given up."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.db.models import F
from django.utils import timezone

from documents.models import Errand, Webhook, WebhookDelivery, Workspace
from documents.services.webhooks import emit, go_on, send_test, start_due
from documents.services.webhooks.outcomes import BACK_OFF
from tests.load.webhooks import days_without_an_answer
from tests.services.webhooks.conftest import run_errands
from tests.services.webhooks.receiver import Receiver

DAY = timedelta(days=1)


def happen(workspace: Workspace, times: int = 1) -> None:
    for number in range(times):
        emit(workspace, "job.failed", {"number": number})


def call(hook: Webhook, first: WebhookDelivery | None = None) -> None:
    """A worker's moment for *hook*, which is fresh afterwards."""
    question = {"webhook": str(hook.pk)}
    go_on(hook.workspace, {**question, **({"first": str(first.pk)} if first else {})})
    hook.refresh_from_db()


def wait(hook: Webhook, time: timedelta) -> None:
    """*time* goes by."""
    Webhook.objects.filter(pk=hook.pk).update(
        next_try=F("next_try") - time, failing_since=F("failing_since") - time
    )
    hook.deliveries.update(next_try=F("next_try") - time)
    hook.refresh_from_db()


def states() -> list[str]:
    rows = WebhookDelivery.objects.order_by("created")
    return list(rows.values_list("state", flat=True))


def test_it_works(
    hook: Webhook, secret: str, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(200, b"thank you")
    happen(workspace)
    call(hook)
    row = WebhookDelivery.objects.get()
    (heard,) = receiver.heard
    assert heard.verified(secret) == row.payload
    assert heard.path == "/hook?for=tests"
    named = ("host", "user-agent", "content-type", "webhook-id")
    assert [heard.headers[name] for name in named] == [
        f"127.0.0.1:{receiver.port}",
        "ocrsite",
        "application/json",
        str(row.pk),
    ]
    (attempt,) = row.attempts
    assert {**attempt, "at": "", "seconds": 0} == {
        "at": "",
        "status": 200,
        "answer": "thank you",
        "error": "",
        "seconds": 0,
    }
    assert (row.state, row.tries, row.finished is not None) == ("delivered", 1, True)
    assert (hook.failures, hook.next_try, hook.busy_until) == (0, None, None)
    assert hook.last_success is not None


def test_oldest_first_over_one_connection(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    happen(workspace, 5)
    call(hook)
    assert [one.message["data"]["number"] for one in receiver.heard] == [0, 1, 2, 3, 4]
    assert receiver.connections == 1


def test_a_failure_is_tried_again_later(
    hook: Webhook, secret: str, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(500, b"out of order")
    happen(workspace)
    begun = timezone.now()
    call(hook)
    row = WebhookDelivery.objects.get()
    assert (row.state, row.tries, hook.failures) == ("waiting", 1, 1)
    assert row.attempts[0]["status"] == 500
    assert row.attempts[0]["answer"] == "out of order"
    assert row.attempts[0]["error"] == (
        "It was answered with 500, which is no success."
    )
    assert BACK_OFF[0] <= row.next_try - begun < BACK_OFF[0] + timedelta(seconds=5)
    call(hook)
    assert len(receiver.heard) == 1
    wait(hook, BACK_OFF[0])
    receiver.says(204)
    call(hook)
    assert receiver.ids == [str(row.pk)] * 2
    assert receiver.heard[0].body == receiver.heard[1].body
    receiver.heard[1].verified(secret)
    assert states() == ["delivered"]
    assert (hook.failures, hook.failing_since, hook.next_try) == (0, None, None)


def test_a_redirect_is_not_followed(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    receiver.says(307, location=f"http://127.0.0.1:{receiver.port}/elsewhere")
    happen(workspace)
    call(hook)
    assert [one.path for one in receiver.heard] == ["/hook?for=tests"]
    assert WebhookDelivery.objects.get().attempts[0]["error"] == (
        "It leads on to another address, which is not followed (307)."
    )


def test_who_is_not_there(hook: Webhook, workspace: Workspace) -> None:
    Webhook.objects.update(url="http://127.0.0.1:9/")
    happen(workspace)
    call(hook)
    (attempt,) = WebhookDelivery.objects.get().attempts
    assert (attempt["status"], attempt["answer"]) == (None, "")
    assert attempt["error"] == (
        "“127.0.0.1” cannot be reached. Check the address, or try again later."
    )


def test_a_network_that_is_allowed_no_more(
    hook: Webhook, receiver: Receiver, workspace: Workspace, settings
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = []
    happen(workspace)
    call(hook)
    assert receiver.connections == 0
    (attempt,) = WebhookDelivery.objects.get().attempts
    assert attempt["error"].startswith("“127.0.0.1” is in a network that is not called")


def test_a_secret_that_cannot_be_opened(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    Webhook.objects.update(secret="another key sealed this")
    happen(workspace)
    call(hook)
    assert receiver.connections == 0
    (attempt,) = WebhookDelivery.objects.get().attempts
    assert attempt["error"].startswith("What was kept secret cannot be read")


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


def test_one_worker_at_a_time(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    happen(workspace)
    lease = timezone.now() + timedelta(seconds=30)
    Webhook.objects.update(busy_until=lease)
    call(hook)
    assert (receiver.heard, hook.busy_until) == ([], lease)
    assert start_due() == 0


def test_a_worker_that_died_is_followed_by_another(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    happen(workspace)
    Webhook.objects.update(busy_until=timezone.now() - timedelta(seconds=1))
    assert (start_due(), start_due()) == (1, 0)
    assert run_errands() == 1
    assert states() == ["delivered"]


def test_a_late_outcome_changes_nothing(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    """Two workers made the same call; the one that fails comes second."""
    happen(workspace)
    receiver.answer = lambda _heard: (
        WebhookDelivery.objects.update(state="delivered", tries=1) and 500,
        {},
        b"",
    )
    row = WebhookDelivery.objects.get()
    WebhookDelivery.objects.update(state="delivered", tries=1, attempts=[{}])
    call(hook, first=row)
    row.refresh_from_db()
    assert (row.state, row.tries, row.attempts) == ("delivered", 1, [{}])


def test_what_was_emitted_meanwhile_is_called_too(
    hook: Webhook,
    receiver: Receiver,
    workspace: Workspace,
    django_capture_on_commit_callbacks,
) -> None:
    """A moment is over after the first call; what is left has an errand."""
    happen(workspace, 3)
    Webhook.objects.update(url=f"http://127.0.0.1:{receiver.port}/moved")
    with django_capture_on_commit_callbacks(execute=True):
        call(hook)
    assert Errand.objects.count() == 0
    assert states() == ["delivered"] * 3
    assert {one.path for one in receiver.heard} == {"/moved"}


def test_off_or_gone_is_not_called(
    hook: Webhook, receiver: Receiver, workspace: Workspace
) -> None:
    happen(workspace)
    Webhook.objects.update(active=False)
    question = {"webhook": str(hook.pk)}
    assert go_on(workspace, question) == {}
    hook.delete()
    assert go_on(workspace, question) == {}
    assert receiver.heard == []
