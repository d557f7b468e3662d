"""Addresses of the pages under /webhooks/."""

from __future__ import annotations

from django.urls import path

from documents.views.webhooks import listing

urlpatterns = [path("", listing.webhooks, name="webhooks")]
