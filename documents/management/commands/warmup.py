"""manage.py warmup: load engines once, and see how long it takes."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import engines
from documents.services.warming import SAMPLE


class Command(BaseCommand):
    help = "Load engines and read the sample with each: a check that all is in place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("engines", nargs="*", help="default: those of WARM_ENGINES")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["engines"] or settings.WARM_ENGINES
        failed = [name for name in names if not self.warm(name)]
        if failed:
            raise CommandError(f"Not ready: {', '.join(failed)}.")

    def warm(self, name: str) -> bool:
        start = time.perf_counter()
        try:
            engines.get_engine(name).warm_up()
            engines.read_page(SAMPLE, engine=name)
        except engines.OcrError as error:
            self.stderr.write(f"{name}: {error}")
            return False
        self.stdout.write(f"{name}: ready in {time.perf_counter() - start:.1f} s")
        return True
