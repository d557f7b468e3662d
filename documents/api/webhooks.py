"""Webhooks, and what was sent to them: members see, owners manage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.errors import ErrorOut
from documents.api.fields import Wish
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, owned, visible
from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.fetching import FetchError
from documents.services.webhooks import (
    EVENTS,
    TEST,
    change_webhook,
    create_webhook,
    delete_webhook,
    redeliver,
    rotate_secret,
    send_test,
)

BAD = {400: ErrorOut, 403: ErrorOut, 404: ErrorOut}
OFF = {403: ErrorOut, 404: ErrorOut, 409: ErrorOut}
NAME_LENGTH = Webhook._meta.get_field("name").max_length
URL_LENGTH = Webhook._meta.get_field("url").max_length


class WebhookWish(Wish):
    name = serializers.CharField(
        max_length=NAME_LENGTH, allow_blank=True, required=False
    )
    url = serializers.CharField(
        max_length=URL_LENGTH, help_text=_("What is called; https, or http.")
    )
    events = serializers.ListField(
        child=serializers.ChoiceField(list(EVENTS)), allow_empty=False
    )


class WebhookIn(WebhookWish):
    workspace = serializers.UUIDField(
        required=False, help_text="Your own, when left out."
    )


class WebhookChange(WebhookWish):
    active = serializers.BooleanField(
        required=False,
        help_text=_("Off, it hears nothing, and what waits is given up."),
    )


class WebhookOut(serializers.ModelSerializer):
    events = serializers.ListField(child=serializers.ChoiceField(list(EVENTS)))
    trouble = serializers.CharField(help_text="Why the site has switched it off.")
    failures = serializers.IntegerField(help_text="How many calls, in a row.")

    class Meta:
        model = Webhook
        fields = [
            *("id", "workspace", "name", "url", "events", "active", "trouble"),
            *("failures", "failing_since", "next_try", "last_success"),
            *("created", "updated"),
        ]


class SecretOut(serializers.Serializer):
    secret = serializers.CharField(help_text=_("What signs, this one time."))


class NewWebhookOut(WebhookOut):
    secret = serializers.CharField(help_text=_("What signs, this one time."))

    class Meta(WebhookOut.Meta):
        fields = [*WebhookOut.Meta.fields, "secret"]


class AttemptOut(serializers.Serializer):
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField(help_text="Its beginning.")
    error = serializers.CharField()
    seconds = serializers.FloatField()


class WebhookDeliveryOut(serializers.ModelSerializer):
    class Meta:
        model = WebhookDelivery
        fields = [
            *("id", "webhook", "event", "state", "tries"),
            *("next_try", "created", "finished"),
        ]


class WholeWebhookDeliveryOut(WebhookDeliveryOut):
    payload = serializers.DictField(help_text="What is sent.")
    attempts = AttemptOut(many=True, help_text="The last calls, the newest last.")

    class Meta(WebhookDeliveryOut.Meta):
        fields = [*WebhookDeliveryOut.Meta.fields, "payload", "attempts"]


class WebhookFilter(filters.FilterSet):
    workspace = filters.UUIDFilter("workspace_id")
    active = filters.BooleanFilter()

    class Meta:
        model = Webhook
        fields: list[Any] = []


class WebhookDeliveryFilter(filters.FilterSet):
    state = filters.MultipleChoiceFilter(choices=WebhookDelivery.State.choices)
    event = filters.MultipleChoiceFilter(
        choices=[(one, one) for one in (*EVENTS, TEST)]
    )

    class Meta:
        model = WebhookDelivery
        fields: list[Any] = []


@contextmanager
def refusing_addresses() -> Iterator[None]:
    try:
        yield
    except FetchError as error:
        raise serializers.ValidationError({"url": [str(error)]}) from None


class Webhooks(Visible, ListAPIView):
    """The webhooks of your workspaces, never their secrets."""

    queryset = Webhook.objects.all()
    serializer_class = WebhookOut
    filterset_class = WebhookFilter
    ordering_fields = ["created", "name", "last_success"]
    ordering = ["-created"]

    @schema.post(WebhookIn, {201: NewWebhookOut, **BAD})
    @idempotent(hiding="secret")
    def post(self, request: Request) -> Response:
        """Have an address called. The secret is shown this one time; the file
        docs/webhooks.md tells receivers how to check what it signs."""
        wish = WebhookIn(data=request.data)
        wish.is_valid(raise_exception=True)
        wishes = dict(wish.validated_data)
        workspace = owned_workspace(request, wishes.pop("workspace", None))
        with refusing_addresses():
            hook, secret = create_webhook(workspace, owner=request.user, **wishes)
        return Response(
            {**WebhookOut(hook).data, "secret": secret},
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("api:webhook", args=[hook.pk])},
        )


def owned_workspace(request: Request, pk: UUID | None) -> Workspace:
    if pk is None:
        return request.user.personal_workspace
    return owned(Workspace.objects, request.user, pk=pk)


class OneWebhook(APIView):
    @extend_schema(responses=WebhookOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """A webhook: what it hears, and whether it does."""
        return Response(WebhookOut(visible(Webhook.objects, request.user, pk=pk)).data)

    @extend_schema(request=WebhookChange, responses={200: WebhookOut, **BAD})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change it, switch it off or on. Its secret stays."""
        hook = owned(Webhook.objects, request.user, pk=pk)
        wish = WebhookChange(data=request.data, partial=True)
        wish.is_valid(raise_exception=True)
        with refusing_addresses():
            change_webhook(hook, **wish.validated_data)
        return Response(WebhookOut(hook).data)

    @extend_schema(responses={204: None, **BAD})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Forget it, with all that was sent to it."""
        delete_webhook(owned(Webhook.objects, request.user, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RotateSecret(APIView):
    @schema.post(None, {200: SecretOut, **BAD})
    @idempotent(hiding="secret")
    def post(self, request: Request, pk: UUID) -> Response:
        """Make a new secret. The one before signs too, for 24 hours."""
        hook = owned(Webhook.objects, request.user, pk=pk)
        return Response({"secret": rotate_secret(hook)})


class SendTest(APIView):
    @schema.post(None, {202: WholeWebhookDeliveryOut, **OFF})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Send `webhook.test`, once: the delivery tells how that went."""
        row = send_test(owned(Webhook.objects, request.user, pk=pk))
        return under_way(row)


class WebhookDeliveries(ListAPIView):
    """What was sent to a webhook, or waits to be, the newest first."""

    queryset = WebhookDelivery.objects.defer("payload", "attempts")
    serializer_class = WebhookDeliveryOut
    filterset_class = WebhookDeliveryFilter
    ordering_fields = ["created"]
    ordering = ["-created"]

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):  # the schema is made of no call
            return super().get_queryset().none()
        hook = visible(Webhook.objects, self.request.user, pk=self.kwargs["pk"])
        return super().get_queryset().filter(webhook=hook)


class OneWebhookDelivery(APIView):
    @extend_schema(responses=WholeWebhookDeliveryOut)
    def get(self, request: Request, pk: UUID, delivery: UUID) -> Response:
        """A delivery, with what is sent and how the last calls went."""
        rows = WebhookDelivery.objects.filter(webhook=pk)
        row = visible(rows, request.user, pk=delivery)
        return Response(WholeWebhookDeliveryOut(row).data)


class Redeliver(APIView):
    @schema.post(None, {202: WholeWebhookDeliveryOut, **OFF})
    @idempotent()
    def post(self, request: Request, pk: UUID, delivery: UUID) -> Response:
        """Send it again, at once, with the same id and all its tries before it."""
        hook = owned(Webhook.objects, request.user, pk=pk)
        row = visible(hook.deliveries, request.user, pk=delivery)
        redeliver(row)
        return under_way(row)


def under_way(row: WebhookDelivery) -> Response:
    place = reverse("api:webhook-delivery", args=[row.webhook_id, row.pk])
    return Response(
        WholeWebhookDeliveryOut(row).data,
        status=status.HTTP_202_ACCEPTED,
        headers={"Location": place},
    )
