"""Actions that ask before they do, and then say how many rows they did it to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

SHOWN = 20  # names on the page that asks
Act = Callable[[admin.ModelAdmin, HttpRequest, QuerySet], str]
Action = Callable[[admin.ModelAdmin, HttpRequest, QuerySet], HttpResponse | None]


def confirmed(
    *, description: str, question: str, permission: str
) -> Callable[..., Action]:
    """Make an action of a function that acts on a queryset and returns what to say.

    It is offered to those whose ``has_<permission>_permission`` is true, and acts on
    the second request only, sent by the page that shows *question*.
    """

    def decorate(act: Act) -> Action:
        @admin.action(description=description, permissions=[permission])
        @wraps(act)
        def action(
            model_admin: admin.ModelAdmin, request: HttpRequest, rows: QuerySet
        ) -> HttpResponse | None:
            if "confirmed" not in request.POST:
                asked = {"title": description, "question": question}
                return _ask(
                    model_admin, request, rows, asked | {"action": act.__name__}
                )
            model_admin.message_user(request, act(model_admin, request, rows))
            return None

        return action

    return decorate


def _ask(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    rows: QuerySet,
    asked: dict[str, Any],
) -> HttpResponse:
    count = rows.count()
    context = {
        **model_admin.admin_site.each_context(request),
        **asked,
        "opts": model_admin.opts,
        "count": count,
        "rows": rows[:SHOWN],
        "more": max(0, count - SHOWN),
        "checkbox": ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/confirm.html", context)
