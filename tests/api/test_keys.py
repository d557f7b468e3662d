"""/api/v1/keys/ and /api/v1/keys/{id}/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import ApiKey
from documents.services.keys import create_key
from tests.api.conftest import error, with_key

URL = "/api/v1/keys/"


def test_it_works(api, alice):
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "till", "scopes": ["read"]})
    assert response.status_code == 201
    key = ApiKey.objects.get()
    secret = response.json()["key"]
    assert response.json() == {
        "id": str(key.pk),
        "prefix": secret[:15],
        "name": "till",
        "scopes": ["read"],
        "expires": None,
        "created": key.created.isoformat().replace("+00:00", "Z"),
        "last_used": None,
        "key": secret,
    }
    assert secret.startswith("ocr_")
    assert secret not in str(ApiKey.objects.values().get())


def test_list_never_shows_the_key(api, alice, django_assert_num_queries):
    key, _secret = create_key(alice, name="till")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        response = api.get(URL)
    assert response.json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": str(key.pk),
                "prefix": key.token_key,
                "name": "till",
                "scopes": ["read", "write"],
                "expires": None,
                "created": key.created.isoformat().replace("+00:00", "Z"),
                "last_used": None,
            }
        ],
    }


def test_delete_revokes(api, alice):
    program = with_key(alice, ["read"])
    assert program.get("/api/v1/documents/").status_code == 200
    api.force_authenticate(alice)
    response = api.delete(f"{URL}{ApiKey.objects.get().pk}/")
    assert (response.status_code, response.content) == (204, b"")
    assert program.get("/api/v1/documents/").status_code == 401


def test_a_strangers_key_is_not_there(api, alice, charlie):
    key, _secret = create_key(alice, name="till")
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    assert api.delete(f"{URL}{key.pk}/").status_code == 404
    assert ApiKey.objects.count() == 1


def test_a_key_cannot_make_or_see_keys(alice):
    program = with_key(alice, ["read", "write"])
    key = ApiKey.objects.get()
    refusal = error(
        "An API key cannot do that. Log in to the site and do it there.",
        "permission_denied",
    )
    for response in (
        program.get(URL),
        program.post(URL, {"name": "another"}),
        program.delete(f"{URL}{key.pk}/"),
    ):
        assert response.status_code == 403
        assert response.json() == refusal
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "till", "scopes": []}, "scopes"),
        ({"name": "till", "scopes": ["admin"]}, "scopes.0"),
        ({"name": "till", "scopes": "read"}, "scopes"),
        ({"name": "till", "expires": "2020-01-01T00:00:00Z"}, "expires"),
        ({"name": "till", "expires": "soon"}, "expires"),
        ({"name": "till", "scope": ["read"]}, "scope"),
    ],
)
def test_it_rejects(api, alice, body, attr):
    api.force_authenticate(alice)
    response = api.post(URL, body)
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert ApiKey.objects.count() == 0


def test_a_browser_needs_the_csrf_token(alice, client):
    client.post(
        reverse("account_login"), {"login": "alice", "password": "correct horse"}
    )
    client.handler.enforce_csrf_checks = True
    response = client.post(URL, {"name": "till"}, content_type="application/json")
    assert response.status_code == 403
    assert response.json() == error(
        "CSRF Failed: CSRF token missing.", "permission_denied"
    )
    response = client.post(
        URL,
        {"name": "till"},
        content_type="application/json",
        headers={"X-CSRFToken": client.cookies["csrftoken"].value},
    )
    assert response.status_code == 201


def test_a_repeated_request_makes_no_second_key_and_shows_no_secret(api, alice):
    api.force_authenticate(alice)
    headers = {"Idempotency-Key": "a"}
    expires = (timezone.now() + timedelta(days=1)).isoformat()
    first = api.post(URL, {"name": "till", "expires": expires}, headers=headers)
    again = api.post(URL, {"name": "till", "expires": expires}, headers=headers)
    assert again.status_code == 201
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == {**first.json(), "key": None}
    assert ApiKey.objects.count() == 1
