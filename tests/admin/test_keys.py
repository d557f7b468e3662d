"""The admin's API keys: /admin/documents/apikey/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import ApiKey
from documents.services.keys import create_key
from tests.admin.conftest import act, messages_of, rows_of

URL = "/admin/documents/apikey/"


@pytest.fixture
def key(alice: User) -> ApiKey:
    return create_key(alice, name="till", scopes=["read"])[0]


def test_it_works(desk: Client, key: ApiKey) -> None:
    assert rows_of(desk.get(URL)) == [["till", "alice", f"{key.token_key}…", "read"]]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, charlie: User, key: ApiKey, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    create_key(alice, name="two")
    create_key(charlie, name="three")
    with django_assert_num_queries(5):
        desk.get(URL)


def test_the_digest_is_never_shown(desk: Client, key: ApiKey) -> None:
    for url in (URL, f"{URL}{key.pk}/change/"):
        assert key.digest not in desk.get(url).content.decode()


def test_it_cannot_be_edited(desk: Client, key: ApiKey) -> None:
    assert desk.post(f"{URL}{key.pk}/change/", {"name": "mine"}).status_code == 403
    assert desk.get(f"{URL}add/").status_code == 403


def test_revoke_asks_first(desk: Client, key: ApiKey) -> None:
    assert "Revoke (1)" in act(desk, URL, "revoke", key).content.decode()
    assert ApiKey.objects.count() == 1


def test_revoke(desk: Client, key: ApiKey) -> None:
    response = act(desk, URL, "revoke", key, confirmed=True)
    assert messages_of(response) == ["1 key was revoked."]
    assert ApiKey.objects.count() == 0


def test_who_may_only_look_revokes_nothing(looker: Client, key: ApiKey) -> None:
    act(looker, URL, "revoke", key, confirmed=True)
    assert ApiKey.objects.count() == 1


def test_a_stranger_finds_nothing(client: Client, charlie: User, key: ApiKey) -> None:
    client.force_login(charlie)
    assert client.get(URL).status_code == 404
