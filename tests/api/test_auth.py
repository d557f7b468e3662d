"""Who comes in with a key, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from documents.models import ApiKey
from documents.services.keys import create_key
from tests.api.conftest import error, with_key

URL = "/api/v1/documents/"


def test_it_works(alice, document, django_assert_num_queries):
    program = with_key(alice, ["read"])
    program.get(URL)
    with django_assert_num_queries(5):  # the key with its user, and the list
        response = program.get(URL)
    assert response.status_code == 200
    assert response.json()["count"] == 1


def test_without_credentials(api, db):
    response = api.get(URL)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json() == error(
        "Authentication credentials were not provided.", "not_authenticated"
    )


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Bearer ocr_wrong", "There is no such API key."),
        (b"Bearer \xff\xfe", "There is no such API key."),
        ("Bearer", "Invalid token header. No credentials provided."),
        (
            "Bearer a b",
            "Invalid token header. Token string should not contain spaces.",
        ),
    ],
)
def test_with_a_wrong_key(api, db, header, reason):
    response = api.get(URL, HTTP_AUTHORIZATION=header)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json() == error(reason, "authentication_failed")


def test_an_expired_key_is_refused_but_stays_in_the_list(alice):
    program = with_key(alice, ["read"])
    ApiKey.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    response = program.get(URL)
    assert response.status_code == 401
    assert response.json() == error(
        "This API key has expired. Make a new one.", "authentication_failed"
    )
    assert ApiKey.objects.count() == 1


def test_a_key_that_will_expire_is_good_until_then(alice):
    expires = timezone.now() + timedelta(hours=1)
    secret = create_key(alice, name="till", expires=expires)[1]
    program = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert program.get(URL).status_code == 200
    assert ApiKey.objects.get().expiry == expires


def test_the_key_of_a_user_who_is_switched_off(alice):
    program = with_key(alice, ["read"])
    alice.is_active = False
    alice.save()
    response = program.get(URL)
    assert response.status_code == 401
    assert response.json() == error(
        "This account is switched off.", "authentication_failed"
    )


def test_use_is_noted_once_a_minute(alice):
    program = with_key(alice, ["read"])
    program.get(URL)
    first = ApiKey.objects.get().last_used
    assert first is not None
    program.get(URL)
    assert ApiKey.objects.get().last_used == first
    ApiKey.objects.update(last_used=first - timedelta(seconds=61))
    program.get(URL)
    assert ApiKey.objects.get().last_used > first


def test_a_read_key_cannot_write(as_reader):
    response = as_reader.post("/api/v1/batches/", {"name": "June"})
    assert response.status_code == 403
    assert response.json() == error(
        "This API key may not do that: it lacks the scope for it.",
        "permission_denied",
    )


def test_a_write_key_cannot_read(alice):
    assert with_key(alice, ["write"]).get(URL).status_code == 403
