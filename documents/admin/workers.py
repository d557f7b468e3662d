"""Workers: rows that write themselves by heartbeat."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.admin.base import LookOnlyAdmin
from documents.models import Worker


@admin.register(Worker)
class WorkerAdmin(LookOnlyAdmin):
    list_display = (
        "host",
        "pid",
        "warm",
        "warm_engines",
        "resident",
        "started",
        "seen",
    )
    list_filter = ("warm",)
    search_fields = ("host", "=pid")
    ordering = ("-seen",)
    fields = list_display

    @admin.display(description=_("engines"))
    def warm_engines(self, worker: Worker) -> str:
        return ", ".join(worker.engines)

    @admin.display(description=_("memory"), ordering="memory")
    def resident(self, worker: Worker) -> str:
        return filesizeformat(worker.memory)
