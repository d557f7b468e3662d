"""Pictures and originals, to members only.

A stranger's file never runs in a reader's browser: what shows inline is a JPEG that
our own worker encoded; the original goes out as a download.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from documents.models import Document
from documents.services.thumbnails import thumbnail as make_thumbnail
from documents.views.lookup import visible

AGE = timedelta(days=1)  # a page's picture is made once and never changes


@login_required
@require_safe
def page_image(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    return picture(request, pk, number, lambda page: page.preview.open())


@login_required
@require_safe
def thumbnail(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    return picture(request, pk, number, make_thumbnail)


def picture(
    request: HttpRequest, pk: UUID, number: int, encoded: Callable
) -> HttpResponseBase:
    """What *encoded* makes of the page; kept by this reader, by none on the way."""
    document = visible(Document.objects, request.user, pk=pk)
    page = get_object_or_404(document.pages.exclude(preview=""), number=number)
    etag = quote_etag(f"{page.pk}-{page.turn}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(encoded(page), content_type="image/jpeg")
        response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=int(AGE.total_seconds()))
    return response


@login_required
@require_safe
def original(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    document = visible(Document.objects, request.user, pk=pk)
    try:
        file = document.file.open()
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=document.name)
