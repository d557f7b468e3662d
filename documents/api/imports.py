"""Results from elsewhere, uploaded as files."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.intake import BinaryField
from documents.api.jobs import JobOut, shown
from documents.api.lookup import changeable, workspace_for
from documents.models import Document
from documents.services.imports import content_of, import_vision


class ResultFileIn(Wish):
    file = BinaryField(
        allow_empty_file=True, help_text=_("A JSON file that Google Vision wrote.")
    )
    document = serializers.UUIDField(
        required=False,
        help_text=_("The document that was read; left out, blank pages are made."),
    )
    workspace = serializers.UUIDField(
        required=False, help_text=_("Where those go; your own, when left out.")
    )


class VisionResults(APIView):
    parser_classes = [MultiPartParser]

    @schema.post(
        {"multipart/form-data": ResultFileIn}, {201: JobOut, **schema.TOO_LARGE}
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """Keep what Google Vision read as a job, with or without its image.

        409 while the document's pages are being prepared, a moment after its upload.
        """
        wish = ResultFileIn(data=request.data)
        wish.is_valid(raise_exception=True)
        given = wish.validated_data
        document = None
        if "document" in given:
            documents = Document.objects.select_related("workspace").alive()
            document = changeable(documents, request.user, pk=given["document"])
            workspace = document.workspace
        else:
            workspace = workspace_for(request.user, given.get("workspace"))
        job = import_vision(
            workspace=workspace,
            user=request.user,
            content=content_of(given["file"]),
            name=given["file"].name,
            document=document,
        )
        return Response(
            shown(job),
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:job", args=[job.pk])},
        )
