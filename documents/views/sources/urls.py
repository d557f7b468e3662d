"""Addresses of the pages under /sources/."""

from __future__ import annotations

from django.urls import path

from documents.views.sources import acting, google, listing, making, source

urlpatterns = [
    path("", listing.sources, name="sources"),
    path("status/", listing.sources_status, name="sources_status"),
    path("new/", making.choose_kind, name="choose_kind"),
    path("new/<str:kind>/", making.new_source, name="new_source"),
    path("google/connect/", google.connect, name="google_connect"),
    path("google/back/", google.back, name="google_back"),
    path("google/<uuid:pk>/disconnect/", google.disconnect, name="google_disconnect"),
    path("google/<uuid:pk>/folders/", google.folders, name="google_folders"),
    path("<uuid:pk>/", source.source, name="source"),
    path("<uuid:pk>/status/", source.source_status, name="source_status"),
    path("<uuid:pk>/edit/", making.edit_source, name="edit_source"),
    path("<uuid:pk>/run/", acting.run, name="run_source"),
    path("<uuid:pk>/pause/", acting.pause, name="pause_source"),
    path("<uuid:pk>/resume/", acting.resume, name="resume_source"),
    path("<uuid:pk>/retry/", acting.retry, name="retry_items"),
    path("<uuid:pk>/delete/", acting.delete, name="delete_source"),
]
