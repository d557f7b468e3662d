"""/sources/google/: an account is connected, looked through, and disconnected"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from documents.models import Connection
from documents.services.sealing import opened
from tests.drive_files import top_of
from tests.drive_fixtures import google
from tests.drive_server import Google
from tests.made_sources import made_connection, made_source
from tests.pages.saying import says

__all__ = ["google"]
CONNECT = "/sources/google/connect/"
NEW = "/sources/new/drive-oauth/"
ADA = "ada@example.org"
NOWHERE = "00000000-0000-4000-8000-000000000000"


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def consent(client: Client, button: str = "allowed", **wish: str) -> str:
    """Press the button, follow to Google as a browser would; the address back."""
    url = client.post(CONNECT, wish).url
    query = dict(pair.split("=", 1) for pair in urlsplit(url).query.split("&"))
    form = {name: requests.utils.unquote(value) for name, value in query.items()}
    answer = requests.post(
        url, {**form, button: "1"}, allow_redirects=False, timeout=10
    )
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


@pytest.fixture
def connection(as_alice: Client, google: Google) -> Connection:
    as_alice.get(consent(as_alice))
    return Connection.objects.get()


def folders(connection: Connection, *way: tuple[str, str]) -> str:
    pairs = "&".join(f"parent={key}&name={name}" for key, name in way)
    return f"/sources/google/{connection.pk}/folders/?{pairs}"


# Connecting


def test_connect(as_alice: Client, alice: User, google: Google) -> None:
    assert says(as_alice.get(NEW), "empty") == [
        "Connect your Google account first Google asks whether this site may see, and "
        "not change, the files of your Drive. You can take that back at any time. "
        "Connect with Google"
    ]
    response = as_alice.get(consent(as_alice, next=NEW))
    connection = Connection.objects.get()
    assert response.url == f"{NEW}?connection={connection.pk}"
    assert told(response) == [f"\u2068{ADA}\u2069 is connected."]
    assert (connection.user, connection.account) == (alice, ADA)
    (token,) = google.accounts.refresh
    assert opened(connection.secrets) == {"refresh_token": token}
    assert says(as_alice.get(response.url), "account") == [
        f"{ADA} Choose a folder {ADA}"
    ]


def test_the_one_just_connected_is_chosen(
    as_alice: Client, alice: User, google: Google
) -> None:
    made_connection(alice, "aaron@example.org")
    page = as_alice.get(as_alice.get(consent(as_alice, next=NEW)).url)
    chosen = page.context["form"]["connection"].value()
    assert chosen == str(Connection.objects.get(account=ADA).pk)


def test_who_says_no(as_alice: Client, google: Google) -> None:
    response = as_alice.get(consent(as_alice, "denied", next=NEW))
    assert (response.url, told(response)) == (
        NEW,
        [
            "Google gave this site no access. Connect again, and allow it to see the "
            "files of your Google Drive."
        ],
    )
    assert Connection.objects.count() == 0


def test_an_answer_to_somebody_else(
    as_alice: Client, as_charlie: Client, google: Google
) -> None:
    """Nobody can be made to connect the account of another."""
    back = consent(as_charlie)
    response = as_alice.get(back)
    assert (response.url, told(response)) == (
        "/sources/",
        ["This was begun elsewhere, or too long ago. Connect the account again."],
    )
    as_alice.post(CONNECT)
    response = as_alice.get(back)
    assert told(response)[-1] == (
        "This answer of Google's belongs to another visit. Connect again."
    )
    assert Connection.objects.count() == 0


def test_an_answer_counts_once(as_alice: Client, google: Google) -> None:
    back = consent(as_alice)
    as_alice.get(back)
    assert told(as_alice.get(back))[-1] == (
        "This was begun elsewhere, or too long ago. Connect the account again."
    )
    assert Connection.objects.count() == 1


@pytest.mark.parametrize(
    "to", ["", "https://evil.example/x", "//evil.example/", "javascript:alert(1)"]
)
def test_it_leads_back_to_us_alone(as_alice: Client, google: Google, to: str) -> None:
    assert as_alice.get(consent(as_alice, "denied", next=to)).url == "/sources/"


def test_a_site_that_google_does_not_know(as_alice: Client) -> None:
    assert as_alice.post(CONNECT).status_code == 404


def test_the_policy_lets_the_form_lead_there() -> None:
    program = (
        "from ocrsite import settings as s;"
        "print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x"}
    targets = {
        "": "[\"'self'\"]\n",
        "known": "[\"'self'\", 'https://accounts.google.com']\n",
    }
    for client, expected in targets.items():
        answer = subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "GOOGLE_CLIENT_ID": client},
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout == expected


# Disconnecting


def test_disconnect(
    as_alice: Client, alice: User, google: Google, connection: Connection
) -> None:
    source = made_source(alice, "drive-oauth", connection=connection)
    response = as_alice.post(f"/sources/google/{connection.pk}/disconnect/")
    assert (response.url, told(response)[-1]) == (
        "/sources/",
        f"“{ADA}” is disconnected.",
    )
    assert (Connection.objects.count(), google.accounts.refresh) == (0, {})
    assert says(as_alice.get(f"/sources/{source.pk}/"), "state")[0] == "waits for you"


def test_strangers_disconnect_nothing(as_charlie: Client, alice: User) -> None:
    connection = made_connection(alice)
    for pk in (connection.pk, uuid4()):
        url = f"/sources/google/{pk}/disconnect/"
        assert as_charlie.post(url).status_code == 404
    assert Connection.objects.count() == 1


# Folders


def test_folders(as_alice: Client, google: Google, connection: Connection) -> None:
    top = google.cloud.folder("Bücher & Belege", top_of(ADA))
    google.cloud.folder("فواتير", top.id)
    google.cloud.drive("Team", ADA)
    page = as_alice.get(folders(connection))
    assert says(page, "folder") == ["My Drive", "Team"]
    assert says(page, "way") == [ADA]
    assert "Use this folder" not in page.content.decode()
    page = as_alice.get(folders(connection, ("root", "My Drive")))
    assert says(page, "folder") == ["Bücher & Belege"]
    assert f"parent=root&amp;name=My+Drive&amp;parent={top.id}" in page.content.decode()
    way = ("root", "My Drive"), (top.id, "B%C3%BCcher+%26+Belege")
    page = as_alice.get(folders(connection, *way))
    assert says(page, "folder") == ["فواتير"]
    assert says(page, "way") == [f"{ADA} ›My Drive›Bücher & Belege"]
    button = (
        f'data-folder="{top.id}" data-name="Bücher &amp; Belege" '
        f'data-account="{connection.pk}"'
    )
    assert button in page.content.decode()


def test_a_folder_without_folders(
    as_alice: Client, google: Google, connection: Connection
) -> None:
    page = as_alice.get(f"/sources/google/{connection.pk}/folders/?parent=root")
    assert "There are no folders in this one." in page.content.decode()
    assert says(page, "way") == [f"{ADA} ›root"]


def test_google_fails(as_alice: Client, google: Google, connection: Connection) -> None:
    google.accounts.revoke()
    page = as_alice.get(folders(connection))
    assert says(page, "folder") == []
    assert says(page, "why") != []


def test_strangers_see_no_folders(
    as_charlie: Client, google: Google, alice: User
) -> None:
    connection = made_connection(alice)
    assert as_charlie.get(folders(connection)).status_code == 404
    assert google.asked == []


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("post", CONNECT),
        ("get", "/sources/google/back/"),
        ("post", f"/sources/google/{NOWHERE}/disconnect/"),
        ("get", f"/sources/google/{NOWHERE}/folders/"),
    ],
)
def test_without_a_user_it_asks_for_one(
    client: Client, db: None, method: str, url: str
) -> None:
    assert getattr(client, method)(url).url == f"/accounts/login/?next={url}"
