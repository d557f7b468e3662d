"""Doors that programs of other services know: ``/img_txt``, ``/img_img`` and
``/generate-text``, with the fields and answers that they had there.

Each takes one picture and waits for what was read of it; there is no 202, which those
programs would keep as if it were the answer. Fields unknown here are left alone, as
forms send the names of their buttons. Errors have the shape of all others here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api.errors import RETRY_SECONDS
from documents.api.intake import BinaryField, brought
from documents.api.jobs import job_address
from documents.api.negotiation import AnyAccept
from documents.api.parsers import CarefulJSONParser
from documents.services.at_once import (
    PICTURES,
    Sent,
    StillReading,
    drawn,
    read_at_once,
)
from documents.services.fetching import LONGEST
from documents.services.results import export_job
from documents.services.sentences import told
from engines import engine_names, get_engine

KOSMOS = "kosmos-2"
UNKNOWN = _("There is no such engine. Choose one of: %(names)s.")


class PictureIn(serializers.Serializer):
    """What each of the doors takes."""

    engine = serializers.CharField(required=False, allow_blank=True)

    def validate_engine(self, name: str) -> str:
        if not name:
            return name
        if name not in engine_names():
            names = ", ".join(engine_names())
            raise serializers.ValidationError(UNKNOWN % {"names": names})
        able = get_engine(name).availability()
        if not able.ok:
            reason = f"{told(able.reason)} {told(able.remedy)}"
            raise serializers.ValidationError(reason)
        return name


class ToTextIn(PictureIn):
    image = BinaryField(allow_empty_file=True)


class ToPictureIn(ToTextIn):
    white_background = serializers.BooleanField(default=False)


class GenerateIn(PictureIn):
    Image_file = BinaryField(allow_empty_file=True, required=False)
    image_url = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST
    )

    def validate(self, wish: dict[str, Any]) -> dict[str, Any]:
        ways = [name for name in ("Image_file", "image_url") if wish.get(name)]
        if len(ways) != 1:
            reason = _("Send a picture as Image_file, or its address as image_url.")
            raise serializers.ValidationError({"Image_file": [reason]})
        return wish


class Door(ABC, APIView):
    """A picture in, and what was read of it out."""

    wish: type[PictureIn]
    kinds = PICTURES
    parser_classes = [MultiPartParser]
    content_negotiation_class = AnyAccept

    @extend_schema(exclude=True)
    def post(self, request: Request) -> HttpResponseBase:
        wish = self.wish_in(request)
        given = brought(place_of(wish), request.user)
        engine = wish.get("engine") or self.usual_engine()
        try:
            with read_at_once(
                request.user, given, engine=engine, kinds=self.kinds
            ) as sent:
                response = self.answer(sent, wish)
        except StillReading as slow:
            return still_reading(slow)
        response["Location"] = job_address(sent.job)
        return response

    def wish_in(self, request: Request) -> dict[str, Any]:
        """The fields of the body, and of the query where the body lacks them."""
        body = request.data
        if isinstance(body, Mapping):
            body = {**request.query_params.dict(), **dict(body.items())}
        wish = self.wish(data=body)
        wish.is_valid(raise_exception=True)
        for name, files in request.FILES.lists():
            if name in wish.fields and len(files) > 1:
                reason = _("Send one file in each request.")
                raise serializers.ValidationError({name: [reason]})
        return wish.validated_data

    def usual_engine(self) -> str:
        return ""

    @abstractmethod
    def answer(self, sent: Sent, wish: dict[str, Any]) -> HttpResponseBase:
        """What was read, as the sender expects it."""


class PictureToText(Door):
    """``POST /img_txt``: the text in a file, its columns kept."""

    wish = ToTextIn

    def answer(self, sent: Sent, wish: dict[str, Any]) -> HttpResponse:
        text = export_job(sent.job, "txt", layout=True)
        name = content_disposition_header(True, called(sent, text.name))
        return HttpResponse(
            text.content,
            content_type=text.media_type,
            headers={"Content-Disposition": name},
        )


class PictureToPicture(Door):
    """``POST /img_img``: the text drawn anew, on white or over the old print."""

    wish = ToPictureIn

    def answer(self, sent: Sent, wish: dict[str, Any]) -> FileResponse:
        background = "white" if wish["white_background"] else "original"
        picture = drawn(sent, background)
        return FileResponse(
            picture.file.open("rb"),
            as_attachment=True,
            filename=called(sent, picture.name),
            content_type=picture.media_type,
        )


class GenerateText(Door):
    """``POST /generate-text``: the text as JSON."""

    wish = GenerateIn
    kinds = ("image/png", "image/jpeg")
    parser_classes = [MultiPartParser, FormParser, CarefulJSONParser]

    def usual_engine(self) -> str:
        """The one that the door was made for, where it can run."""
        if KOSMOS in engine_names() and get_engine(KOSMOS).availability().ok:
            return KOSMOS
        return ""

    def answer(self, sent: Sent, wish: dict[str, Any]) -> Response:
        text = export_job(sent.job, "txt").content.decode().rstrip("\n")
        return Response({"text": text, "response": text})


def place_of(wish: dict[str, Any]) -> dict[str, Any]:
    """The file, or the URL where it lies, under the names that they have here."""
    if url := wish.get("image_url"):
        return {"url": url}
    return {"file": wish.get("image") or wish["Image_file"]}


def called(sent: Sent, made: str) -> str:
    """The sender's name for the picture, with the ending of what was *made* of it."""
    return PurePath(sent.name).stem + PurePath(made).suffix


def still_reading(slow: StillReading) -> Response:
    one = {"code": "still_reading", "detail": str(slow), "attr": None}
    return Response(
        {"type": "server_error", "errors": [one]},
        status=status.HTTP_504_GATEWAY_TIMEOUT,
        headers={"Location": job_address(slow.job), "Retry-After": str(RETRY_SECONDS)},
    )
