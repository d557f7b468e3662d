"""GET /webhooks/<id>/ with its log, and what its buttons do"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Errand, Webhook, WebhookDelivery
from documents.services.webhooks import create_webhook, emit
from documents.services.webhooks.keeping import attempt
from tests.pages.saying import says
from tests.pages.webhooks.conftest import WISH

ACTS = ("test/", "switch/", "delete/")


@pytest.fixture
def url(hook: Webhook) -> str:
    return f"/webhooks/{hook.pk}/"


def called(hook: Webhook, state: str = "failed", **said: object) -> WebhookDelivery:
    """It was tried once."""
    emit(hook.workspace, "job.failed", {"error": "Page 1: <b>"})
    row = WebhookDelivery.objects.order_by("created").last()
    row.state, row.tries = state, 1
    row.attempts = [attempt(timezone.now(), **said)]
    row.save()
    return row


def test_it_works(as_alice: Client, hook: Webhook, url: str) -> None:
    page = as_alice.get(url)
    assert says(page, "hears") == [
        "A document could not be read. job.failed"
        "A source could not be visited. source.failed"
    ]
    assert says(page, "how") == ["switched on nothing delivered yet"]
    assert "Send a test to see whether it arrives." in says(page, "#log")[0]
    assert "every 2s" not in page.content.decode()


def test_the_log(as_alice: Client, hook: Webhook, url: str) -> None:
    refused = "It was answered with 500, which is no success."
    called(hook, status=500, answer="<i>no</i>", error=refused, seconds=0.5)
    page = as_alice.get(url)
    (row,) = says(page, "call")
    assert row.startswith(f"job.failed given up now {refused}")
    assert f"500 0.50 s {refused} <i>no</i>" in row
    assert '"error": "Page 1: <b>"' in row
    assert row.endswith("Deliver again")
    assert "<i>" not in page.content.decode()


def test_it_is_narrowed_by_state(as_alice: Client, hook: Webhook, url: str) -> None:
    called(hook, "failed")
    called(hook, "delivered", status=204)
    for state, count in (("", 2), ("failed", 1), ("waiting", 0), ("nonsense", 2)):
        page = as_alice.get(url, {"state": state})
        assert len(says(page, "call")) == count
    assert (
        "There is none in this state."
        in says(as_alice.get(url, {"state": "waiting"}), "#log")[0]
    )


def test_it_comes_in_parts(as_alice: Client, hook: Webhook, url: str) -> None:
    for _number in range(31):
        called(hook)
    page = as_alice.get(url, {"state": "failed"})
    assert len(says(page, "call")) == 30
    following = f"{url}?state=failed&amp;part=2"
    assert following in page.content.decode()
    assert len(says(as_alice.get(url, {"state": "failed", "part": 2}), "call")) == 1


def test_it_is_asked_for_while_something_moves(
    as_alice: Client, hook: Webhook, url: str
) -> None:
    emit(hook.workspace, "job.failed", {})
    page = as_alice.get(url).content.decode()
    assert f'hx-get="{url}log/?state=&amp;part=1" hx-trigger="every 2s"' in page
    assert "every 2s" in as_alice.get(f"{url}log/").content.decode()
    WebhookDelivery.objects.update(tries=1)
    log = as_alice.get(f"{url}log/")
    assert "every 2s" not in log.content.decode()
    assert "<html" not in log.content.decode()


def test_switched_off_by_the_site(as_alice: Client, hook: Webhook, url: str) -> None:
    called(hook)
    Webhook.objects.update(active=False, trouble="The address said that it is gone.")
    page = as_alice.get(url)
    (notice,) = says(page, "message")
    assert "The address said that it is gone." in notice
    words = page.content.decode()
    assert "Switch on" in words
    assert "Send a test<" not in words


def test_a_test(
    as_alice: Client, hook: Webhook, url: str, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = as_alice.post(f"{url}test/", follow=True)
    assert says(response, "message")[0].startswith("A test is on its way.")
    row = WebhookDelivery.objects.get()
    assert (row.event, Errand.objects.get().question["first"]) == (
        "webhook.test",
        str(row.pk),
    )


def test_deliver_again(as_alice: Client, hook: Webhook, url: str) -> None:
    row = called(hook)
    response = as_alice.post(f"{url}deliveries/{row.pk}/redeliver/", follow=True)
    assert says(response, "message")[0].startswith("It is on its way again.")
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)


def test_what_is_off_sends_nothing(as_alice: Client, hook: Webhook, url: str) -> None:
    row = called(hook)
    Webhook.objects.update(active=False)
    for path in ("test/", f"deliveries/{row.pk}/redeliver/"):
        response = as_alice.post(url + path, follow=True)
        assert says(response, "message")[0] == (
            "The webhook is switched off. Switch it on first."
        )


def test_switch(as_alice: Client, hook: Webhook, url: str) -> None:
    as_alice.post(f"{url}switch/")
    assert not Webhook.objects.get().active
    as_alice.post(f"{url}switch/", {"on": "1"})
    assert Webhook.objects.get().active


def test_delete(as_alice: Client, hook: Webhook, url: str) -> None:
    response = as_alice.post(f"{url}delete/", follow=True)
    assert says(response, "message") == [
        "The webhook “\u2068Accounting\u2069” is deleted."
    ]
    assert Webhook.objects.count() == 0


def test_who_only_looks(as_vera: Client, hook: Webhook, url: str) -> None:
    row = called(hook)
    page = as_vera.get(url).content.decode()
    assert "job.failed" in page
    for word in ("Send a test<", "Switch off", "Delete", "Deliver again"):
        assert word not in page
    for act in (*ACTS, f"deliveries/{row.pk}/redeliver/"):
        assert as_vera.post(url + act).status_code == 403
    assert Webhook.objects.get().active


def test_strangers(as_charlie: Client, hook: Webhook, url: str) -> None:
    row = called(hook)
    assert as_charlie.get(url).status_code == 404
    assert as_charlie.get(f"{url}log/").status_code == 404
    for act in (*ACTS, f"deliveries/{row.pk}/redeliver/"):
        assert as_charlie.post(url + act).status_code == 404
    assert Webhook.objects.get().active


def test_a_delivery_of_another_webhook(
    as_alice: Client, alice: User, hook: Webhook, url: str
) -> None:
    called(hook)
    other, _secret = create_webhook(
        alice.personal_workspace, owner=alice, events=["job.failed"], **WISH
    )
    row = WebhookDelivery.objects.get()
    path = f"/webhooks/{other.pk}/deliveries/{row.pk}/redeliver/"
    assert as_alice.post(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    as_alice: Client, hook: Webhook, url: str, rows: int, django_assert_num_queries
) -> None:
    for _row in range(rows):
        called(hook)
    as_alice.get(url)
    with django_assert_num_queries(10):
        as_alice.get(url)
