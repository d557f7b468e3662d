"""Addresses of the API below /api/v1/webhooks/."""

from django.urls import path

from documents.api.webhooks import (
    OneWebhook,
    OneWebhookDelivery,
    Redeliver,
    RotateSecret,
    SendTest,
    WebhookDeliveries,
    Webhooks,
)

ONE = "<uuid:pk>/deliveries/<uuid:delivery>/"
urlpatterns = [
    path("", Webhooks.as_view(), name="webhooks"),
    path("<uuid:pk>/", OneWebhook.as_view(), name="webhook"),
    path("<uuid:pk>/rotate-secret/", RotateSecret.as_view(), name="rotate-secret"),
    path("<uuid:pk>/test/", SendTest.as_view(), name="test-webhook"),
    path(
        "<uuid:pk>/deliveries/", WebhookDeliveries.as_view(), name="webhook-deliveries"
    ),
    path(ONE, OneWebhookDelivery.as_view(), name="webhook-delivery"),
    path(ONE + "redeliver/", Redeliver.as_view(), name="redeliver"),
]
