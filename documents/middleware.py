"""Each request in its user's language and zone; when a session was last used; what a
storage that fails is told by."""

from __future__ import annotations

import logging
from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from documents.storage import StorageTrouble

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = 300  # seconds


class ProfileMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        profile = request.user.profile
        zone = ZoneInfo(profile.time_zone) if profile.time_zone else None
        with timezone.override(zone):
            if profile.language:
                translation.activate(profile.language)
                request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


class StorageMiddleware:
    """A file that cannot be fetched or kept is a sentence for who asked for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, StorageTrouble):
            return None
        logger.warning("%s: %s", request.path, error.__cause__ or error)
        return render(request, "503.html", {"reason": str(error)}, status=503)


class SessionActivityMiddleware:
    """Notes when and whence a session was last used, every few minutes.

    Allauth's own notes it at every request: a page that asks each second how far its
    job is would write each second.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        known = key and request.user.is_authenticated
        if known and cache.add(f"session-noted-{key}", True, NOTED_EVERY):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)
