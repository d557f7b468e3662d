"""Addresses of the pages under /webhooks/."""

from __future__ import annotations

from django.urls import path

from documents.views.webhooks import acting, listing, making, webhook

urlpatterns = [
    path("", listing.webhooks, name="webhooks"),
    path("new/", making.new_webhook, name="new_webhook"),
    path("<uuid:pk>/", webhook.webhook, name="webhook"),
    path("<uuid:pk>/log/", webhook.log, name="webhook_log"),
    path("<uuid:pk>/edit/", making.edit_webhook, name="edit_webhook"),
    path("<uuid:pk>/secret/", making.new_secret, name="new_secret"),
    path("<uuid:pk>/test/", acting.test, name="test_webhook"),
    path("<uuid:pk>/switch/", acting.switch, name="switch_webhook"),
    path("<uuid:pk>/delete/", acting.delete, name="delete_webhook"),
    path(
        "<uuid:pk>/deliveries/<uuid:delivery>/redeliver/",
        acting.deliver_again,
        name="redeliver",
    ),
]
