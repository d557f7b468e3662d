"""GET and POST /keys/, POST /keys/<id>/revoke/"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import ApiKey
from documents.services.keys import create_key

URL = "/keys/"
WISH = {"name": "Accounting script", "scopes": "read,write", "life": ""}


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_it_works(client: Client, alice: User) -> None:
    response = client.post(URL, WISH)
    secret = response.context["secret"]
    key = ApiKey.objects.get()
    assert (key.user, key.name, key.scopes, key.expiry) == (
        alice,
        "Accounting script",
        ["read", "write"],
        None,
    )
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert (
        f'curl -H "Authorization: Bearer {secret}" \\\n'
        '     -F file=@scan.jpg "http://testserver/api/v1/read/?as=txt"'
    ) in response.content.decode()
    assert secret not in str(ApiKey.objects.values())


def test_it_is_shown_once(client: Client) -> None:
    secret = client.post(URL, WISH).context["secret"]
    page = client.get(URL).content.decode()
    assert "Accounting script" in page
    assert "never used" in page
    assert secret[:15] in page
    assert secret not in page


def test_a_key_that_only_reads_lists(client: Client) -> None:
    page = client.post(URL, {**WISH, "scopes": "read"}).content.decode()
    assert ApiKey.objects.get().scopes == ["read"]
    assert '"http://testserver/api/v1/documents/"' in page
    assert "scan.jpg" not in page


def test_it_expires(client: Client, alice: User) -> None:
    client.post(URL, {**WISH, "life": "90"})
    left = ApiKey.objects.get().expiry - timezone.now()
    assert timedelta(days=89) < left <= timedelta(days=90)
    create_key(alice, name="Old", expires=timezone.now() - timedelta(days=1))
    page = client.get(URL).content.decode()
    assert "expires on" in page
    assert "expired on" in page


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 101}, {"scopes": "all"}, {"life": "-1"}]
)
def test_it_refuses(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(URL, {**WISH, **wrong})
    assert set(response.context["form"].errors) == set(wrong)
    assert ApiKey.objects.count() == 0


def test_names_are_shown_as_they_are(client: Client) -> None:
    page = client.post(URL, {**WISH, "name": "<b>مفتاح</b>"}).content.decode()
    assert "&lt;b&gt;مفتاح&lt;/b&gt;" in page
    assert "<b>" not in page


def test_revoke_works(client: Client, alice: User) -> None:
    key, _ = create_key(alice, name="Script")
    response = client.post(f"/keys/{key.pk}/revoke/", follow=True)
    assert ApiKey.objects.count() == 0
    assert "The key “Script” is revoked." in response.content.decode()


def test_strangers_see_and_end_nothing(client: Client, charlie: User) -> None:
    key, _ = create_key(charlie, name="Secret plans")
    assert "Secret plans" not in client.get(URL).content.decode()
    for pk in (key.pk, uuid4()):
        assert client.post(f"/keys/{pk}/revoke/").status_code == 404
    assert ApiKey.objects.count() == 1


def test_a_key_makes_no_keys(alice: User) -> None:
    """Session only: the bearer of a key is a stranger to this page."""
    _, secret = create_key(alice, name="Script")
    bearer = Client(headers={"authorization": f"Bearer {secret}"})
    assert bearer.post(URL, WISH).url == "/accounts/login/?next=/keys/"
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    client: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    for row in range(rows):
        create_key(alice, name=str(row))
    client.get(URL)
    with django_assert_num_queries(7):
        client.get(URL)
