"""/api/v1/webhooks/{id}/deliveries/ and one of them"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.models import Errand, Webhook, WebhookDelivery
from documents.services.webhooks import change_webhook, create_webhook, emit, send_test
from documents.services.webhooks.keeping import attempt
from tests.api.test_webhooks import WISH, when


@pytest.fixture
def hook(alice, workspace) -> Webhook:
    return create_webhook(workspace, owner=alice, **WISH)[0]


@pytest.fixture
def row(hook, workspace) -> WebhookDelivery:
    """It was answered with 500, and waits."""
    emit(workspace, "job.failed", {"job": "a"})
    now = timezone.now()
    made = attempt(now, status=500, answer="no", error="Never mind.", seconds=0.5)
    later = now + timedelta(minutes=1)
    WebhookDelivery.objects.update(tries=1, attempts=[made], next_try=later)
    return WebhookDelivery.objects.get()


def as_told(row: WebhookDelivery) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "webhook": str(row.webhook_id),
        "event": row.event,
        "state": row.state,
        "tries": row.tries,
        "next_try": when(row.next_try),
        "created": when(row.created),
        "finished": when(row.finished),
    }


def url(hook: Webhook, row: WebhookDelivery | None = None) -> str:
    return f"/api/v1/webhooks/{hook.pk}/deliveries/" + (f"{row.pk}/" if row else "")


def test_it_works(api, vera, hook, row):
    api.force_authenticate(vera)
    (made,) = row.attempts
    assert api.get(url(hook, row)).json() == {
        **as_told(row),
        "payload": {
            "id": str(row.pk),
            "type": "job.failed",
            "timestamp": row.payload["timestamp"],
            "workspace": str(hook.workspace_id),
            "data": {"job": "a"},
        },
        "attempts": [
            {
                "at": made["at"],
                "status": 500,
                "answer": "no",
                "error": "Never mind.",
                "seconds": 0.5,
            }
        ],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_list(api, alice, workspace, hook, rows, django_assert_num_queries):
    for number in range(rows):
        emit(workspace, "job.failed", {"number": number})
    api.force_authenticate(alice)
    with django_assert_num_queries(3):
        response = api.get(url(hook))
    assert response.json() == {
        "count": rows,
        "next": None,
        "previous": None,
        "results": [
            as_told(row) for row in WebhookDelivery.objects.order_by("-created")
        ],
    }


def test_list_can_be_narrowed(api, alice, hook, row):
    test = send_test(hook)
    WebhookDelivery.objects.filter(pk=test.pk).update(state="delivered")
    api.force_authenticate(alice)
    for query, found in (
        ("state=waiting", [row]),
        ("state=delivered&state=failed", [test]),
        ("event=webhook.test", [test]),
        ("event=job.succeeded", []),
    ):
        results = api.get(f"{url(hook)}?{query}").json()["results"]
        assert [one["id"] for one in results] == [str(one.pk) for one in found]


def test_redeliver(api, alice, hook, row, django_capture_on_commit_callbacks):
    WebhookDelivery.objects.update(state="failed", finished=timezone.now())
    api.force_authenticate(alice)
    with django_capture_on_commit_callbacks(execute=True):
        response = api.post(url(hook, row) + "redeliver/")
    row.refresh_from_db()
    assert (response.status_code, response["Location"]) == (202, url(hook, row))
    assert response.json() == {
        **as_told(row),
        "payload": row.payload,
        "attempts": row.attempts,
    }
    assert (row.state, row.tries, row.finished) == ("waiting", 0, None)
    assert Errand.objects.get().question == {
        "webhook": str(hook.pk),
        "first": str(row.pk),
    }


def test_what_is_off_is_not_redelivered(api, alice, hook, row):
    change_webhook(hook, active=False)
    api.force_authenticate(alice)
    assert api.post(url(hook, row) + "redeliver/").status_code == 409
    row.refresh_from_db()
    assert row.state == "failed"


def test_a_delivery_of_another_webhook(api, alice, workspace, hook, row):
    other, _secret = create_webhook(workspace, owner=alice, **WISH)
    api.force_authenticate(alice)
    assert api.get(url(other, row)).status_code == 404
    assert api.post(url(other, row) + "redeliver/").status_code == 404


def test_strangers(api, charlie, hook, row):
    api.force_authenticate(charlie)
    assert api.get(url(hook)).status_code == 404
    assert api.get(url(hook, row)).status_code == 404
    assert api.post(url(hook, row) + "redeliver/").status_code == 404
    assert Errand.objects.count() == 0
