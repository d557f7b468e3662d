"""Addresses of the pages under /sources/."""

from __future__ import annotations

from django.urls import path

from documents.views.sources import listing

urlpatterns = [path("", listing.sources, name="sources")]
