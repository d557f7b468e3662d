"""Google Vision's door: ``POST /v1/images:annotate``, for the clients that know it.

Requests, answers and errors have Google's shape. Text is what is found here; other
features are refused, picture by picture.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.auth import KeyAuthentication
from documents.api.parsers import CarefulJSONParser
from documents.api.rpc_errors import answer_as_google
from documents.services.annotating import Unreadable, Wanted, annotate
from documents.services.bcp47 import tesseract_codes

MOST_IMAGES = 16  # Google's own limit
LARGEST_REQUEST = 40 * 2**20  # bytes, four times Google's own limit
# By name, and by number as Google's Python client sends them.
TEXT = {"TEXT_DETECTION", "DOCUMENT_TEXT_DETECTION", "5", "11"}
HEADER = "HTTP_X_GOOG_API_KEY"


class ProtoSerializer(serializers.Serializer):
    """A message of Protocol Buffers as JSON: names in camelCase or snake_case, null for
    what is absent. Fields unknown here are left alone: clients may be newer."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict):
            data = {snake_case(name): x for name, x in data.items() if x is not None}
        return super().to_internal_value(data)


class SourceIn(ProtoSerializer):
    image_uri = serializers.CharField(required=False, allow_blank=True)
    gcs_image_uri = serializers.CharField(required=False, allow_blank=True)


class ImageIn(ProtoSerializer):
    content = serializers.CharField(required=False, allow_blank=True)
    source = SourceIn(required=False)


class FeatureIn(ProtoSerializer):
    type = serializers.CharField(default="")


class ContextIn(ProtoSerializer):
    language_hints = serializers.ListField(
        child=serializers.CharField(allow_blank=True), required=False
    )


class OneIn(ProtoSerializer):
    image = ImageIn(default=dict)
    features = FeatureIn(many=True, default=list)
    image_context = ContextIn(default=dict)


class AnnotateIn(ProtoSerializer):
    requests = OneIn(
        many=True,
        allow_empty=False,
        max_length=MOST_IMAGES,
        error_messages={
            "empty": _("There is no picture in the request."),
            "max_length": _("Send at most {max_length} pictures in one request."),
        },
    )


class VisionKey(KeyAuthentication):
    """A key in ``x-goog-api-key``, or a Bearer's."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        if key := request.META.get(HEADER):
            return self.authenticate_credentials(key.encode())
        return super().authenticate(request)


class LargeJSONParser(CarefulJSONParser):
    """Pictures come as text within the JSON."""

    def limit(self) -> int:
        return LARGEST_REQUEST


class Annotate(APIView):
    authentication_classes = [VisionKey]
    parser_classes = [LargeJSONParser]

    def dispatch(
        self, request: HttpRequest, *args: Any, **more: Any
    ) -> HttpResponseBase:
        hide_key(request)
        return super().dispatch(request, *args, **more)

    def get_exception_handler(self) -> Any:
        return answer_as_google

    @extend_schema(exclude=True)
    def post(self, request: Request) -> Response:
        """Read up to sixteen pictures, and wait for their text."""
        wish = AnnotateIn(data=request.data)
        wish.is_valid(raise_exception=True)
        wanted = [wanted_of(one) for one in wish.validated_data["requests"]]
        return Response({"responses": annotate(request.user, wanted)})


def hide_key(request: HttpRequest) -> None:
    """Take the key out of the address, before anybody writes the address down.

    Access logs and error reports are made of the same ``META`` when the request ends.
    """
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    keys = [value for name, value in query if name == "key"]
    if not keys:
        return
    request.META.setdefault(HEADER, keys[-1])
    rest = urlencode([pair for pair in query if pair[0] != "key"])
    request.META["QUERY_STRING"] = rest
    for name in ("RAW_URI", "REQUEST_URI"):  # of gunicorn and of other servers
        if name in request.META:
            request.META[name] = f"{request.path}?{rest}" if rest else request.path
    vars(request).pop("GET", None)  # it was parsed from the old one


def wanted_of(one: dict[str, Any]) -> Wanted | Unreadable:
    """A picture to read, or what is wrong with its request."""
    source = one["image"].get("source", {})
    content, url = one["image"].get("content"), source.get("image_uri", "")
    kinds = [feature["type"] for feature in one["features"]]
    languages = tesseract_codes(one["image_context"].get("language_hints", ()))
    if not TEXT.intersection(kinds):
        reason = _(
            "Ask for TEXT_DETECTION or DOCUMENT_TEXT_DETECTION, not “%(kinds)s”."
        )
        return Unreadable(reason % {"kinds": ", ".join(kinds)})
    if content:
        try:
            return Wanted(decoded(content), languages=tuple(languages))
        except ValueError:
            return Unreadable(_("The image's content is no base64."))
    url = url or source.get("gcs_image_uri", "")
    if url.startswith("gs:"):
        return Unreadable(_("Google's buckets cannot be read from. Send the content."))
    if not url:
        return Unreadable(_("Send the image's content, or its imageUri."))
    return Wanted(url=url, languages=tuple(languages))


def decoded(content: str) -> bytes:
    """Base64 in either alphabet, with or without its padding."""
    plain = "".join(content.split()).rstrip("=").replace("-", "+").replace("_", "/")
    return b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
