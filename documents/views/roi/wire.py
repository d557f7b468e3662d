"""JSON between the editor and its views: a sentence wherever something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from documents.services.sentences import told
from engines import TemplateError


class BadWish(Exception):
    """What was sent cannot be; the message says why, *more* goes with it."""

    def __init__(self, sentence: str, **more: Any) -> None:
        super().__init__(sentence)
        self.more = more


def speaks_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For members only; what cannot be is answered with 400 and {"error": sentence}."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except BadWish as error:
            return JsonResponse({"error": told(str(error)), **error.more}, status=400)
        except TemplateError as error:
            return JsonResponse({"error": told(str(error))}, status=400)

    return answered


def sent(request: HttpRequest) -> dict[str, Any]:
    """The object that came as JSON.

    Raises:
        BadWish: it is none.
    """
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise BadWish(_("What was sent is no JSON object."))
    return data


def cleaned(form: forms.Form) -> dict[str, Any]:
    """
    Raises:
        BadWish: with the first thing that *form* has to say.
    """
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise BadWish(f"{name}: {errors[0]}")
    return form.cleaned_data
