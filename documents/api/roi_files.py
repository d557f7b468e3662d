"""Templates as files: whole ones, and pairs of clicks in pixels."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut, Refused
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.intake import BinaryField
from documents.api.lookup import changeable, visible, workspace_for
from documents.api.negotiation import AnyAccept
from documents.api.parsers import CarefulJSONParser
from documents.api.roi import BAD, made
from documents.api.roi_shapes import TemplateOut
from documents.models import Document, Page, RoiTemplate
from documents.services.definitions import from_coordinates, to_coordinates
from documents.services.roi import create_template, exported, import_template
from engines import TemplateError

LARGEST_FILE = 64 * 2**20  # bytes: twenty pages as JPEGs, in base64


class ExportIn(serializers.Serializer):
    """What the query may say."""

    page = serializers.IntegerField(
        min_value=1, default=1, help_text="Of the layout, where it goes as coordinates."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        # `as` is a word of the language: it cannot be written as an attribute.
        chosen = serializers.ChoiceField(["json", "coordinates"], default="json")
        return {"as": chosen, **super().get_fields()}


class PlaceIn(serializers.Serializer):
    """Where the template goes, as far as the file does not tell."""

    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )
    document = serializers.UUIDField(
        required=False, help_text="What coordinates were clicked on."
    )
    page = serializers.IntegerField(
        required=False, default=1, help_text="Of that document."
    )
    name = serializers.CharField(required=False, max_length=100)


class ImportIn(Wish, PlaceIn):
    """A file, and where its template goes."""

    file = BinaryField(
        allow_empty_file=True,  # it is no JSON, which is said in our words
        help_text="An exported template, or a file of coordinates.",
    )


class ExportRoiTemplate(APIView):
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[ExportIn], responses={200: OpenApiTypes.OBJECT, 409: ErrorOut}
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """All of it, to be imported elsewhere; or its regions as pairs of clicks."""
        wish = ExportIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        template = visible(RoiTemplate.objects, request.user, pk=pk)
        if wish.validated_data["as"] == "coordinates":
            data = clicks(template, wish.validated_data["page"])
        else:
            data = whole(template)
        disposition = content_disposition_header(True, f"{template.name}.json")
        return Response(data, headers={"Content-Disposition": disposition})


def whole(template: RoiTemplate) -> dict[str, Any]:
    if template.pages.filter(picture="").exists():
        reason = _("A worker has yet to keep its picture. Ask again in a moment.")
        raise Refused(reason, "not_prepared", status.HTTP_409_CONFLICT)
    return exported(template)


def clicks(template: RoiTemplate, number: int) -> dict[str, Any]:
    page = template.pages.filter(number=number).first()
    if page is None:
        raise Http404
    drawn = template.newest.regions
    here = {"regions": [region for region in drawn if region["page"] == number]}
    return to_coordinates(here, page.width, page.height)


class ImportRoiTemplate(APIView):
    parser_classes = [CarefulJSONParser, MultiPartParser]

    @schema.post(
        {"application/json": OpenApiTypes.OBJECT, "multipart/form-data": ImportIn},
        {201: TemplateOut, **BAD, **schema.TOO_LARGE},
        parameters=[PlaceIn],
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Take an exported template in; or clicks in pixels, with their `document`.

        The body is the file's content, and the query says where it goes; larger ones
        come as the `file` of a form. A taken name gets a number.
        """
        if request.content_type.startswith("multipart/"):
            wish = ImportIn(data=request.data)
            wish.is_valid(raise_exception=True)
            data = content(wish.validated_data["file"])
        else:
            wish = PlaceIn(data=request.query_params)
            wish.is_valid(raise_exception=True)
            data = request.data
        return made(imported(request, data, wish.validated_data))


def imported(request: Request, data: Any, place: dict[str, Any]) -> RoiTemplate:
    if "document" in place:
        return clicked(request, data, place)
    workspace = workspace_for(request.user, place.get("workspace"))
    if isinstance(data, dict) and "name" in place:
        data = {**data, "name": place["name"]}
    return import_template(workspace, user=request.user, data=data)


def clicked(request: Request, data: Any, place: dict[str, Any]) -> RoiTemplate:
    """A template of the pairs of clicks that were made on a page of a document."""
    documents = Document.objects.select_related("workspace")
    document = changeable(documents, request.user, pk=place["document"])
    page = Page.objects.filter(document=document, number=place["page"]).first()
    if page is None:
        raise Http404
    return create_template(
        document.workspace,
        user=request.user,
        name=place.get("name", "") or document.name[:100],
        definition=from_coordinates(data, page.width, page.height),
        document=document,
        page=page.number,
    )


def content(file: Any) -> Any:
    """The JSON in an uploaded file.

    Raises:
        TemplateError: it is none.
    """
    if file.size > LARGEST_FILE:
        raise TemplateError(_("The file is larger than 64 MB."))
    try:
        data = json.loads(file.read().decode("utf-8-sig"))
        # Half a surrogate pair is valid JSON, but no text that can be stored.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise TemplateError(_("The file is no JSON. Export it anew.")) from None
    return data
