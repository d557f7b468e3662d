"""The operations page: what the house is doing, and what to do when it is not."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from documents.services.operations import operations


def operations_page(request: HttpRequest) -> HttpResponse:
    """The whole page, or for htmx what is on it."""
    if not request.user.has_perm("documents.view_job"):
        raise PermissionDenied(_("You may not see jobs: ask an administrator."))
    context = {"operations": operations()}
    if request.htmx:
        return TemplateResponse(request, "admin/_operations.html", context)
    page = admin.site.each_context(request) | {"title": _("Operations")}
    return TemplateResponse(request, "admin/operations.html", page | context)
