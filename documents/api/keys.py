"""API keys, managed by their owner in the browser: a key cannot make keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.auth import SessionOnly
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, visible
from documents.models import ApiKey
from documents.services.keys import SCOPES, create_key, revoke_key


class KeyIn(Wish):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(SCOPES),
        allow_empty=False,
        required=False,
        help_text=_("What it may do; both, when left out."),
    )
    expires = serializers.DateTimeField(
        required=False, allow_null=True, help_text=_("Never, when left out.")
    )

    def validate_expires(self, expires: datetime | None) -> datetime | None:
        if expires is not None and expires <= timezone.now():
            raise serializers.ValidationError(_("Choose a time in the future."))
        return expires


class KeyOut(serializers.ModelSerializer):
    prefix = serializers.CharField(source="token_key")
    scopes = serializers.ListField(child=serializers.ChoiceField(SCOPES))
    expires = serializers.DateTimeField(source="expiry", allow_null=True)

    class Meta:
        model = ApiKey
        fields = ["id", "prefix", "name", "scopes", "expires", "created", "last_used"]


class NewKeyOut(KeyOut):
    key = serializers.CharField(help_text=_("The key itself, this one time."))

    class Meta(KeyOut.Meta):
        fields = [*KeyOut.Meta.fields, "key"]


class Keys(Visible, ListAPIView):
    """Your keys, never their secrets."""

    queryset = ApiKey.objects.all()
    serializer_class = KeyOut
    permission_classes = [IsAuthenticated, SessionOnly]
    filterset_fields = ["name"]
    ordering_fields = ["created", "name", "last_used"]
    ordering = ["-created"]

    @schema.post(KeyIn, {201: NewKeyOut})
    @idempotent(hiding="key")
    def post(self, request: Request) -> Response:
        """Make a key. It is shown this one time: keep it where programs find it."""
        wish = KeyIn(data=request.data)
        wish.is_valid(raise_exception=True)
        key, secret = create_key(request.user, **wish.validated_data)
        answer = {**KeyOut(key).data, "key": secret}
        return Response(answer, status=status.HTTP_201_CREATED)


class OneKey(APIView):
    permission_classes = [IsAuthenticated, SessionOnly]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Revoke it: from now on it opens nothing."""
        revoke_key(visible(ApiKey.objects.all(), request.user, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
