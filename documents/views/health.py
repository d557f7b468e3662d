"""The doors for machines that watch: alive, and ready to work."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.services.health import missing


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The web process answers: no more is said."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Pages can be served and read; ``?only=web`` leaves the workers out."""
    lacking = missing(workers=request.GET.get("only") != "web")
    if lacking:
        return JsonResponse({"status": "not ready", "missing": lacking}, status=503)
    return JsonResponse({"status": "ready", "missing": []})
