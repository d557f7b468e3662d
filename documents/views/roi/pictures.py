"""The pictures that a layout keeps of its own pages, to members only."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from documents.models import RoiTemplate, TemplatePage
from documents.services.thumbnails import smaller
from documents.views.lookup import visible
from documents.views.pictures import AGE


@login_required
@require_safe
def image(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    return kept(reference(request, pk, number).picture.open())


@login_required
@require_safe
def thumbnail(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    return kept(smaller(reference(request, pk, number).picture))


def reference(request: HttpRequest, pk: UUID, number: int) -> TemplatePage:
    template = visible(RoiTemplate.objects, request.user, pk=pk)
    return get_object_or_404(template.pages.exclude(picture=""), number=number)


def kept(file: object) -> HttpResponseBase:
    """By this reader, by none on the way: a layout's picture never changes."""
    response = FileResponse(file, content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=int(AGE.total_seconds()))
    return response
