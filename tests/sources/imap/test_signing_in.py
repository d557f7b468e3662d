"""Who is let into a mailbox: by a password, or by a token of OAuth 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from documents.sources import NeedsSomebody, SourceError
from documents.sources.imap import tokens as module
from tests.imap_server import Account, ImapServer, imap_server
from tests.sources.imap.conftest import Connect
from tests.sources.imap.token_server import USER, TokenServer

SECRETS = {"password": "refresh-1", "client_secret": "hush"}


@pytest.fixture(autouse=True)
def nothing_known(tokens: TokenServer) -> Iterator[None]:
    module._known.clear()
    tokens.forms.clear()
    yield
    tokens.answer = None


@pytest.fixture
def oauth(server: ImapServer, tokens: TokenServer, connect: Connect) -> Connect:
    """Signs in with a token."""

    def connected(secrets: Any = SECRETS, **wishes: Any) -> Any:
        settings = {
            "sign_in": "oauth",
            "user": USER,
            "token_url": tokens.url,
            "client_id": "ocrsite",
            **wishes,
        }
        return connect(secrets=secrets, **settings)

    return connected


def refusal(mailbox: Any, kind: type[SourceError] = NeedsSomebody) -> str:
    with pytest.raises(SourceError) as caught:
        mailbox.test()
    assert type(caught.value) is kind
    return str(caught.value)


def test_a_wrong_password(connect: Connect, account: Account) -> None:
    for secret in ("wrong", "wröng", "", 'wr"o\\ng'):
        assert refusal(connect(secrets={"password": secret})) == (
            f"The server does not let “{account.user}” in: "
            "[AUTHENTICATIONFAILED] Authentication failed."
        )


def test_a_password_beyond_ascii(connect: Connect) -> None:
    with imap_server(password="пароль-ü") as other:
        settings = {"port": other.port, "trust": other.trust, "user": "alice"}
        mailbox = connect(secrets={"password": "пароль-ü"}, **settings)
        assert mailbox.test() == "“INBOX” is there, with 0 mails."
        mailbox.close()


def test_a_token(oauth: Connect, tokens: TokenServer) -> None:
    assert oauth().test() == "“INBOX” is there, with 0 mails."
    assert oauth().test() == "“INBOX” is there, with 0 mails."
    assert tokens.forms == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-1",
            "client_id": "ocrsite",
            "client_secret": "hush",
        }
    ]


def test_a_client_without_a_secret(oauth: Connect, tokens: TokenServer) -> None:
    mailbox = oauth(secrets={"password": "refresh-2"})
    assert mailbox.test() == "“INBOX” is there, with 0 mails."
    assert "client_secret" not in tokens.forms[0]


def test_a_token_that_was_called_back(oauth: Connect, tokens: TokenServer) -> None:
    """Another one is asked for, once."""
    oauth().test()
    tokens.tokens[:] = [""] * len(tokens.tokens)
    assert oauth().test() == "“INBOX” is there, with 0 mails."
    assert len(tokens.forms) == 2


def test_a_token_of_somebody_else(oauth: Connect) -> None:
    assert refusal(oauth(user="eve")).startswith(
        "The server does not let “eve” in: [AUTHENTICATIONFAILED]"
    )


def test_a_token_that_has_ended(
    oauth: Connect, tokens: TokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    oauth().test()
    now = module.time.monotonic
    monkeypatch.setattr(module.time, "monotonic", lambda: now() + 3541)
    oauth().test()
    assert len(tokens.forms) == 2


def test_access_was_revoked(oauth: Connect, tokens: TokenServer) -> None:
    tokens.answer = 400, {"error": "invalid_grant"}
    assert refusal(oauth()) == (
        "“localhost” gives out no token (invalid_grant). "
        "Connect the mailbox again, and enter the new refresh token."
    )


@pytest.mark.parametrize("status", [429, 500, 503, 302])
def test_tokens_are_not_to_be_had_for_now(
    oauth: Connect, tokens: TokenServer, status: int
) -> None:
    """A redirect is not followed: it would carry the secrets elsewhere."""
    tokens.answer = status, "http://127.0.0.1:1/"
    assert refusal(oauth(), SourceError) == (
        f"“localhost” gives out no token: it answers with {status}."
    )
    assert len(tokens.forms) == 1


@pytest.mark.parametrize("answer", [[], {}, {"access_token": ""}, "x" * 100_000])
def test_an_answer_without_a_token(
    oauth: Connect, tokens: TokenServer, answer: Any
) -> None:
    tokens.answer = 200, answer
    assert refusal(oauth(), SourceError) == (
        "“localhost” gives out no token: it answers with 200."
    )


@pytest.mark.parametrize("url", ["http://localhost/token", "token", "https://u:p@x/"])
def test_addresses_that_would_not_keep_a_secret(oauth: Connect, url: str) -> None:
    assert refusal(oauth(token_url=url)) == (
        "The address that gives out tokens begins with https://. Check it."
    )


@pytest.mark.parametrize("missing", ["token_url", "client_id"])
def test_settings_that_oauth_needs(oauth: Connect, missing: str) -> None:
    assert refusal(oauth(**{missing: ""})) == (
        "OAuth needs the address that gives out tokens, and the client id."
    )


def test_tokens_of_a_private_network(
    oauth: Connect, tokens: TokenServer, settings
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = []
    assert refusal(oauth()) == (
        "“localhost” is in a network that the site does not connect to. Choose a "
        "public server, or ask the site's operator to allow that network."
    )
    assert tokens.forms == []
