"""Forms of the doors that other services had: a picture in, its text or a picture out.

What they send is answered by the API at the same addresses.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_required
@require_safe
def img_txt(request: HttpRequest) -> HttpResponse:
    return shown(request, "img_txt")


@login_required
@require_safe
def img_img(request: HttpRequest) -> HttpResponse:
    return shown(request, "img_img")


@login_required
@require_safe
def generate_text(request: HttpRequest) -> HttpResponse:
    return shown(request, "generate_text")


def shown(request: HttpRequest, name: str) -> HttpResponse:
    context = {"limit": settings.MAX_UPLOAD_MB}
    return render(request, f"doors/{name}.html", context)
