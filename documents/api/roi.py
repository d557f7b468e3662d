"""Templates: drawn, listed, changed, put away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.filters import RoiTemplateFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, changeable, visible
from documents.api.roi_shapes import TemplateChange, TemplateIn, TemplateOut
from documents.models import Document, RoiTemplate
from documents.services.definitions import KEYS
from documents.services.roi import (
    archive_template,
    create_template,
    save_version,
    shown,
    shown_all,
)

BAD = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut}


class RoiTemplates(Visible, ListAPIView):
    """Your templates: what is drawn on them, in its newest version."""

    queryset = RoiTemplate.objects.all()
    serializer_class = TemplateOut
    filterset_class = RoiTemplateFilter
    ordering_fields = ["name", "created", "updated"]
    ordering = ["name"]

    def paginate_queryset(self, queryset: QuerySet) -> list[dict[str, Any]]:
        return shown_all(super().paginate_queryset(queryset))

    @schema.post(
        TemplateIn, {201: TemplateOut, **BAD}, examples=schema.TEMPLATE_EXAMPLES
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Draw a template on a page of a document; a worker prepares it then."""
        definition, wish = TemplateIn.of(request)
        documents = Document.objects.select_related("workspace")
        document = changeable(documents, request.user, pk=wish["document"])
        template = create_template(
            document.workspace,
            user=request.user,
            name=wish["name"],
            definition=definition,
            document=document,
            page=wish["page"],
            last_page=wish.get("last_page"),
        )
        return made(template)


class OneRoiTemplate(APIView):
    @extend_schema(responses=TemplateOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """A template in its newest version."""
        return told(visible(RoiTemplate.objects, request.user, pk=pk))

    @extend_schema(request=TemplateChange, responses={200: TemplateOut, **BAD})
    def put(self, request: Request, pk: UUID) -> Response:
        """Draw it anew: a new version, unless nothing has changed."""
        template = one_to_change(request, pk)
        definition, wish = TemplateChange.of(request)
        return changed(request, template, definition, wish)

    @extend_schema(request=TemplateChange, responses={200: TemplateOut, **BAD})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change a part of it: what is left out stays; regions come all or not."""
        template = one_to_change(request, pk)
        definition, wish = TemplateChange.of(request, partial=True)
        kept = template.newest.definition
        definition = {key: definition.get(key, kept[key]) for key in KEYS}
        return changed(request, template, definition, wish)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Put it away: it matches no more, its records stay as they are."""
        archive_template(one_to_change(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def one_to_change(request: Request, pk: UUID) -> RoiTemplate:
    templates = RoiTemplate.objects.select_related("workspace")
    return changeable(templates, request.user, pk=pk)


def changed(
    request: Request,
    template: RoiTemplate,
    definition: dict[str, Any],
    wish: dict[str, Any],
) -> Response:
    for key, kept in (("document", template.document_id), ("page", template.page)):
        if wish.get(key, kept) != kept:
            reason = _("A template stays on its page. Draw a new one.")
            raise serializers.ValidationError({key: [reason]})
    save_version(
        template,
        user=request.user,
        definition=definition,
        name=wish.get("name", ""),
    )
    return told(template)


def told(template: RoiTemplate) -> Response:
    return Response(TemplateOut(shown(template)).data)


def made(template: RoiTemplate) -> Response:
    return Response(
        TemplateOut(shown(template)).data,
        status=status.HTTP_201_CREATED,
        headers={"Location": reverse("api:roi-template", args=[template.pk])},
    )
