"""Batches: what came in together."""

from __future__ import annotations

from django.urls import reverse
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import schema
from documents.api.fields import Wish
from documents.api.filters import BatchFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, workspace_for
from documents.models import Batch
from documents.services.batches import create_batch


class BatchIn(Wish):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    workspace = serializers.UUIDField(required=False)


class BatchOut(serializers.ModelSerializer):
    documents = serializers.IntegerField(source="document_count", default=0)

    class Meta:
        model = Batch
        fields = ["id", "workspace", "name", "documents", "created"]


class Batches(Visible, ListAPIView):
    """Your batches, the newest first."""

    queryset = Batch.objects.with_counts()
    serializer_class = BatchOut
    filterset_class = BatchFilter
    ordering_fields = ["created", "name"]
    ordering = ["-created"]

    @schema.post(BatchIn, {201: BatchOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Open a batch; documents join it by the `batch` they are uploaded with."""
        wish = BatchIn(data=request.data)
        wish.is_valid(raise_exception=True)
        workspace = workspace_for(request.user, wish.validated_data.get("workspace"))
        name = wish.validated_data.get("name", "")
        batch = create_batch(workspace, user=request.user, name=name)
        return Response(
            BatchOut(batch).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:batch", args=[batch.pk])},
        )


class OneBatch(Visible, RetrieveAPIView):
    """A batch, with how many documents it holds."""

    queryset = Batch.objects.with_counts()
    serializer_class = BatchOut
