"""The stock admin site, with the operations page first and the house's own log-in.

Beside the package ``documents.admin``, not in it: that registers itself with this site.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

FIRST = ("operations", "documents", "auth")
# The queue's own tables hold wake-ups only, what to look at are jobs and their pages.
HIDDEN = ("django_q",)


class Site(AdminSite):
    site_title = gettext_lazy("ocrsite")
    site_header = gettext_lazy("ocrsite administration")
    index_title = gettext_lazy("Administration")
    empty_value_display = "–"
    enable_nav_sidebar = False  # lists want the width; the bar names the main places

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff come in; to any other user there is nothing here."""
        allowed = super().has_permission(request)
        if request.user.is_authenticated and not allowed:
            raise Http404
        return allowed

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The house's own log-in, so that its second factor counts here as well."""
        if request.htmx:
            return HttpResponseClientRefresh()
        self.has_permission(request)
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from documents.admin.accuracy import accuracy_page  # as said above
        from documents.admin.models import models_page  # as said above
        from documents.admin.operations import operations_page  # as said above

        own = [
            path("operations/", self.admin_view(operations_page), name="operations"),
            path("accuracy/", self.admin_view(accuracy_page), name="accuracy"),
            path("models/", self.admin_view(models_page), name="models"),
        ]
        return [*own, *super().get_urls()]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        if app_label is None:
            apps = [*_operations(request), *apps]
        shown = [app for app in apps if app["app_label"] not in HIDDEN]
        return sorted(shown, key=_rank)


def _rank(app: dict[str, Any]) -> int:
    label = app["app_label"]
    return FIRST.index(label) if label in FIRST else len(FIRST)


def _operations(request: HttpRequest) -> list[dict[str, Any]]:
    """The house's own pages in the shape of an app: the index shows them."""
    pages = [
        _page(_("Is anything stuck?"), "Operations", "admin:operations"),
        _page(_("How well do engines read?"), "Accuracy", "admin:accuracy"),
        _page(_("What do engines read with?"), "Models", "admin:models"),
    ]
    needed = (
        "documents.view_job",
        "documents.view_correction",
        "documents.view_worker",
    )
    shown = [
        page
        for page, permission in zip(pages, needed, strict=True)
        if request.user.has_perm(permission)
    ]
    if not shown:
        return []
    return [
        {
            "name": _("Operations"),
            "app_label": "operations",
            "app_url": shown[0]["admin_url"],
            "models": shown,
        }
    ]


def _page(name: str, object_name: str, view: str) -> dict[str, Any]:
    return {
        "name": name,
        "object_name": object_name,
        "admin_url": reverse(view),
        "view_only": True,
    }
