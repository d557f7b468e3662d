"""manage.py worker: one worker process, for those who run no ``up``."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from documents.worker.cluster import run


class Command(BaseCommand):
    help = "Read pages until stopped. `up` starts as many of these as WORKERS says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--class",
            dest="engine_class",
            choices=list(settings.CLUSTERS),
            default=settings.WORKER_CLASS,
            help="of the engines that it reads with; default: %(default)s",
        )

    def handle(self, *args: Any, engine_class: str, **options: Any) -> None:
        if engine_class != settings.WORKER_CLASS:
            # The queue's library has read its settings by now: begin anew.
            os.environ["WORKER_CLASS"] = engine_class
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        run()
