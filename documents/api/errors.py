"""Every error in one shape: ``{"type", "errors": [{"code", "detail", "attr"}]}``.

Services raise their own errors; here, and only here, each gets its HTTP status.
"""

from __future__ import annotations

import re
from errno import ENOSPC

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from documents.services import errands
from documents.services.deliveries import CannotArchive
from documents.services.fields import Claimed, InvalidValue
from documents.services.idempotency import OtherBody, StillRunning
from documents.services.records import CannotApprove
from documents.services.results import ResultNotReady
from documents.services.sealing import CannotSeal
from documents.services.tables import UnknownColumn
from documents.services.texts.choice import NoText
from documents.services.texts.corrections import InvalidLine, Outdated
from documents.services.waiting import TooManyWait
from documents.services.webhooks import IsOff
from documents.services.workspaces import WorkspaceError
from documents.sources import SourceError
from documents.storage import StorageTrouble
from engines import FileError, TemplateError, TooLarge, UnsupportedFile

# What services refuse; the errors' own sentences are the answer.
STATUS: dict[type[Exception], int] = {
    ResultNotReady: status.HTTP_409_CONFLICT,
    CannotArchive: status.HTTP_400_BAD_REQUEST,
    WorkspaceError: status.HTTP_409_CONFLICT,
    StillRunning: status.HTTP_409_CONFLICT,
    UnknownColumn: status.HTTP_400_BAD_REQUEST,
    OtherBody: status.HTTP_422_UNPROCESSABLE_ENTITY,
    TooLarge: status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    UnsupportedFile: status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
    FileError: status.HTTP_400_BAD_REQUEST,
    TemplateError: status.HTTP_400_BAD_REQUEST,
    InvalidValue: status.HTTP_400_BAD_REQUEST,
    InvalidLine: status.HTTP_400_BAD_REQUEST,
    Outdated: status.HTTP_409_CONFLICT,
    CannotApprove: status.HTTP_409_CONFLICT,
    NoText: status.HTTP_409_CONFLICT,
    IsOff: status.HTTP_409_CONFLICT,
    Claimed: status.HTTP_409_CONFLICT,
    SourceError: status.HTTP_422_UNPROCESSABLE_ENTITY,
    errands.Refused: status.HTTP_422_UNPROCESSABLE_ENTITY,
    errands.TooSlow: status.HTTP_503_SERVICE_UNAVAILABLE,
    TooManyWait: status.HTTP_503_SERVICE_UNAVAILABLE,
    CannotSeal: status.HTTP_503_SERVICE_UNAVAILABLE,
    StorageTrouble: status.HTTP_503_SERVICE_UNAVAILABLE,
}
RETRY_SECONDS = 5  # after a 503


class Refused(APIException):
    """An answer with a status, a code for programs and a sentence for people."""

    def __init__(
        self, detail: str, code: str, status_code: int = status.HTTP_400_BAD_REQUEST
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status_code
        if status_code == status.HTTP_503_SERVICE_UNAVAILABLE:
            self.wait = RETRY_SECONDS  # the handler makes a header of it


class OneErrorOut(serializers.Serializer):
    code = serializers.CharField(help_text="for programs")
    detail = serializers.CharField(help_text="for people")
    attr = serializers.CharField(
        allow_null=True, help_text="the field that is wrong, if it is one"
    )


class ErrorOut(serializers.Serializer):
    """How every error is answered."""

    type = serializers.ChoiceField(["validation_error", "client_error", "server_error"])
    errors = OneErrorOut(many=True)


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        for kind, status_code in STATUS.items():
            if isinstance(exc, kind):
                return Refused(str(exc), code_of(exc), status_code)
        if isinstance(exc, RequestDataTooBig):
            return Refused(
                _("The request is too large."),
                "too_large",
                status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
            )
        if isinstance(exc, SuspiciousOperation):
            return Refused(_("The request cannot be understood."), "bad_request")
        if isinstance(exc, OSError) and exc.errno == ENOSPC:
            return Refused(
                _("The server's disk is full. Nothing was stored; tell its operator."),
                "disk_full",
                status.HTTP_507_INSUFFICIENT_STORAGE,
            )
        return super().convert_known_exceptions(exc)

    def report_exception(self, exc: APIException, response: Response) -> None:
        # That workers are busy is no fault of the program: nobody need be woken.
        if exc.status_code != status.HTTP_503_SERVICE_UNAVAILABLE:
            super().report_exception(exc, response)


def code_of(error: Exception) -> str:
    """EncryptedFile -> encrypted_file."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
