"""What the admin pages share: rows to look at, never to edit, and links between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from documents.services.times import span

NOTHING = "–"


class LookOnly:
    """Nothing is added, changed or deleted here; viewing asks for the view right."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HouseAdmin(admin.ModelAdmin):
    """Lists that stay fast at 100,000 rows: no second count, no facets, short pages."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50


class LookOnlyAdmin(LookOnly, HouseAdmin):
    """Rows to look at; what may be done to one stands as buttons on its page."""

    change_form_template = "admin/look_form.html"

    def actions_for(self, row: Any) -> tuple[str, ...]:
        """Names of the actions that make sense for *row* as it is."""
        return ()

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        sensible = self.actions_for(obj)
        context["row_actions"] = [
            (name, description)
            for name, (_act, _name, description) in self.get_actions(request).items()
            if name in sensible
        ]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def link(row: Model | None, text: str = "") -> str:
    """A link to the admin page of *row*."""
    if row is None:
        return NOTHING
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), text or row)


def list_link(model: type[Model], text: str, **filters: Any) -> str:
    """A link to the admin list of *model*, narrowed by *filters*."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    url = reverse(name, query=filters)
    return format_html('<a href="{}">{}</a>', url, text)


def state_word(state: str, label: str) -> str:
    """A state in words; its colour only says it again."""
    return format_html('<span class="state {}">{}</span>', state, label)


def short(text: str) -> str:
    """*text* cut to what a list has room for."""
    return truncatechars(text, 60)


def took(started: datetime | None, finished: datetime | None) -> str:
    """How long something took, or has been taking."""
    if started is None:
        return NOTHING
    return span((finished or timezone.now()) - started)


def count_of(rows: QuerySet, owner: str) -> Coalesce:
    """How many of *rows* a listed row has, which they name *owner*.

    A subquery, so that a long list counts for the rows of its one page only.
    """
    own = rows.filter(**{owner: OuterRef("pk")}).order_by()
    counts = own.values(owner).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)
