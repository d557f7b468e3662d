"""How the API describes itself: its schema, its page, and what both say of calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from drf_spectacular.views import SpectacularSwaggerSplitView

from documents.api.errors import ErrorOut

KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Any text of your own. The same request, sent again with it within "
    "24 hours, does nothing and gets the same answer; another one gets 422, and 409 "
    "while the first still runs.",
)


def post(
    request: Any, responses: dict[Any, Any], **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What is told of a POST, all of which may be repeated with an Idempotency-Key."""
    return extend_schema(
        request=request,
        responses={**responses, 409: ErrorOut, 422: ErrorOut},
        parameters=[KEY, *more.pop("parameters", ())],
        **more,
    )


PAGE_IMAGE = {
    (200, "image/jpeg"): OpenApiTypes.BINARY,
    202: OpenApiResponse(
        {"type": "object", "properties": {"state": {"type": "string"}}},
        description="It is being prepared: ask again after `Retry-After` seconds.",
    ),
}
TOO_LARGE = {413: ErrorOut}
INTAKE = {**TOO_LARGE, 503: ErrorOut}  # too many others wait for files from their URLs
READ_EXAMPLES = [
    OpenApiExample(
        "A photo, in two languages",
        request_only=True,
        media_type="multipart/form-data",
        value={"file": "receipt.jpg", "languages": ["eng", "ara"]},
    ),
    OpenApiExample(
        "A PDF on the web",
        request_only=True,
        media_type="application/json",
        value={"url": "https://example.org/invoice.pdf"},
    ),
]
TEMPLATE_EXAMPLES = [
    OpenApiExample(
        "Two fields and a rule",
        request_only=True,
        value={
            "name": "Corner Shop",
            "document": "0b6dfd3c-4a5e-4a39-9d0e-6f3d1a5b7c21",
            "languages": ["eng"],
            "date_order": "dmy",
            "rules": ["due >= date"],
            "regions": [
                {
                    "name": "date",
                    "kind": "date",
                    "box": {"left": 0.6, "top": 0.1, "right": 0.8, "bottom": 0.13},
                    "required": True,
                },
                {
                    "name": "due",
                    "kind": "date",
                    "box": {"left": 0.6, "top": 0.14, "right": 0.8, "bottom": 0.17},
                },
            ],
        },
    ),
]
UPLOAD_EXAMPLES = [
    OpenApiExample(
        "A scanned receipt",
        request_only=True,
        media_type="multipart/form-data",
        value={"file": "receipt.jpg", "external_id": "till-7/2026-11-20/0042"},
    ),
    OpenApiExample(
        "A scan on the web",
        request_only=True,
        media_type="application/json",
        value={"url": "https://example.org/receipt.jpg"},
    ),
]


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "documents.api.auth.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return build_bearer_security_scheme_object("Authorization", "Bearer")


# Swagger UI writes style attributes; this page alone may have them.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The page to read and try the API on."""
