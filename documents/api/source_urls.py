"""Addresses of the API below /api/v1/sources/."""

from django.urls import path

from documents.api.sources import (
    OneSource,
    RetrySource,
    SourceItems,
    SourceRuns,
    Sources,
    SyncSource,
    TrySource,
)

urlpatterns = [
    path("", Sources.as_view(), name="sources"),
    path("try/", TrySource.as_view(), name="try-source"),
    path("<uuid:pk>/", OneSource.as_view(), name="source"),
    path("<uuid:pk>/sync/", SyncSource.as_view(), name="sync-source"),
    path("<uuid:pk>/retry/", RetrySource.as_view(), name="retry-source"),
    path("<uuid:pk>/runs/", SourceRuns.as_view(), name="source-runs"),
    path("<uuid:pk>/items/", SourceItems.as_view(), name="source-items"),
]
