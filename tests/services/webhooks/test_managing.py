"""Webhooks made, changed, switched, and made to tell again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from documents.models import Errand, Webhook, WebhookDelivery, Workspace
from documents.services.fetching import BadUrl, ForbiddenAddress
from documents.services.sealing import CannotSeal
from documents.services.webhooks import (
    IsOff,
    change_webhook,
    create_webhook,
    emit,
    go_on,
    redeliver,
    rotate_secret,
    send_test,
)
from tests.services.webhooks.conftest import run_errands
from tests.services.webhooks.receiver import Receiver


def test_it_works(alice: User, workspace: Workspace) -> None:
    hook, secret = create_webhook(
        workspace,
        owner=alice,
        url=" http://127.0.0.1:9/ ",
        events=["source.failed", "job.failed"],
    )
    hook.refresh_from_db()
    assert (hook.owner, hook.url, hook.events, hook.active) == (
        alice,
        "http://127.0.0.1:9/",
        ["job.failed", "source.failed"],
        True,
    )
    assert secret.startswith("whsec_")


@pytest.mark.parametrize(
    ("url", "error", "reason"),
    [
        ("http://192.168.1.1/", ForbiddenAddress, "“192.168.1.1” is in a network"),
        ("http://[::1]/", ForbiddenAddress, "“::1” is in a network"),
        ("ftp://example.org/", BadUrl, "This is no address to call"),
        ("example.org", BadUrl, "This is no address to call"),
        ("https://a:b@example.org/", BadUrl, "The address carries a user name"),
    ],
)
def test_addresses_that_are_refused(
    alice: User, hook: Webhook, url: str, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=f"^{reason.replace('[', '.')}"):
        create_webhook(hook.workspace, owner=alice, url=url, events=["job.failed"])
    with pytest.raises(error):
        change_webhook(hook, url=url)
    assert Webhook.objects.get().url == hook.url


@pytest.mark.parametrize("events", [[], ["job.done"], ["webhook.test"]])
def test_events_that_there_are_not(
    alice: User, workspace: Workspace, events: list[str]
) -> None:
    url = "http://127.0.0.1:9/"
    with pytest.raises(ValueError, match="events are among"):
        create_webhook(workspace, owner=alice, url=url, events=events)


def test_a_site_without_a_key(alice: User, workspace: Workspace, settings) -> None:
    settings.ENCRYPTION_KEYS = []
    url = "http://127.0.0.1:9/"
    with pytest.raises(CannotSeal, match="set ENCRYPTION_KEYS"):
        create_webhook(workspace, owner=alice, url=url, events=["job.failed"])
    assert Webhook.objects.count() == 0


def test_change(hook: Webhook) -> None:
    change_webhook(hook, name="Till", events=["job.failed"])
    hook.refresh_from_db()
    assert (hook.name, hook.events, hook.active) == ("Till", ["job.failed"], True)


def test_off_and_on(
    hook: Webhook, workspace: Workspace, receiver: Receiver, mailoutbox: list[Any]
) -> None:
    """What waits when its owner switches it off is given up, without a mail."""
    Webhook.objects.update(failures=7)
    emit(workspace, "job.failed", {})
    change_webhook(hook, active=False)
    emit(workspace, "job.failed", {})
    row = WebhookDelivery.objects.get()
    assert (row.state, row.attempts[0]["error"]) == (
        "failed",
        "The webhook was switched off.",
    )
    change_webhook(hook, active=True)
    hook.refresh_from_db()
    assert (hook.active, hook.failures, hook.trouble) == (True, 0, "")
    assert (receiver.heard, mailoutbox) == ([], [])


def test_redeliver(
    hook: Webhook,
    secret: str,
    workspace: Workspace,
    receiver: Receiver,
    django_capture_on_commit_callbacks,
) -> None:
    emit(workspace, "job.failed", {})
    go_on(workspace, {"webhook": str(hook.pk)})
    row = WebhookDelivery.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        redeliver(row)
    assert (row.state, row.tries, row.finished, len(row.attempts)) == (
        "waiting",
        0,
        None,
        1,
    )
    assert run_errands() == 1
    row.refresh_from_db()
    assert (row.state, row.tries, len(row.attempts)) == ("delivered", 1, 2)
    assert receiver.ids == [str(row.pk)] * 2
    assert receiver.heard[1].verified(secret) == row.payload


def test_a_test(
    hook: Webhook, receiver: Receiver, django_capture_on_commit_callbacks
) -> None:
    """Whatever it listens to."""
    change_webhook(hook, events=["job.failed"])
    with django_capture_on_commit_callbacks(execute=True):
        row = send_test(hook)
    assert Errand.objects.get().question == {
        "webhook": str(hook.pk),
        "first": str(row.pk),
    }
    run_errands()
    assert [one.message["type"] for one in receiver.heard] == ["webhook.test"]


def test_what_is_off_tells_nothing(hook: Webhook, workspace: Workspace) -> None:
    emit(workspace, "job.failed", {})
    change_webhook(hook, active=False)
    with pytest.raises(IsOff, match="Switch it on first"):
        send_test(hook)
    with pytest.raises(IsOff, match="Switch it on first"):
        redeliver(WebhookDelivery.objects.get())


def test_rotation_keeps_only_the_last_two(hook: Webhook, secret: str) -> None:
    assert rotate_secret(hook) != rotate_secret(hook) != secret
    assert Webhook.objects.get().secret != hook.secret
