"""Addresses: the pages, the API, accounts, the admin and the health doors."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("documents.api.urls")),
    path("", include("documents.api.vision_urls")),
    path("", include("documents.door_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("documents.people_urls")),
    path("", include("documents.urls")),
]

handler400 = "documents.views.errors.bad_request"
handler404 = "documents.views.errors.not_found"
handler403 = "documents.views.errors.forbidden"
handler500 = "documents.views.errors.server_error"
