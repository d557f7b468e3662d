"""manage.py sweep: what died, hangs or was lost is set going again."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from documents.services.housekeeping import tidy_up
from documents.services.sweep import sweep


class Command(BaseCommand):
    help = "Set lost pages, hung workers and stuck jobs going again. `up` does it too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="go on for ever, with pauses; without it, sweep once",
        )

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        self.stdout.write(str(sweep()))
        tidy_up()
        while every:
            time.sleep(every)
            sweep()
            tidy_up()
