"""Who may sign up, and how guessers are kept out."""

from __future__ import annotations

from datetime import datetime
from logging import getLogger
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException, Response, Session

from documents.models import Invitation

logger = getLogger(__name__)
INVITATION = "invitation"  # the session's key for a link's token
NAME_LENGTH = 255  # what axes keeps of a name


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGN_UP_OPEN or invitation_of(request) is not None


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        return settings.OIDC_SIGN_UP or super().is_open_for_signup(request, sociallogin)

    def get_requests_session(self) -> Session:
        """Its failure is told to the user as the provider's, and is not one of ours."""
        session = super().get_requests_session()
        ask = session.request

        def ask_or_say(*arguments: Any, **named: Any) -> Response:
            try:
                answer = ask(*arguments, **named)
                answer.raise_for_status()
            except RequestException as error:
                logger.warning("single sign-on: %s", error)
                template = "socialaccount/authentication_error.html"
                page = render(self.request, template, status=502)
                raise ImmediateHttpResponse(page) from None
            return answer

        session.request = ask_or_say
        return session


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The open invitation by whose link this visitor came."""
    token = request.session.get(INVITATION, "")
    return Invitation.objects.by_token(token).select_related("workspace").first()


def guessed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whose password is being tried: a name and its address count as one account."""
    tried = credentials or {"username": request.POST.get("login")}
    name = str(tried.get("username") or tried.get("email") or "")
    if "@" in name:
        owner = get_user_model().objects.filter(email__iexact=name).first()
        name = owner.get_username() if owner else name
    return name.lower()[:NAME_LENGTH]


def client_address(request: HttpRequest) -> str | None:
    """Behind a proxy only where the settings say so; none for who logs in by code."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None


def lock_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say until when, the same for names that exist and names that do not."""
    end = end_of_lock(request, credentials)
    page = render(request, "429.html", {"end": end}, status=429)
    page["Retry-After"] = max(1, round((end - timezone.now()).total_seconds()))
    return page


def end_of_lock(request: HttpRequest, credentials: dict[str, Any] | None) -> datetime:
    last = AccessAttempt.objects.filter(
        username=guessed_name(request, credentials), ip_address=client_address(request)
    ).aggregate(last=Max("attempt_time"))["last"]
    return (last or timezone.now()) + get_cool_off(request)
