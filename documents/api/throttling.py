"""How often one caller may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

from documents.models import ApiKey

if TYPE_CHECKING:
    # REST framework loads this module while it is loading its own views.
    from rest_framework.views import APIView


class PerCaller(UserRateThrottle):
    """Each key has an allowance of its own, and so has its user's browser."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        if isinstance(request.auth, ApiKey):
            return self.cache_format % {"scope": "key", "ident": request.auth.pk}
        return super().get_cache_key(request, view)
