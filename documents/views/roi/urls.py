"""Addresses of the pages under /templates/."""

from __future__ import annotations

from django.urls import path

from documents.views.roi import editor, listing, live, pictures, shared, trying

urlpatterns = [
    path("", listing.templates, name="templates"),
    path("import/", listing.take, name="import_template"),
    path("new/", editor.new_template, name="new_template"),
    path("draw/", editor.draw, name="draw"),
    path("page/", live.page, name="scan_page"),
    path("read/", live.read, name="read_scan"),
    path("guess/", live.guess, name="guess_region"),
    path("suggest/", live.suggest, name="suggest_regions"),
    path("values/", live.values, name="region_values"),
    path("fields/", shared.fields, name="shared_fields"),
    path("lists/", shared.lists, name="code_lists"),
    path("lists/<uuid:pk>/", shared.code_list, name="code_list"),
    path("lists/<uuid:pk>/delete/", shared.delete, name="delete_code_list"),
    path("<uuid:pk>/", editor.template, name="template"),
    path("<uuid:pk>/draw/", editor.redraw, name="redraw"),
    path("<uuid:pk>/again/", editor.read_again, name="read_template_again"),
    path("<uuid:pk>/try/", trying.try_template, name="template_try"),
    path("<uuid:pk>/read/", trying.read_these, name="read_these"),
    path("<uuid:pk>/rename/", listing.rename, name="rename_template"),
    path("<uuid:pk>/duplicate/", listing.duplicate, name="duplicate_template"),
    path("<uuid:pk>/archive/", listing.archive, name="archive_template"),
    path("<uuid:pk>/restore/", listing.restore, name="restore_template"),
    path("<uuid:pk>/export/", listing.export, name="export_template"),
    path("<uuid:pk>/pages/<int:number>/image/", pictures.image, name="template_image"),
    path(
        "<uuid:pk>/pages/<int:number>/thumbnail/",
        pictures.thumbnail,
        name="template_thumbnail",
    ),
]
