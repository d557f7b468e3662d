"""``Idempotency-Key``: a POST that carries one may be sent again without harm."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.services.idempotency import begin, finish, forget

KEPT_HEADERS = ("Location", "Retry-After", "Content-Disposition", "Content-Type")
KEY_LENGTH = 255

Handler = Callable[..., HttpResponseBase]


def idempotent(*, hiding: str | None = None) -> Callable[[Handler], Handler]:
    """Make a POST handler answer a repeated call as it answered the first.

    The field called *hiding* is a secret: it is not kept, and null in the repetition.
    """

    def decorate(post: Handler) -> Handler:
        @wraps(post)
        def once(
            view: APIView, request: Request, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if "Idempotency-Key" not in request.headers:
                return post(view, request, *args, **kwargs)
            call, new = begin(
                user=request.user,
                method=request.method,
                path=request.path,
                key=key_of(request),
                body=body_digest(request),
            )
            if not new:
                return replayed(call.status, call.headers, call.answer)
            try:
                response = post(view, request, *args, **kwargs)
            except BaseException:
                forget(call)
                raise
            finish(
                call,
                status=response.status_code,
                headers=kept_headers(response),
                answer=kept_answer(response, hiding),
            )
            return response

        return once

    return decorate


def key_of(request: Request) -> str:
    key = request.headers["Idempotency-Key"]
    if not 0 < len(key) <= KEY_LENGTH or "\0" in key:
        reason = _("An Idempotency-Key has 1 to %(most)s characters.")
        raise ValidationError({"Idempotency-Key": [reason % {"most": KEY_LENGTH}]})
    return key


def body_digest(request: Request) -> str:
    """What tells two requests apart: the query, the fields, the files' content."""
    body: Any = request.data
    if isinstance(body, QueryDict):
        body = {name: [plain(one) for one in many] for name, many in body.lists()}
    told = json.dumps([request.META["QUERY_STRING"], body], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def plain(value: str | UploadedFile) -> Any:
    if isinstance(value, str):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]


def kept_headers(response: HttpResponseBase) -> dict[str, str]:
    return {name: response[name] for name in KEPT_HEADERS if name in response}


def kept_answer(response: HttpResponseBase, hiding: str | None) -> Any:
    """Data as JSON; a file, which is no ``Response``, as base64 text."""
    if not isinstance(response, Response):
        return b64encode(response.content).decode()
    answer = json.loads(JSONRenderer().render(response.data) or "null")
    return {**answer, hiding: None} if hiding else answer


def replayed(status: int, headers: dict[str, str], answer: Any) -> HttpResponseBase:
    headers = {**headers, "Idempotency-Replayed": "true"}
    if isinstance(answer, str):
        return HttpResponse(b64decode(answer), status=status, headers=headers)
    headers.pop("Content-Type", None)
    return Response(answer, status=status, headers=headers)
