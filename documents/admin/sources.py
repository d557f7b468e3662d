"""Sources, accounts and webhooks: how they fare; no secret is ever shown."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from documents.admin.base import (
    LookOnlyAdmin,
    link,
    list_link,
    short,
    state_word,
    took,
)
from documents.admin.filters import WorkspaceFilter
from documents.models import (
    Connection,
    Source,
    SourceItem,
    SourceRun,
    Webhook,
    WebhookDelivery,
)
from documents.services.sources import kept_secrets, waits_for_somebody


class ShortError:
    """What went wrong, as far as a list has room for it."""

    @admin.display(description=_("error"))
    def short_error(self, row: Source | SourceRun | SourceItem) -> str:
        return short(row.error)


class ItsState:
    """The state of a row that has choices for it."""

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, row: SourceRun | SourceItem | WebhookDelivery) -> str:
        return state_word(row.state, row.get_state_display())


@admin.register(Source)
class SourceAdmin(ShortError, LookOnlyAdmin):
    list_display = (
        *("name", "kind", "state_now", "workspace", "owner"),
        *("last_success", "next_run", "short_error"),
    )
    list_filter = ("paused", WorkspaceFilter)
    list_select_related = ("workspace", "owner")
    search_fields = ("name", "id__startswith", "owner__username")
    search_help_text = _("Its name, its id, or its owner")
    ordering = ("-created", "-pk")
    fields = (
        *("name", "kind", "state_now", "workspace", "owner", "connection"),
        *("settings", "secret_names", "schedule", "last_success", "next_run"),
        *("busy_until", "failures", "error", "created", "its_runs", "its_items"),
    )

    @admin.display(description=_("state"))
    def state_now(self, source: Source) -> str:
        if source.paused:
            return state_word("cancelled", _("paused"))
        if source.busy_until:
            return state_word("running", _("under way"))
        if waits_for_somebody(source):
            return state_word("failed", _("waits for somebody"))
        if source.error:
            return state_word("failed", _("failed"))
        return state_word("succeeded", _("fine"))

    @admin.display(description=_("secrets that are kept"))
    def secret_names(self, source: Source) -> str:
        return ", ".join(kept_secrets(source))

    @admin.display(description=_("visits"))
    def its_runs(self, source: Source) -> str:
        return list_link(SourceRun, _("Show its visits"), source__id__exact=source.pk)

    @admin.display(description=_("files"))
    def its_items(self, source: Source) -> str:
        return list_link(SourceItem, _("Show its files"), source__id__exact=source.pk)


@admin.register(SourceRun)
class SourceRunAdmin(ItsState, ShortError, LookOnlyAdmin):
    list_display = (
        *("source", "state_now", "found", "taken", "failed"),
        *("started", "duration", "short_error"),
    )
    list_filter = ("state",)
    list_select_related = ("source",)
    search_fields = ("source__name",)
    ordering = ("-pk",)
    fields = (
        *("source_link", "state_now", "has_looked", "found", "taken", "failed"),
        *("started", "finished", "error"),
    )

    @admin.display(description=_("took"))
    def duration(self, run: SourceRun) -> str:
        return took(run.started, run.finished)

    @admin.display(description=_("source"))
    def source_link(self, run: SourceRun) -> str:
        return link(run.source)


@admin.register(SourceItem)
class SourceItemAdmin(ItsState, ShortError, LookOnlyAdmin):
    list_display = (
        *("name", "source", "state_now", "attempts", "next_try"),
        *("settled", "updated", "short_error"),
    )
    list_filter = ("state", "settled")
    list_select_related = ("source",)
    search_fields = ("name", "source__name")
    ordering = ("-pk",)
    fields = (
        *("name", "source_link", "document_link", "key", "checksum", "place"),
        *("state_now", "attempts", "next_try", "settled", "error"),
        *("created", "updated"),
    )

    @admin.display(description=_("source"))
    def source_link(self, item: SourceItem) -> str:
        return link(item.source)

    @admin.display(description=_("document"))
    def document_link(self, item: SourceItem) -> str:
        return link(item.document)


@admin.register(Connection)
class ConnectionAdmin(LookOnlyAdmin):
    list_display = ("account", "service", "user", "created", "trouble")
    list_select_related = ("user",)
    search_fields = ("account", "user__username")
    ordering = ("-created", "-pk")
    fields = list_display


@admin.register(Webhook)
class WebhookAdmin(LookOnlyAdmin):
    list_display = (
        *("__str__", "host", "wanted", "active", "failures", "workspace"),
        *("last_success", "next_try", "trouble"),
    )
    list_filter = ("active", WorkspaceFilter)
    list_select_related = ("workspace",)
    search_fields = ("name", "url", "id__startswith")
    ordering = ("-created", "-pk")
    fields = (
        *("name", "url", "wanted", "active", "trouble", "workspace", "owner"),
        *("failures", "failing_since", "next_try", "busy_until", "last_success"),
        *("created", "its_deliveries"),
    )

    @admin.display(description=_("host"))
    def host(self, hook: Webhook) -> str:
        return urlsplit(hook.url).hostname or ""

    @admin.display(description=_("events"))
    def wanted(self, hook: Webhook) -> str:
        return ", ".join(hook.events)

    @admin.display(description=_("calls"))
    def its_deliveries(self, hook: Webhook) -> str:
        words = _("Show what was sent to it")
        return list_link(WebhookDelivery, words, webhook__id__exact=hook.pk)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ItsState, LookOnlyAdmin):
    list_display = (
        *("event", "webhook", "state_now", "tries", "answer"),
        *("next_try", "created", "finished"),
    )
    list_filter = ("state",)
    list_select_related = ("webhook",)
    search_fields = ("id__startswith", "webhook__name", "webhook__url")
    ordering = ("-created", "-pk")
    fields = (*list_display, "attempts")

    @admin.display(description=_("last answer"))
    def answer(self, delivery: WebhookDelivery) -> str:
        if not delivery.attempts:
            return link(None)
        last = delivery.attempts[-1]
        return short(str(last.get("status") or last.get("error", "")))
