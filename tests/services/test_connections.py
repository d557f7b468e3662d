"""documents.services.connections: Google asks its user, who comes back."""

from __future__ import annotations

import logging
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from documents.models import Connection, Source
from documents.services import errands
from documents.services.connections import (
    Begun,
    CannotConnect,
    begin,
    disconnect,
    is_offered,
    note_trouble,
    refresh_token_of,
)
from documents.services.sealing import opened
from documents.services.sources import start_due, sync_now
from tests.drive_accounts import CLIENT_ID, SCOPE
from tests.drive_fixtures import google
from tests.drive_server import Google
from tests.services.consenting import BACK, connected, consented, end

__all__ = ["google"]
NO_ACCESS = (
    "Google gave this site no access. Connect again, and allow it to see the files "
    "of your Google Drive."
)
AWAY = "Google cannot be reached, or breaks off. It is tried again."


def refusal(user, begun: Begun, answer: dict[str, str]) -> str:
    with pytest.raises(CannotConnect) as raised:
        end(user, begun, answer)
    return str(raised.value)


def source_of(connection: Connection, **columns: object) -> Source:
    user = connection.user
    return Source.objects.create(
        workspace=user.personal_workspace,
        owner=user,
        name="Invoices",
        kind="drive-oauth",
        settings={"folder": "root"},
        connection=connection,
        **columns,
    )


def test_it_works(alice, google: Google):
    connection = connected(alice)
    assert connection == Connection.objects.get()
    assert (connection.user, connection.service) == (alice, "google")
    assert (connection.account, connection.trouble) == ("ada@example.org", "")
    (token,) = google.accounts.refresh
    assert opened(connection.secrets) == {"refresh_token": token}
    assert refresh_token_of(connection) == token
    assert token not in connection.secrets


def test_no_log_tells_the_tokens(alice, google, caplog):
    caplog.set_level(logging.DEBUG)
    connection = connected(alice)
    disconnect(connection)
    (begun,) = google.accounts.access
    assert "/token" in caplog.text
    assert begun not in caplog.text
    assert refresh_token_of(connection) not in caplog.text


def test_what_google_is_asked(google):
    begun, other = begin(BACK), begin(BACK)
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    challenge = asked.pop("code_challenge")
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": BACK,
        "scope": SCOPE,
        "state": begun.state,
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge_method": "S256",
    }
    assert len(challenge) == 43
    assert len({begun.state, other.state, begun.verifier, other.verifier}) == 4
    assert len(begun.verifier) == 128


def test_it_is_offered_where_the_site_is_known(google, settings):
    assert is_offered()
    for name, value in (
        ("GOOGLE_CLIENT_ID", ""),
        ("GOOGLE_CLIENT_SECRET", ""),
        ("ENCRYPTION_KEYS", []),
    ):
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert not is_offered()
        setattr(settings, name, before)


def test_the_same_account_again(alice, charlie, google):
    first = connected(alice)
    token = refresh_token_of(first)
    note_trouble(first, "Connect it again.")
    first.refresh_from_db()
    assert first.trouble == "Connect it again."
    again = connected(alice)
    assert (again.pk, again.trouble) == (first.pk, "")
    assert refresh_token_of(again) != token
    assert connected(charlie).pk != first.pk
    google.accounts.person = "grace@example.org"
    assert connected(alice).account == "grace@example.org"
    assert Connection.objects.count() == 3


def test_sources_that_waited_for_it_go_on(alice, google):
    connection = connected(alice)
    later = timezone.now() + timezone.timedelta(hours=1)
    waiting = source_of(connection, error="Google no longer lets this site in.")
    fine = source_of(connection, next_run=later)
    failing = source_of(connection, next_run=later, error="Google is too busy.")
    idle = source_of(connection)
    connected(alice)
    for source in (waiting, fine, failing, idle):
        source.refresh_from_db()
    assert waiting.error == ""
    assert waiting.next_run <= timezone.now()
    assert [fine.next_run, failing.next_run, idle.next_run] == [later, later, None]
    assert failing.error == "Google is too busy."


@pytest.mark.parametrize("state", ["", "another", None])
def test_an_answer_of_another_visit(alice, google, state):
    begun = begin(BACK)
    answer = consented(begun, allowed="1")
    other = {name: value for name, value in answer.items() if name != "state"}
    answer = other if state is None else other | {"state": state}
    said = "This answer of Google's belongs to another visit. Connect again."
    assert refusal(alice, begun, answer) == said
    assert refusal(alice, Begun("", "", begun.verifier), other | {"state": ""}) == said
    assert Connection.objects.count() == 0
    assert "POST /token" not in google.asked


def test_the_user_says_no(alice, google):
    begun = begin(BACK)
    answer = consented(begun)
    assert answer == {"error": "access_denied", "state": begun.state}
    assert refusal(alice, begun, answer) == NO_ACCESS


def test_a_code_is_worth_nothing_to_others(alice, google):
    """Not twice, not made up, and not without the verifier that it was asked with."""
    begun = begin(BACK)
    answer = consented(begun, allowed="1")
    end(alice, begun, answer)
    assert refusal(alice, begun, answer) == NO_ACCESS
    assert refusal(alice, begun, {"state": begun.state, "code": "guess"}) == NO_ACCESS
    assert refusal(alice, begun, {"state": begun.state}) == NO_ACCESS
    stolen = consented(begun, allowed="1")
    thief = Begun("", begun.state, begin(BACK).verifier)
    assert refusal(alice, thief, stolen) == NO_ACCESS


def test_access_that_does_not_last(alice, google):
    google.accounts.grants_all = False
    begun = begin(BACK)
    assert refusal(alice, begun, consented(begun, allowed="1")) == NO_ACCESS


def test_google_is_ill(alice, google, settings):
    begun = begin(BACK)
    google.token_fails += [503]
    assert refusal(alice, begun, consented(begun, allowed="1")) == AWAY
    answer = consented(begun, allowed="1")
    settings.GOOGLE_TOKEN_URL = "http://127.0.0.1:1/token"
    assert refusal(alice, begun, answer) == AWAY
    settings.ENCRYPTION_KEYS = []
    settings.GOOGLE_TOKEN_URL = google.settings()["GOOGLE_TOKEN_URL"]
    assert refusal(alice, begun, answer) == (
        "The site has no key to keep secrets with: set ENCRYPTION_KEYS."
    )
    assert Connection.objects.count() == 0


def test_disconnect(alice, google):
    connection = connected(alice)
    source = source_of(connection, next_run=timezone.now())
    assert disconnect(connection) == "“ada@example.org” is disconnected."
    assert google.accounts.refresh == {}
    assert Connection.objects.count() == 0
    source.refresh_from_db()
    assert (source.connection, source.next_run, source.error) == (
        *(None, None),
        "“ada@example.org” was disconnected. Choose an account to read with.",
    )


@pytest.mark.parametrize("trouble", ["revoke", "away", "sealed"])
def test_disconnect_when_google_is_not_told(alice, google, settings, trouble):
    connection = connected(alice)
    if trouble == "revoke":
        google.revoke_status = 503
    elif trouble == "away":
        settings.GOOGLE_REVOKE_URL = "http://127.0.0.1:1/revoke"
    else:
        settings.ENCRYPTION_KEYS = []
    assert disconnect(connection) == (
        "“ada@example.org” is disconnected here, but Google was not told. Take the "
        "access back at https://myaccount.google.com/connections."
    )
    assert Connection.objects.count() == 0


def test_a_visit_that_finds_the_access_lost(alice, google, settings):
    """Source and account say so, until the account is connected again."""
    settings.WORKER_CLASS = "network"
    connection = connected(alice)
    source = source_of(connection)
    google.accounts.revoke()
    assert sync_now(source)
    assert errands.run_next()
    source.refresh_from_db()
    connection.refresh_from_db()
    assert source.error == connection.trouble != ""
    assert source.next_run is None
    connected(alice)
    assert start_due() == 1
    while errands.run_next():
        pass
    source.refresh_from_db()
    connection.refresh_from_db()
    assert (source.error, connection.trouble) == ("", "")
    assert source.last_success is not None
