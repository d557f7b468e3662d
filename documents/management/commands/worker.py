"""manage.py worker: one worker process, for those who run no ``up``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from documents.worker.cluster import run


class Command(BaseCommand):
    help = "Read pages until stopped. `up` starts as many of these as WORKERS says."

    def handle(self, *args: Any, **options: Any) -> None:
        run()
