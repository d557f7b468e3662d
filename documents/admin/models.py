"""The page of models: what engines read with, where it lies, how to get the rest."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from documents.services.models import all_models
from engines import models


def models_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("documents.view_worker"):
        raise PermissionDenied(_("You may not see models: ask an administrator."))
    context = admin.site.each_context(request) | {
        "title": _("Models"),
        "engines": all_models(),
        "folder": models.models_root(),
    }
    return TemplateResponse(request, "admin/models.html", context)
