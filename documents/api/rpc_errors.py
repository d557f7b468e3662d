"""Errors in Google's shape: ``{"error": {"code", "message", "status"}}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_standardized_errors.handler import exception_handler
from rest_framework.response import Response

# google.rpc.Code, by HTTP status; others are the caller's below 500, else ours.
NAMES = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}
CLIENTS, OURS = "INVALID_ARGUMENT", "INTERNAL"


def answer_as_google(error: Exception, context: Mapping[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    code = response.status_code
    sentences = [sentence(one) for one in response.data["errors"]]
    response.data = {
        "error": {
            "code": code,
            "message": " ".join(sentences),
            "status": NAMES.get(code, CLIENTS if code < 500 else OURS),
        }
    }
    return response


def sentence(one: Mapping[str, Any]) -> str:
    place = (one["attr"] or "").removesuffix("non_field_errors").removesuffix(".")
    return f"{place}: {one['detail']}" if place else str(one["detail"])
