"""API keys: who holds which, and the way to revoke one; no digest is ever shown."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.admin.actions import confirmed
from documents.admin.base import LookOnlyAdmin
from documents.models import ApiKey
from documents.services.keys import revoke_key


@admin.register(ApiKey)
class ApiKeyAdmin(LookOnlyAdmin):
    list_display = (
        "name",
        "user",
        "prefix",
        "scope_words",
        "created",
        "expiry",
        "last_used",
    )
    list_select_related = ("user",)
    search_fields = ("name", "user__username", "user__email", "token_key__startswith")
    search_help_text = _("Name, the key’s first letters, or its user")
    ordering = ("-created",)
    fields = list_display
    actions = ("revoke",)

    def actions_for(self, row: ApiKey) -> tuple[str, ...]:
        return ("revoke",)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.delete_apikey")

    @confirmed(
        description=_("Revoke"),
        question=_("Programs that use these keys are refused from now on."),
        permission="revoke",
    )
    def revoke(self, request: HttpRequest, rows: QuerySet) -> str:
        keys = list(rows)
        for key in keys:
            revoke_key(key)
        return ngettext(
            "%(count)d key was revoked.", "%(count)d keys were revoked.", len(keys)
        ) % {"count": len(keys)}

    @admin.display(description=_("key"), ordering="token_key")
    def prefix(self, key: ApiKey) -> str:
        return f"{key.token_key}…"

    @admin.display(description=_("scopes"))
    def scope_words(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)
