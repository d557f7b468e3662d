"""Addresses of the API below /api/v1/webhooks/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
