"""The page of accuracy: how well engines read here, by what people put right."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from documents.services.texts.accuracy import MOST_PAGES, accuracy


def accuracy_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("documents.view_correction"):
        raise PermissionDenied(_("You may not see corrections: ask an administrator."))
    context = admin.site.each_context(request) | {
        "title": _("Accuracy"),
        "accuracy": accuracy(),
        "most": MOST_PAGES,
    }
    return TemplateResponse(request, "admin/accuracy.html", context)
