"""The place of a source: its connector, with what it needs to know."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from documents.models import Source
from documents.services.fetching.shares import one_more_for
from documents.services.sealing import CannotSeal, opened
from documents.services.waiting import one_more_waits
from documents.sources import KINDS, Connector, NeedsSomebody, Setup, SourceError
from engines import FileError


def connector_of(source: Source) -> Connector:
    """
    Raises:
        NeedsSomebody: its kind is gone, or its account, or what opens its secrets.
    """
    kind = KINDS.get(source.kind)
    if kind is None:
        raise NeedsSomebody(_("This site knows no such kind of source any more."))
    return kind.connect(Setup(source.settings, secrets_of(source)))


def secrets_of(source: Source) -> dict[str, Any]:
    """Its own, and those of its account.

    Raises:
        NeedsSomebody: there is no account any more, or they cannot be opened.
    """
    account = source.connection
    if KINDS[source.kind].connection and account is None:
        raise NeedsSomebody(
            _("Its account is connected no more. Connect it again, and choose it here.")
        )
    try:
        of_account = opened(account.secrets) if account else {}
        return {**of_account, **(opened(source.secrets) if source.secrets else {})}
    except CannotSeal as error:
        raise NeedsSomebody(str(error)) from None


def try_place(source: Source, user: AbstractBaseUser) -> str:
    """What is there, in a sentence; *user* waits for it.

    Raises:
        SourceError: it does not let itself be looked at.
        TooManyWait: too many others wait already.
    """
    with (
        one_more_for(user.pk),
        one_more_waits(),
        closing(connector_of(source)) as connector,
    ):
        try:
            return connector.test()
        except FileError as error:  # what the guard says of hosts that users name
            raise SourceError(str(error)) from None
