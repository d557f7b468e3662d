"""What goes wrong between a mailbox and us, in words for whoever owns the source."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
from django.utils.translation import gettext as _
from imap_tools.errors import UnexpectedCommandStatusError

from documents.services.fetching import BadUrl, ForbiddenAddress
from documents.services.fetching.downloads import trouble
from documents.services.fetching.errors import FetchError
from documents.sources.imap.wire import TooMuch
from documents.sources.protocol import NeedsSomebody, SourceError

SAID = 200  # characters of what a server says that are shown
# Servers that are busy say NO, too (RFC 5530); what they say it to is tried again.
PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")


@contextmanager
def told(host: str) -> Iterator[None]:
    """
    Raises:
        SourceError, NeedsSomebody: for all that can happen on the way.
    """
    try:
        yield
    except ForbiddenAddress:
        raise NeedsSomebody(forbidden(host)) from None
    except BadUrl as error:
        raise NeedsSomebody(str(error)) from None
    except FetchError as error:
        raise SourceError(str(error)) from None
    except TooMuch:
        reason = _("“%s” sends more than it was asked for.")
        raise SourceError(reason % host) from None
    except ssl.SSLCertVerificationError as error:
        raise SourceError(trouble(httpcore.ConnectError(error)) % host) from None
    except ssl.SSLError as error:
        reason = _("“%s” does not encrypt here. Check the port and the encryption.")
        raise SourceError(reason % host) from error
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise SourceError(trouble(error) % host) from None
    except imaplib.IMAP4.readonly:
        reason = _("Mails of this folder cannot be marked: “%s” lets you only read it.")
        raise NeedsSomebody(reason % host) from None
    except (UnexpectedCommandStatusError, imaplib.IMAP4.error, ValueError) as error:
        reason = _("“%(host)s” does not do what it was asked: %(answer)s")
        raise SourceError(reason % {"host": host, "answer": said(error)}) from error
    except OSError as error:
        reason = _(
            "“%s” has ended the connection, or does not answer. Try again later."
        )
        raise SourceError(reason % host) from error


def said(error: BaseException) -> str:
    """What the server has to say to a command that it did not do."""
    is_answer = isinstance(error, UnexpectedCommandStatusError)
    words = error.command_result[1] if is_answer else error.args
    text = " ".join(
        word.decode(errors="replace") if isinstance(word, bytes) else str(word)
        for word in words
    )
    return text[:SAID]


def is_passing(error: BaseException) -> bool:
    """Whether the same may go well later, with nothing changed."""
    return any(mark in said(error).upper() for mark in PASSING)


def forbidden(host: str) -> str:
    reason = _(
        "“%s” is in a network that the site does not connect to. Choose a public "
        "server, or ask the site's operator to allow that network."
    )
    return reason % host
