"""Documents with their pages: to look at, to fetch, to put in the trash or back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.admin.actions import confirmed
from documents.admin.base import LookOnly, LookOnlyAdmin, list_link
from documents.admin.filters import WorkspaceFilter
from documents.models import Document, Job, Page
from documents.services.documents import restore_documents, trash_documents

FIRST_PAGES = 100  # a document may have thousands


class TrashFilter(admin.SimpleListFilter):
    """What is alive is listed first; the trash is asked for."""

    title = _("trash")
    parameter_name = "trash"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        return [("in", _("In the trash")), ("out", _("Not in the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "in":
            return queryset.exclude(trashed=None)
        return queryset.filter(trashed=None) if self.value() == "out" else queryset


class PageInline(LookOnly, admin.TabularInline):
    model = Page
    fields = ("number", "width", "height", "turn")
    verbose_name_plural = _("The first pages")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        first = super().get_queryset(request).filter(number__lte=FIRST_PAGES)
        return first.select_related("document")


@admin.register(Document)
class DocumentAdmin(LookOnlyAdmin):
    list_display = (
        "name",
        "workspace",
        "page_count",
        "media_type",
        "file_size",
        "source",
        "created",
        "trashed",
    )
    list_filter = ("source", TrashFilter, WorkspaceFilter)
    search_fields = ("name", "external_id", "sha256__startswith", "id__startswith")
    search_help_text = _("Name, id, external id or the first digits of the SHA-256")
    ordering = ("-created", "-pk")
    inlines = (PageInline,)
    actions = ("trash", "restore")
    fieldsets = (
        (None, {"fields": ("name", "original", "its_jobs", "workspace", "batch")}),
        (
            _("The file"),
            {"fields": ("media_type", "file_size", "page_count", "sha256")},
        ),
        (
            _("How it came"),
            {"fields": ("source", "external_id", "created_by", "created")},
        ),
        (_("Since then"), {"fields": ("updated", "trashed")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("workspace", "batch", "created_by")
        return super().get_queryset(request).select_related(*related)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.original_view)
        name = "documents_document_original"
        return [path("<uuid:pk>/original/", view, name=name), *super().get_urls()]

    def original_view(self, request: HttpRequest, pk: Any) -> FileResponse:
        """The file as it came; always a download, never shown by the browser."""
        document = self.get_object(request, str(pk))
        if document is None or not self.has_view_permission(request, document):
            raise Http404
        try:
            content = document.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(content, as_attachment=True, filename=document.name)

    def actions_for(self, row: Document) -> tuple[str, ...]:
        return ("restore",) if row.trashed else ("trash",)

    def has_trash_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.delete_document")

    @confirmed(
        description=_("Move to the trash"),
        question=_(
            "These go to the trash, and what is still being read of them is cancelled. "
            "They can be restored until the trash is emptied."
        ),
        permission="trash",
    )
    def trash(self, request: HttpRequest, rows: QuerySet) -> str:
        count = trash_documents(rows.filter(trashed=None))
        return ngettext(
            "%(count)d document is in the trash now.",
            "%(count)d documents are in the trash now.",
            count,
        ) % {"count": count}

    @confirmed(
        description=_("Restore from the trash"),
        question=_("These come back, except where the workspace has the same file."),
        permission="trash",
    )
    def restore(self, request: HttpRequest, rows: QuerySet) -> str:
        count = restore_documents(rows.exclude(trashed=None))
        return ngettext(
            "%(count)d document was restored.",
            "%(count)d documents were restored.",
            count,
        ) % {"count": count}

    @admin.display(description=_("size"), ordering="size")
    def file_size(self, document: Document) -> str:
        return filesizeformat(document.size)

    @admin.display(description=_("original"))
    def original(self, document: Document) -> str:
        url = reverse("admin:documents_document_original", args=[document.pk])
        return format_html('<a href="{}">{}</a>', url, _("Download"))

    @admin.display(description=_("jobs"))
    def its_jobs(self, document: Document) -> str:
        return list_link(Job, _("Show its jobs"), document__id__exact=document.pk)
