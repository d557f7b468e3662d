"""What every page's template may know; asked of the database only where it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from documents.models import Field, Workspace
from documents.views.lookup import current_workspace


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"profile": None}
    return {
        "profile": user.profile,
        "workspaces": SimpleLazyObject(
            lambda: list(Workspace.objects.visible_to(user))
        ),
        "workspace": SimpleLazyObject(lambda: current_workspace(request)),
        "waiting": SimpleLazyObject(lambda: waiting(request)),
    }


def waiting(request: HttpRequest) -> int:
    """How many values of the current workspace someone has to look at."""
    fields = Field.objects.visible_to(request.user).to_review()
    return fields.filter(workspace=current_workspace(request)).count()
