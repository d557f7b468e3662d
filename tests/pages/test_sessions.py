"""GET and POST /accounts/sessions/, POST /sessions/<id>/end/"""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

URL = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


def log_in(client: Client, name: str = "alice", password: str = "correct horse") -> int:
    client.post("/accounts/login/", {"login": name, "password": password})
    key = client.session.session_key
    return UserSession.objects.get(session_key=key).pk


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_it_works(client: Client, alice: User) -> None:
    other = Client(HTTP_USER_AGENT=FIREFOX)
    mine, theirs = log_in(client), log_in(other)
    page = client.get(URL).content.decode()
    assert "Firefox on Linux" in page
    assert f"/sessions/{theirs}/end/" in page
    assert f"/sessions/{mine}/end/" not in page

    assert client.post(f"/sessions/{theirs}/end/").url == URL
    assert (is_in(client), is_in(other)) == (True, False)


def test_all_others_at_once(client: Client, alice: User) -> None:
    others = [Client(), Client()]
    for one in (*others, client):
        log_in(one)
    assert client.post(URL).url == URL
    assert [is_in(one) for one in (*others, client)] == [False, False, True]


def test_strangers_end_nothing(client: Client, alice: User, charlie: User) -> None:
    stranger = Client()
    log_in(stranger, "charlie", "battery staple")
    mine = log_in(client)
    assert stranger.post(f"/sessions/{mine}/end/").status_code == 404
    assert is_in(client)
    assert client.get(f"/sessions/{mine}/end/").status_code == 405
    assert Client().post(f"/sessions/{mine}/end/").status_code == 302
    assert is_in(client)


def test_asking_again_and_again_writes_nothing(client: Client, alice: User) -> None:
    log_in(client)
    client.get("/profile/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/profile/")
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs == {"SELECT"}
