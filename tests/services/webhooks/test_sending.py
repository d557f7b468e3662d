"""Calls: made, signed, and made again after a failure or a death."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.models import Errand, Webhook, WebhookDelivery, Workspace
from documents.services.webhooks import go_on, start_due
from documents.services.webhooks.keeping import attempt
from documents.services.webhooks.outcomes import BACK_OFF, note_failure, note_success
from tests.services.webhooks.calls import call, happen, states, wait
from tests.services.webhooks.conftest import run_errands
from tests.services.webhooks.receiver import Receiver


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


def test_a_late_outcome_changes_nothing(hook: Webhook, workspace: Workspace) -> None:
    """Two workers made the same call; the one that failed comes second."""
    happen(workspace)
    row, late = WebhookDelivery.objects.get(), WebhookDelivery.objects.get()
    note_success(row, attempt(timezone.now(), status=204))
    note_failure(late, attempt(timezone.now(), error="no answer"), timedelta())
    row.refresh_from_db()
    assert (row.state, row.tries, len(row.attempts)) == ("delivered", 1, 1)
    assert row.attempts[0]["status"] == 204


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
