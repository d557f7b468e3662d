"""Documents: upload, list, look, throw away, and the pictures of their pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView, get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.filters import DocumentFilter
from documents.api.idempotency import idempotent
from documents.api.intake import FileIn, UrlIn, take, wish_in
from documents.api.lookup import Visible, changeable
from documents.api.parsers import CarefulJSONParser
from documents.api.tags import AltTextField, TagsField
from documents.models import Document, Page
from documents.services.documents import trash_documents
from documents.services.tags import set_alt_text, set_tags
from documents.services.texts.choice import choose_text, text_key, with_text_key

RETRY_SECONDS = 1
PICTURE_SECONDS = 24 * 3600  # a browser may keep it: a page's picture never changes


class PageOut(serializers.ModelSerializer):
    class Meta:
        model = Page
        fields = ["number", "width", "height"]


class DocumentOut(serializers.ModelSerializer):
    pages = PageOut(many=True)
    text_job = serializers.SerializerMethodField()
    tags = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = Document
        fields = [
            *("id", "name", "media_type", "size", "sha256", "page_count", "pages"),
            *("text_job", "tags", "alt_text"),
            *("workspace", "batch", "source", "external_id"),
            *("created", "updated"),
        ]

    def get_text_job(self, document: Document) -> UUID | None:
        """The job whose text is the document's: the one that was chosen, else the
        newest that read any; null where none has."""
        return text_key(document)


class DocumentChange(Wish):
    text_job = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The job whose text shall be the document's; null: always the "
        "newest that read any.",
    )
    tags = TagsField(required=False)
    alt_text = AltTextField(required=False)

    def validate(self, wishes: dict[str, Any]) -> dict[str, Any]:
        if not wishes:
            names = ", ".join(self.fields)
            reason = _("Send at least one of these: %(names)s.")
            raise serializers.ValidationError(reason % {"names": names})
        return wishes


class Documents(Visible, ListAPIView):
    """Your documents, the newest first."""

    queryset = with_text_key(Document.objects.prefetch_related("pages", "tags"))
    serializer_class = DocumentOut
    filterset_class = DocumentFilter
    ordering_fields = ["created", "updated", "name", "size"]
    ordering = ["-created"]
    parser_classes = [MultiPartParser, CarefulJSONParser]

    @schema.post(
        {"multipart/form-data": FileIn, "application/json": UrlIn},
        {201: DocumentOut, 200: DocumentOut, **schema.INTAKE},
        examples=schema.UPLOAD_EXAMPLES,
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Upload one file, or say by its URL where it lies.

        201, or 200 where the workspace has it already. A URL is fetched at once, within
        the limits of an upload; 503 when too many others wait for theirs.
        """
        wish = wish_in(request.data, FileIn, UrlIn)
        document, new = take(request.user, wish)
        return Response(
            DocumentOut(document).data,
            status=status.HTTP_201_CREATED if new else status.HTTP_200_OK,
            headers={"Location": reverse("api:document", args=[document.pk])},
        )


class OneDocument(Visible, RetrieveAPIView):
    """A document and the sizes of its pages."""

    queryset = with_text_key(Document.objects.prefetch_related("pages", "tags"))
    serializer_class = DocumentOut

    @extend_schema(
        request=DocumentChange,
        responses={200: DocumentOut, 400: ErrorOut, 409: ErrorOut},
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change what is told of it: the job whose text is the document's (409 where
        it has read none), all its tags, the description of its picture. What is not
        sent stays."""
        document = changeable(Document.objects, request.user, pk=pk)
        wish = DocumentChange(data=request.data)
        wish.is_valid(raise_exception=True)
        change(document, wish.validated_data)
        return Response(DocumentOut(document).data)

    def delete(self, request: Request, pk: UUID) -> Response:
        """Move it to the trash, where it stays for some time before it is gone."""
        document = changeable(Document.objects, request.user, pk=pk)
        trash_documents(Document.objects.filter(pk=document.pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


@transaction.atomic
def change(document: Document, wishes: dict[str, Any]) -> None:
    if "text_job" in wishes:
        choose(document, wishes["text_job"])
    if "tags" in wishes:
        set_tags(document, wishes["tags"])
    if "alt_text" in wishes:
        set_alt_text(document, wishes["alt_text"])


def choose(document: Document, key: UUID | None) -> None:
    job = document.jobs.filter(pk=key).first() if key else None
    if key and job is None:
        reason = _("This document has no such job.")
        raise serializers.ValidationError({"text_job": [reason]})
    choose_text(document, job)


class PageImage(APIView):
    @extend_schema(responses=schema.PAGE_IMAGE)
    def get(self, request: Request, pk: UUID, number: int) -> HttpResponseBase:
        """A JPEG of the upright page; 202 while it is being prepared."""
        mine = Document.objects.visible_to(request.user)
        page = get_object_or_404(
            Page.objects.filter(document__in=mine), document=pk, number=number
        )
        if not page.preview:
            return Response(
                {"state": "preparing"},
                status=status.HTTP_202_ACCEPTED,
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        return FileResponse(
            page.preview.open(),
            content_type="image/jpeg",
            headers={"Cache-Control": f"private, max-age={PICTURE_SECONDS}"},
        )
