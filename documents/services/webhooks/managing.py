"""Webhooks: made, changed, tried, and made to tell again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.fetching.posting import insist_on_callable
from documents.services.webhooks.events import EVENTS, TEST, delivery
from documents.services.webhooks.signing import new_secret, replaced, sealed
from documents.services.webhooks.switching import switch_off, switch_on
from documents.services.webhooks.waking import wake

State = WebhookDelivery.State


class IsOff(Exception):
    """The webhook is switched off; the message says what to do."""


def create_webhook(
    workspace: Workspace,
    *,
    owner: AbstractBaseUser,
    url: str,
    events: Iterable[str],
    name: str = "",
) -> tuple[Webhook, str]:
    """A new webhook, and its secret: the only time that anybody can see it.

    Raises:
        FetchError: nobody may call this address; the message says why.
        CannotSeal: the site has no key to keep secrets with.
    """
    insist_on_callable(url, settings.FETCH_ALLOWED_NETWORKS)
    secret = new_secret()
    hook = Webhook.objects.create(
        workspace=workspace,
        owner=owner,
        name=name,
        url=url.strip(),
        events=in_order(events),
        secret=sealed(secret),
    )
    return hook, secret


def in_order(events: Iterable[str]) -> list[str]:
    wanted = set(events)
    if not wanted or not wanted <= set(EVENTS):
        raise ValueError(f"events are among {', '.join(EVENTS)}, and at least one")
    return [event for event in EVENTS if event in wanted]


def change_webhook(hook: Webhook, **wishes: Any) -> None:
    """Change its ``name``, ``url``, ``events``, or whether it is ``active``.

    Raises:
        FetchError: nobody may call this address; the message says why.
    """
    active = wishes.pop("active", hook.active)
    if "url" in wishes:
        insist_on_callable(wishes["url"], settings.FETCH_ALLOWED_NETWORKS)
        wishes["url"] = wishes["url"].strip()
    if "events" in wishes:
        wishes["events"] = in_order(wishes["events"])
    with transaction.atomic():
        for name, value in wishes.items():
            setattr(hook, name, value)
        hook.save(update_fields=[*wishes, "updated"])
        if active and not hook.active:
            switch_on(hook)
        elif not active:
            switch_off(hook)


def delete_webhook(hook: Webhook) -> None:
    hook.delete()


@transaction.atomic
def rotate_secret(hook: Webhook) -> str:
    """A new secret, shown this once; the one before signs too for 24 hours.

    Raises:
        CannotSeal: the site has no key, or the one before cannot be read.
    """
    row = Webhook.objects.select_for_update().get(pk=hook.pk)
    secret = new_secret()
    row.secret = replaced(row, secret, timezone.now())
    row.save(update_fields=["secret", "updated"])
    return secret


@transaction.atomic
def send_test(hook: Webhook) -> WebhookDelivery:
    """Send an event that says nothing, at once and once.

    Raises:
        IsOff
    """
    insist_on_active(hook)
    row = delivery(hook, TEST, {"webhook": str(hook.pk)})
    row.save(force_insert=True)
    transaction.on_commit(lambda: wake(hook, first=row))
    return row


@transaction.atomic
def redeliver(row: WebhookDelivery) -> None:
    """Tell it again, at once, and with all tries before it; its id stays the same.

    Raises:
        IsOff
    """
    hook = row.webhook
    insist_on_active(hook)
    WebhookDelivery.objects.filter(pk=row.pk).update(
        state=State.WAITING, tries=0, next_try=timezone.now(), finished=None
    )
    row.refresh_from_db()
    transaction.on_commit(lambda: wake(hook, first=row))


def insist_on_active(hook: Webhook) -> None:
    if not hook.active:
        raise IsOff(_("The webhook is switched off. Switch it on first."))
