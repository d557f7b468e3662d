"""Addresses of the pages."""

from django.urls import include, path

from documents.views import (
    bulk,
    documents,
    frame,
    health,
    history,
    home,
    jobs,
    pictures,
    records,
    trash,
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", home.home, name="home"),
    path("latest/", home.latest, name="latest"),
    path("documents/<uuid:pk>/", documents.document, name="document"),
    path("documents/<uuid:pk>/read/", documents.read_again, name="read_again"),
    path("documents/<uuid:pk>/trash/", documents.trash_document, name="trash_document"),
    path("documents/<uuid:pk>/original/", pictures.original, name="original"),
    path(
        "documents/<uuid:pk>/pages/<int:number>/image/",
        pictures.page_image,
        name="page_image",
    ),
    path(
        "documents/<uuid:pk>/pages/<int:number>/thumbnail/",
        pictures.thumbnail,
        name="thumbnail",
    ),
    path("jobs/<uuid:pk>/status/", jobs.job_status, name="job_status"),
    path("jobs/<uuid:pk>/cancel/", jobs.cancel, name="cancel_job"),
    path("jobs/<uuid:pk>/retry/", jobs.retry, name="retry_job"),
    path("jobs/<uuid:pk>/result/", jobs.download, name="download"),
    path("history/", history.history, name="history"),
    path("history/act/", bulk.act, name="bulk"),
    path("records/", records.records, name="records"),
    path("records/export/", records.export, name="export_records"),
    path("records/saved/<uuid:pk>/", records.take_one, name="take_saved"),
    path("records/saved/<uuid:pk>/delete/", records.delete_saved, name="delete_saved"),
    path("templates/", include("documents.views.roi.urls")),
    path("trash/", trash.trash, name="trash"),
    path("trash/restore/", trash.restore, name="restore"),
    path("language/", frame.choose_language, name="choose_language"),
    path("workspaces/<uuid:pk>/enter/", frame.enter, name="enter_workspace"),
]
