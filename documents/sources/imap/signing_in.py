"""Into a mailbox: a connection, and a password or a token that opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from imaplib import IMAP4
from typing import Any

from django.utils.translation import gettext as _
from imap_tools.errors import MailboxLoginError

from documents.sources.imap.session import Session
from documents.sources.imap.telling import is_passing, said
from documents.sources.imap.tokens import Grant, access_token, forget
from documents.sources.imap.wire import Client, Door
from documents.sources.protocol import NeedsSomebody, Setup


def signed_in(setup: Setup, door: Door) -> Session:
    """
    Raises:
        NeedsSomebody: the password, or what gets tokens, is wrong.
    """
    settings, password = setup.settings, setup.secrets.get("password", "")
    if settings.get("sign_in") == "oauth":
        return with_token(grant_of(settings, setup.secrets), settings["user"], door)
    session = Session(Client(door))
    sign_in = session.login
    if not f"{settings['user']}{password}".isascii():
        sign_in = session.login_utf8
    insist(
        session,
        lambda: sign_in(settings["user"], password, initial_folder=None),
        settings["user"],
    )
    return session


def grant_of(settings: Mapping[str, Any], secrets: Mapping[str, Any]) -> Grant:
    return Grant(
        url=settings["token_url"],
        client_id=settings["client_id"],
        client_secret=secrets.get("client_secret", ""),
        refresh_token=secrets.get("password", ""),
    )


def with_token(grant: Grant, user: str, door: Door) -> Session:
    """A token that was known before may have been called back: then by a new one."""
    token, was_known = access_token(grant, door)
    session = Session(Client(door))
    try:
        insist(session, lambda: session.xoauth2(user, token, initial_folder=None), user)
    except NeedsSomebody:
        forget(grant)
        if was_known:
            return with_token(grant, user, door)
        raise
    return session


def insist(session: Session, sign_in: Callable[[], object], user: str) -> None:
    """
    Raises:
        NeedsSomebody: the server says that this is not them.
    """
    try:
        sign_in()
    except BaseException as error:
        session.client.shutdown()  # nobody else knows of it yet
        if not is_refusal(error):
            raise
        reason = _("The server does not let “%(user)s” in: %(answer)s")
        raise NeedsSomebody(reason % {"user": user, "answer": said(error)}) from None


def is_refusal(error: BaseException) -> bool:
    """Whether the server has said no, and would say so again."""
    is_no = isinstance(error, MailboxLoginError | IMAP4.error)
    return is_no and not isinstance(error, IMAP4.abort) and not is_passing(error)
