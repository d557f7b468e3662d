"""Accounts elsewhere that their users let the site read from: Google's.

Each user has their own; nobody else sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from documents.models import Connection
from documents.services.sealing import CannotSeal, can_seal, opened, seal
from documents.services.waiting import TooManyWait, one_more_waits
from documents.sources import AccessLost, SourceError
from documents.sources.drive import browsing, consent
from documents.sources.drive.client import Drive
from documents.sources.drive.credentials import of_account

GOOGLE = "google"


class CannotConnect(Exception):
    """The account is not connected; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Begun:
    """*url* is where the user is sent; the others are kept until they are back."""

    url: str
    state: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that may be chosen."""

    id: str
    name: str


def is_offered() -> bool:
    """Whether this site is known to Google, and can keep what it gets from there."""
    known = settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET
    return bool(known) and can_seal()


def begin(redirect_uri: str) -> Begun:
    return Begun(*consent.page(redirect_uri))


def finish(
    user: AbstractBaseUser,
    *,
    begun_state: str,
    verifier: str,
    redirect_uri: str,
    answer: Mapping[str, str],
) -> Connection:
    """The connection that *answer*, what the user came back with, stands for.

    An account that was connected before has new access, and its sources go on.

    Raises:
        CannotConnect
    """
    code = _code_of(answer, begun_state)
    try:
        with one_more_waits():
            credentials = consent.exchange(code, verifier, redirect_uri)
            with closing(Drive(lambda: credentials)) as drive:
                account = drive.account()
        return _keep(user, account, credentials.refresh_token)
    except (SourceError, CannotSeal, TooManyWait) as error:
        raise CannotConnect(str(error)) from error


def disconnect(connection: Connection) -> str:
    """Forget *connection* and give the access back; a sentence about what happened.

    Its sources wait until another account is chosen for them.
    """
    account = {"account": connection.account}
    says = _("“%(account)s” is disconnected.")
    try:
        with one_more_waits():
            consent.revoke(refresh_token_of(connection))
    except (SourceError, CannotSeal, TooManyWait):
        says = _(
            "“%(account)s” is disconnected here, but Google was not told. Take the "
            "access back at https://myaccount.google.com/connections."
        )
    waits = _("“%(account)s” was disconnected. Choose an account to read with.")
    with transaction.atomic():
        connection.sources.update(error=waits % account, next_run=None)
        connection.delete()
    return says % account


def folders(connection: Connection, parent: str = "") -> list[Place]:
    """The folders within *parent*; without one, where they begin.

    Raises:
        SourceError: Google does not say; the message says why.
    """
    try:
        with one_more_waits(), closing(_drive_of(connection)) as drive:
            rows = browsing.within(drive, parent) if parent else browsing.top(drive)
    except AccessLost as error:
        note_trouble(connection, str(error))
        raise
    except (CannotSeal, TooManyWait) as error:
        raise SourceError(str(error)) from error
    return [Place(*row) for row in rows]


def refresh_token_of(connection: Connection) -> str:
    """
    Raises:
        CannotSeal: the site's keys have changed.
    """
    return opened(connection.secrets)["refresh_token"]


def note_trouble(connection: Connection, sentence: str) -> None:
    """Let its user see that, and why, *connection* has to be made again."""
    Connection.objects.filter(pk=connection.pk).update(trouble=sentence)


def _code_of(answer: Mapping[str, str], begun_state: str) -> str:
    state = answer.get("state", "")
    if not begun_state or not constant_time_compare(state, begun_state):
        raise CannotConnect(
            _("This answer of Google's belongs to another visit. Connect again.")
        )
    if answer.get("error") or not answer.get("code"):
        raise CannotConnect(consent.no_access())
    return answer["code"]


@transaction.atomic
def _keep(user: AbstractBaseUser, account: str, refresh_token: str) -> Connection:
    secrets = seal({"refresh_token": refresh_token})
    connection, _is_new = Connection.objects.update_or_create(
        user=user,
        service=GOOGLE,
        account=account,
        defaults={"secrets": secrets, "trouble": ""},
    )
    waiting = connection.sources.filter(next_run=None).exclude(error="")
    waiting.update(error="", next_run=timezone.now())
    return connection


def _drive_of(connection: Connection) -> Drive:
    return Drive(partial(of_account, refresh_token_of(connection)))
