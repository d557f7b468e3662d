"""What every page's template may know; asked of the database only where it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from documents.models import Workspace
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
    }
