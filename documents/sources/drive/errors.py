"""What Google says when it says no, in sentences for whoever owns the source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.sources.protocol import (
    AccessLost,
    ItemRefused,
    NeedsSomebody,
    SourceError,
)

if TYPE_CHECKING:
    from google.auth.exceptions import RefreshError
    from googleapiclient.errors import HttpError

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, GONE = 400, 401, 403, 404, 410
TOO_MANY, SERVERS_FAULT = 429, 500
# Reasons that come with 403, as Google's guide to errors of the Drive API lists them.
TOO_OFTEN = {
    *("rateLimitExceeded", "userRateLimitExceeded"),
    *("dailyLimitExceeded", "downloadQuotaExceeded"),
}
SWITCHED_OFF = {"accessNotConfigured", "SERVICE_DISABLED"}
OF_THE_FILE = {
    *("cannotDownloadFile", "cannotDownloadAbusiveFile", "fileNotDownloadable"),
    *("fileNotExportable", "insufficientFilePermissions"),
}
TOO_LARGE_TO_EXPORT = {"exportSizeLimitExceeded"}
OF_THE_SITE = {"invalid_client", "unauthorized_client", "deleted_client"}


class NotThere(SourceError):
    """What was asked for by its id is not there, or not for this account."""


class Stale(SourceError):
    """Google knows no more what the token of a page, or of changes, stood for."""


@contextmanager
def in_our_words() -> Iterator[None]:
    """Whatever Google's library raises is raised as what ``protocol`` promises."""
    from google.auth.exceptions import RefreshError, TransportError
    from googleapiclient.errors import HttpError
    from httplib2 import HttpLib2Error

    try:
        yield
    except HttpError as error:
        raise answered(error) from error
    except RefreshError as error:
        raise without_token(error) from error
    except (TransportError, HttpLib2Error, HTTPException, OSError) as error:
        raise SourceError(
            _("Google cannot be reached, or breaks off. It is tried again.")
        ) from error


def answered(error: HttpError) -> SourceError:
    """What an answer of Drive's means, by its status and its reason."""
    status, details = error.status_code, details_of(error)
    reasons = {detail.get("reason") for detail in details}
    if status in (TOO_MANY, *range(SERVERS_FAULT, 600)) or reasons & TOO_OFTEN:
        return SourceError(_("Google Drive is too busy. It is tried again."))
    if status == NOT_FOUND:
        return NotThere(_("Google Drive does not have it, or not for this account."))
    if status == GONE or is_about_token(status, details):
        return Stale(_("Google Drive has forgotten what was listed before."))
    if status in (UNAUTHORIZED, FORBIDDEN):
        return forbidden(status, reasons)
    return SourceError(
        _("Google Drive answers with %(status)d: %(reason)s")
        % {"status": status, "reason": error.reason}
    )


def forbidden(status: int, reasons: set[str | None]) -> SourceError:
    if reasons & TOO_LARGE_TO_EXPORT:
        return ItemRefused(
            _(
                "Google does not export a document as large as this one. "
                "Download it as PDF in Google Drive, and upload that."
            )
        )
    if reasons & OF_THE_FILE:
        return ItemRefused(_("Google Drive does not let this file be downloaded."))
    if reasons & SWITCHED_OFF:
        return NeedsSomebody(
            _(
                "The Google Drive API is switched off. "
                "Switch it on in the project in Google Cloud, then try again."
            )
        )
    if status == UNAUTHORIZED:
        return AccessLost(lost())
    return NeedsSomebody(
        _(
            "Google does not let this account read the folder. "
            "Share the folder with it, then try again."
        )
    )


def without_token(error: RefreshError) -> SourceError:
    """A token was refused for good, or the token endpoint is ill."""
    told = error.args[1] if len(error.args) > 1 else None
    if error.retryable or not isinstance(told, dict) or "error" not in told:
        return SourceError(
            _("Google gives out no access at the moment. It is tried again.")
        )
    if told["error"] in OF_THE_SITE:
        return NeedsSomebody(
            _(
                "Google does not accept this site, or the service account, any more. "
                "Check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or the key."
            )
        )
    return AccessLost(lost())


def lost() -> str:
    return _(
        "Google no longer lets this site in. "
        "Connect the account again, or enter a new key of the service account."
    )


def is_about_token(status: int, details: list[dict[str, Any]]) -> bool:
    return status == BAD_REQUEST and any(
        detail.get("location") == "pageToken" for detail in details
    )


def details_of(error: HttpError) -> list[dict[str, Any]]:
    """The error's parts; where Google says why in one word, it is in one of them."""
    details = error.error_details
    if not isinstance(details, list):
        return []
    return [detail for detail in details if isinstance(detail, dict)]
