"""/api/v1/webhooks/ and /api/v1/webhooks/{id}/, its secret and its test"""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from standardwebhooks import Webhook as Verifier

from documents.models import Errand, Webhook, WebhookDelivery
from documents.services import errands
from documents.services.webhooks import create_webhook
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.services.webhooks.receiver import open_receiver

URL = "/api/v1/webhooks/"
WISH = {
    "name": "Accounting",
    "url": "https://93.184.215.14/hook",
    "events": ["job.failed", "job.succeeded"],
}


def when(moment) -> str | None:
    return moment and moment.isoformat().replace("+00:00", "Z")


def as_told(hook: Webhook) -> dict[str, object]:
    return {
        "id": str(hook.pk),
        "workspace": str(hook.workspace_id),
        "name": hook.name,
        "url": hook.url,
        "events": hook.events,
        "active": hook.active,
        "trouble": hook.trouble,
        "failures": hook.failures,
        "failing_since": when(hook.failing_since),
        "next_try": when(hook.next_try),
        "last_success": when(hook.last_success),
        "created": when(hook.created),
        "updated": when(hook.updated),
    }


@pytest.fixture
def hook(alice, workspace) -> Webhook:
    return create_webhook(workspace, owner=alice, **WISH)[0]


def test_it_works(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.post(URL, WISH)
    hook = Webhook.objects.get()
    secret = response.json()["secret"]
    assert response.status_code == 201
    assert response["Location"] == f"{URL}{hook.pk}/"
    assert response.json() == {**as_told(hook), "secret": secret}
    assert (hook.workspace, hook.owner) == (workspace, alice)
    assert hook.events == ["job.succeeded", "job.failed"]
    assert secret.startswith("whsec_")
    assert secret not in str(Webhook.objects.values().get())


def test_in_another_workspace(api, alice):
    office = create_workspace(alice, "Office")
    api.force_authenticate(alice)
    response = api.post(URL, {**WISH, "workspace": str(office.pk)})
    assert response.json()["workspace"] == str(office.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_never_shows_the_secret(
    api, alice, workspace, rows, django_assert_num_queries
):
    for _row in range(rows):
        create_webhook(workspace, owner=alice, **WISH)
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        response = api.get(URL)
    hooks = Webhook.objects.order_by("-created")
    assert response.json() == {
        "count": rows,
        "next": None,
        "previous": None,
        "results": [as_told(hook) for hook in hooks],
    }


def test_list_can_be_narrowed(api, alice, hook):
    office = create_workspace(alice, "Office")
    other, _secret = create_webhook(office, owner=alice, **WISH)
    Webhook.objects.filter(pk=hook.pk).update(active=False)
    api.force_authenticate(alice)
    for query, found in (
        (f"workspace={office.pk}", other),
        ("active=true", other),
        ("active=false", hook),
    ):
        results = api.get(f"{URL}?{query}").json()["results"]
        assert [one["id"] for one in results] == [str(found.pk)]


def test_one(api, vera, hook):
    api.force_authenticate(vera)
    assert api.get(f"{URL}{hook.pk}/").json() == as_told(hook)


def test_change(api, alice, hook):
    api.force_authenticate(alice)
    change = {"name": "", "events": ["source.failed"], "active": False}
    response = api.patch(f"{URL}{hook.pk}/", change)
    hook.refresh_from_db()
    assert response.json() == as_told(hook)
    assert (hook.name, hook.events, hook.active) == ("", ["source.failed"], False)


def test_delete(api, alice, hook):
    api.force_authenticate(alice)
    response = api.delete(f"{URL}{hook.pk}/")
    assert (response.status_code, response.content) == (204, b"")
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"url": ""}, "url"),
        ({"url": "mailto:a@example.org"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://alice:secret@93.184.215.14/"}, "url"),
        ({"url": "https://93.184.215.14/" + "x" * 2000}, "url"),
        ({"events": []}, "events"),
        ({"events": ["job.done"]}, "events.0"),
        ({"events": "job.failed"}, "events"),
        ({"name": "x" * 101}, "name"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_it_rejects(api, alice, hook, change, attr):
    api.force_authenticate(alice)
    before = as_told(hook)
    for response in (
        api.post(URL, {**WISH, **change}),
        api.patch(f"{URL}{hook.pk}/", change),
    ):
        assert response.status_code == 400
        assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert as_told(Webhook.objects.get()) == before


def test_an_address_that_is_not_called(api, alice):
    api.force_authenticate(alice)
    response = api.post(URL, {**WISH, "url": "http://127.0.0.1:8000/"})
    reason = (
        "“127.0.0.1” is in a network that is not called. Choose a public address, "
        "or ask the site's operator to allow that network."
    )
    assert response.json() == error(reason, "invalid", "url")


def test_a_site_without_a_key(api, alice, settings):
    settings.ENCRYPTION_KEYS = []
    api.force_authenticate(alice)
    response = api.post(URL, WISH)
    assert response.status_code == 503
    reason = "The site has no key to keep secrets with: set ENCRYPTION_KEYS."
    assert response.json()["errors"][0]["detail"] == reason


def test_a_repeated_request_makes_no_second_and_shows_no_secret(api, alice):
    api.force_authenticate(alice)
    headers = {"Idempotency-Key": "a"}
    first = api.post(URL, WISH, headers=headers)
    again = api.post(URL, WISH, headers=headers)
    assert again.json() == {**first.json(), "secret": None}
    assert Webhook.objects.count() == 1


def test_a_new_secret(api, alice, hook):
    api.force_authenticate(alice)
    sealed = hook.secret
    response = api.post(f"{URL}{hook.pk}/rotate-secret/")
    hook.refresh_from_db()
    assert response.status_code == 200
    assert list(response.json()) == ["secret"]
    assert hook.secret != sealed


def test_the_first_call_from_end_to_end(
    api, alice, settings, django_capture_on_commit_callbacks
):
    """Made by the API, called by a worker, verified with what the API showed."""
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.WORKER_CLASS = "network"
    api.force_authenticate(alice)
    with open_receiver() as receiver:
        made = api.post(URL, {**WISH, "url": receiver.url}).json()
        with django_capture_on_commit_callbacks(execute=True):
            response = api.post(f"{URL}{made['id']}/test/")
        row = WebhookDelivery.objects.get()
        place = f"{URL}{made['id']}/deliveries/{row.pk}/"
        assert (response.status_code, response["Location"]) == (202, place)
        assert (response.json()["id"], response.json()["state"]) == (
            str(row.pk),
            "waiting",
        )
        assert errands.run_next()
        assert api.get(place).json()["state"] == "delivered"
        (heard,) = receiver.heard
    told = Verifier(made["secret"]).verify(heard.body, heard.headers)
    assert told["data"] == {"webhook": made["id"]}


def test_what_is_off_is_not_tested(api, alice, hook):
    Webhook.objects.update(active=False)
    api.force_authenticate(alice)
    response = api.post(f"{URL}{hook.pk}/test/")
    assert response.status_code == 409
    reason = "The webhook is switched off. Switch it on first."
    assert response.json()["errors"][0]["detail"] == reason
    assert Errand.objects.count() == 0


def test_strangers(api, charlie, hook):
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    for path in ("", "rotate-secret/", "test/"):
        assert api.post(f"{URL}{hook.pk}/{path}").status_code in (404, 405)
    assert api.patch(f"{URL}{hook.pk}/", {"name": "x"}).status_code == 404
    assert Webhook.objects.get().name == "Accounting"
