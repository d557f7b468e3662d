"""The admin's sources, accounts and webhooks: /admin/documents/source/ and others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from documents.models import WebhookDelivery
from documents.services.webhooks import create_webhook
from tests.admin.conftest import rows_of
from tests.made_sources import made_connection, made_item, made_run, made_source

URL = "/admin/documents/{}/"


def made_delivery(user: User) -> WebhookDelivery:
    hook, _secret = create_webhook(
        user.personal_workspace,
        owner=user,
        url="https://93.184.215.14/hidden/path",
        events=["job.failed", "source.failed"],
    )
    return WebhookDelivery.objects.create(
        webhook=hook,
        event="job.failed",
        payload={},
        tries=1,
        attempts=[{"status": 500, "error": ""}],
        next_try=timezone.now(),
    )


MADE: dict[str, tuple[Callable[[User], Model], list[str]]] = {
    "source": (made_source, ["Scans", "imap", "fine", "alice", "alice"]),
    "sourcerun": (
        lambda user: made_run(made_source(user), "failed", error="No answer."),
        ["Scans", "failed", "0", "0", "0", "0 s", "No answer."],
    ),
    "sourceitem": (
        lambda user: made_item(made_source(user), error="No answer."),
        ["file 0.png", "Scans", "failed", "0", "", "No answer."],
    ),
    "connection": (made_connection, ["alice@example.org", "google", "alice"]),
    "webhook": (
        lambda user: made_delivery(user).webhook,
        [
            *("https://93.184.215.14/hidden/path", "93.184.215.14"),
            *("job.failed, source.failed", "", "0", "alice"),
        ],
    ),
    "webhookdelivery": (
        made_delivery,
        ["job.failed", "https://93.184.215.14/hidden/path", "waiting", "1", "500"],
    ),
}
each = pytest.mark.parametrize(("name", "made"), MADE.items(), ids=list(MADE))


@each
def test_it_works(desk: Client, alice: User, name: str, made) -> None:
    make, words = made
    make(alice)
    assert rows_of(desk.get(URL.format(name))) == [words]


@each
def test_one_row_opens_and_none_is_edited(
    desk: Client, alice: User, name: str, made
) -> None:
    row = made[0](alice)
    url = f"{URL.format(name)}{row.pk}/"
    assert desk.get(f"{url}change/").status_code == 200
    assert desk.post(f"{url}change/", {"name": "x"}).status_code == 403
    assert desk.post(f"{url}delete/", {"post": "1"}).status_code == 403
    assert desk.get(f"{URL.format(name)}add/").status_code == 403


@each
def test_no_secret_is_shown(desk: Client, alice: User, name: str, made) -> None:
    row = made[0](alice)
    for url in (URL.format(name), f"{URL.format(name)}{row.pk}/change/"):
        page = desk.get(url).content.decode()
        assert "gAAAA" not in page  # how all that is sealed begins
        assert "hunter2" not in page


def test_it_names_the_secrets_that_are_kept(desk: Client, alice: User) -> None:
    source = made_source(alice)
    page = desk.get(f"{URL.format('source')}{source.pk}/change/").content.decode()
    assert '<div class="readonly">password</div>' in page


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"paused": True}, "paused"),
        ({"busy_until": timezone.now()}, "under way"),
        ({"error": "The password is wrong.", "next_run": None}, "waits for somebody"),
        ({"error": "No answer."}, "failed"),
    ],
)
def test_how_a_source_fares(desk: Client, alice: User, columns, word: str) -> None:
    made_source(alice, **columns)
    assert rows_of(desk.get(URL.format("source")))[0][2] == word


@pytest.mark.parametrize(
    ("name", "made"),
    [one for one in MADE.items() if one[0] != "connection"],  # one account, one row
    ids=[name for name in MADE if name != "connection"],
)
def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, name: str, made, django_assert_num_queries
) -> None:
    made[0](alice)
    desk.get(URL.format(name))
    with django_assert_num_queries(5):
        desk.get(URL.format(name))
    made[0](alice)
    made[0](alice)
    with django_assert_num_queries(5):
        assert len(rows_of(desk.get(URL.format(name)))) == 3


@each
def test_a_stranger_finds_nothing(client: Client, alice: User, name: str, made) -> None:
    made[0](alice)
    client.force_login(alice)
    assert client.get(URL.format(name)).status_code == 404
