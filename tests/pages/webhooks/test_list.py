"""GET /webhooks/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Webhook
from documents.services.webhooks import create_webhook, emit
from tests.pages.saying import says
from tests.pages.webhooks.conftest import WISH

URL = "/webhooks/"


def test_none_yet(as_alice: Client) -> None:
    page = as_alice.get(URL)
    assert says(page, "empty")[0].startswith("Nobody has to ask whether it is read")
    assert 'href="/webhooks/new/"' in page.content.decode()


def test_it_works(as_alice: Client, hook: Webhook) -> None:
    emit(hook.workspace, "job.failed", {})
    page = as_alice.get(URL)
    assert says(page, "line") == [
        "Accounting https://93.184.215.14/hook switched on nothing delivered yet "
        "1 call waits"
    ]
    assert f'href="/webhooks/{hook.pk}/"' in page.content.decode()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"active": False}, "off"),
        ({"active": False, "trouble": "It is gone."}, "switched off by the site"),
        ({"failures": 3}, "failing since 2 hours ago"),
        ({"last_success": 1}, "switched on last delivered 2 hours ago"),
    ],
)
def test_how_it_is(as_alice: Client, hook: Webhook, columns: dict, words: str) -> None:
    before = timezone.now() - timedelta(hours=2)
    if "last_success" in columns:
        columns = {"last_success": before}
    Webhook.objects.update(failing_since=before, **columns)
    page = as_alice.get(URL)
    assert says(page, "how") == [words]
    assert ("It is gone." in page.content.decode()) == ("trouble" in columns)


def test_a_webhook_without_a_name_is_called_by_its_address(
    as_alice: Client, hook: Webhook
) -> None:
    Webhook.objects.update(name="")
    assert says(as_alice.get(URL), "title") == [WISH["url"]]


def test_a_member_sees_and_makes_none(as_vera: Client, hook: Webhook) -> None:
    page = as_vera.get(URL)
    assert says(page, "title") == ["Accounting"]
    assert "/webhooks/new/" not in page.content.decode()
    hook.delete()
    assert "Ask one of them." in says(as_vera.get(URL), "empty")[0]


def test_strangers_see_nothing(as_charlie: Client, hook: Webhook) -> None:
    assert says(as_charlie.get(URL), "title") == []


def test_visitors_log_in(client: Client) -> None:
    assert client.get(URL).url == "/accounts/login/?next=/webhooks/"


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    as_alice: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    for _row in range(rows):
        create_webhook(
            alice.personal_workspace, owner=alice, events=["job.failed"], **WISH
        )
    as_alice.get(URL)
    with django_assert_num_queries(9):
        as_alice.get(URL)
