"""Workspaces and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.admin.base import HouseAdmin, count_of, list_link
from documents.models import Document, Job, Membership, Workspace
from documents.models.people import Role


class Members(BaseInlineFormSet):
    """A workspace that nobody owns could never be managed again."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        kept = [row for row in rows if row and not row.get("DELETE")]
        if not any(row.get("role") == Role.OWNER for row in kept):
            raise ValidationError(_("A workspace needs an owner: choose at least one."))


class MembershipInline(admin.TabularInline):
    model = Membership
    formset = Members
    autocomplete_fields = ("user",)
    fields = ("user", "role", "created")
    readonly_fields = ("created",)
    extra = 0


@admin.register(Workspace)
class WorkspaceAdmin(HouseAdmin):
    list_display = (
        "name",
        "personal_of",
        "members_count",
        "documents_count",
        "created",
    )
    list_select_related = ("personal_of",)
    search_fields = ("name", "personal_of__username")
    ordering = ("name", "pk")
    fields = ("name", "personal_of", "contents", "created")
    readonly_fields = ("personal_of", "contents", "created")
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(
                members_n=count_of(Membership.objects.all(), "workspace"),
                documents_n=count_of(Document.objects.all(), "workspace"),
            )
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Workspace | None = None
    ) -> bool:
        """Only an empty one may go: its documents go by way of the trash."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.documents.exists()

    @admin.display(description=_("members"))
    def members_count(self, workspace: Any) -> int:
        return workspace.members_n

    @admin.display(description=_("documents"))
    def documents_count(self, workspace: Any) -> int:
        return workspace.documents_n

    @admin.display(description=_("contents"))
    def contents(self, workspace: Workspace) -> str:
        wish = {"workspace__id__exact": workspace.pk}
        documents = list_link(Document, _("Documents"), **wish)
        return format_html("{} · {}", documents, list_link(Job, _("Jobs"), **wish))
