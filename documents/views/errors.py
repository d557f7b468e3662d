"""Our own 400, 403, 404 and 500."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request cut off because of its size ends here, before there is a user."""
    context = {"limit": settings.MAX_UPLOAD_MB}
    return render(request, "400.html", context, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A member without the right: the exception says in a sentence what is missing."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that proves it came from our own page."""
    sentence = _("This form is too old or came from elsewhere. Load its page again.")
    return render(request, "403.html", {"reason": sentence}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context: whatever is broken, the database too, this page still shows."""
    return HttpResponseServerError(loader.get_template("500.html").render())
