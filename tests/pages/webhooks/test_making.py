"""/webhooks/new/, /webhooks/<id>/edit/ and /webhooks/<id>/secret/"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Webhook
from tests.pages.saying import says
from tests.pages.webhooks.conftest import WISH

NEW = "/webhooks/new/"
MADE = {**WISH, "events": ["job.succeeded", "field.needs_review"]}


def test_it_works(as_alice: Client, alice: User) -> None:
    response = as_alice.post(NEW, MADE)
    hook = Webhook.objects.get()
    secret = response.context["secret"]
    assert (hook.workspace, hook.owner, hook.name, hook.url, hook.events) == (
        alice.personal_workspace,
        alice,
        "Accounting",
        "https://93.184.215.14/hook",
        ["job.succeeded", "field.needs_review"],
    )
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert f'value="{secret}"' in response.content.decode()
    assert secret not in as_alice.get(f"/webhooks/{hook.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"url": ""}, "This field is required."),
        ({"url": "example"}, "This is no address to call: it begins with https://"),
        ({"url": "http://127.0.0.1/"}, "“127.0.0.1” is in a network that is not"),
        ({"name": "x" * 101}, "Ensure this value has at most 100 characters"),
        ({"events": []}, "Choose one at least."),
        ({"events": ["job.done"]}, "Select a valid choice."),
    ],
)
def test_it_refuses(
    as_alice: Client, hook: Webhook, wrong: dict[str, Any], reason: str
) -> None:
    for url in (NEW, f"/webhooks/{hook.pk}/edit/"):
        response = as_alice.post(url, {**MADE, **wrong})
        (errors,) = response.context["form"].errors.values()
        assert errors[0].startswith(reason)
    assert Webhook.objects.get().events == hook.events


def test_a_site_without_a_key(as_alice: Client, settings) -> None:
    settings.ENCRYPTION_KEYS = []
    page = as_alice.post(NEW, MADE)
    assert says(page, "errorlist") == [
        "The site has no key to keep secrets with: set ENCRYPTION_KEYS."
    ]
    assert Webhook.objects.count() == 0


def test_change(as_alice: Client, hook: Webhook) -> None:
    url = f"/webhooks/{hook.pk}/edit/"
    page = as_alice.get(url).content.decode()
    assert 'value="https://93.184.215.14/hook"' in page
    assert page.count("checked") == 2
    response = as_alice.post(url, {**MADE, "name": "Till"}, follow=True)
    assert says(response, "message") == ["“\u2068Till\u2069” is saved."]
    hook.refresh_from_db()
    assert (hook.name, hook.events) == ("Till", ["job.succeeded", "field.needs_review"])


def test_a_new_secret(as_alice: Client, hook: Webhook) -> None:
    response = as_alice.post(f"/webhooks/{hook.pk}/secret/")
    sealed, hook = hook.secret, Webhook.objects.get()
    assert hook.secret != sealed
    assert f'value="{response.context["secret"]}"' in response.content.decode()
    assert "signs too for 24 hours" in says(response, "fresh")[0]
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_secret_that_cannot_be_read(as_alice: Client, hook: Webhook) -> None:
    Webhook.objects.update(secret="of another key")
    response = as_alice.post(f"/webhooks/{hook.pk}/secret/", follow=True)
    assert says(response, "message")[0].startswith("What was kept secret cannot")


def test_who_only_looks(as_vera: Client, hook: Webhook) -> None:
    assert as_vera.get(NEW).status_code == 403
    assert as_vera.post(NEW, MADE).status_code == 403
    for path in ("edit", "secret"):
        response = as_vera.post(f"/webhooks/{hook.pk}/{path}/", MADE)
        assert response.status_code == 403
    assert Webhook.objects.get().secret == hook.secret


def test_strangers(as_charlie: Client, hook: Webhook) -> None:
    for path in ("edit", "secret"):
        response = as_charlie.post(f"/webhooks/{hook.pk}/{path}/", MADE)
        assert response.status_code == 404
    assert Webhook.objects.get().secret == hook.secret
