"""manage.py train_tesseract: a language of numbers for Tesseract, from nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.management.progress import Progress
from engines import OcrError, training

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
NAME = "ardigit"


class Command(BaseCommand):
    help = (
        "Train a language of Arabic-Indic, Persian and Western numbers for Tesseract, "
        "measure it, and offer it to the engine tesseract. Ctrl-C stops it; the same "
        "command goes on."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--name", default=NAME, help="of the language (default: %(default)s)")
        add(
            "--iterations",
            type=int,
            metavar="N",
            help="lines shown in all; the rate of learning falls towards the last",
        )
        add("--minutes", type=float, metavar="M", help="end so early, to go on later")
        add("--lines", type=int, metavar="N", help="the most that is drawn of a kind")
        add("--fresh", action="store_true", help="begin anew, not where it stopped")
        add(
            "--whole",
            action="store_true",
            help="whole numbers for weights: smaller, faster, and less often right",
        )
        add("--folder", type=Path, help="lines and checkpoints; else in DATA_DIR")
        add("--levels", default="clean,medium", help="default: %(default)s")
        add("--judged", type=int, default=500, metavar="N", help="strings a level")
        add("--json", type=Path, metavar="PATH", help="write all figures here, too")

    def handle(self, **options: Any) -> None:
        progress = Progress(self.stdout)

        def say(words: str) -> None:
            progress.end()
            self.stdout.write(words)
            self.stdout.flush()

        try:
            figures = training.train_tesseract(
                plan_of(options), wishes_of(options), progress.show, say
            )
        except KeyboardInterrupt:
            progress.end()
            self.stderr.write("Stopped. The same command goes on from here.")
            sys.exit(INTERRUPTED)
        except OcrError as error:
            progress.end()
            raise CommandError(str(error)) from error
        if options["json"]:
            write(options["json"], figures)


def plan_of(options: dict[str, Any]) -> dict[str, Any]:
    """What was asked of the training; what was not keeps its default."""
    same = ("name", "iterations", "minutes", "lines")
    plan = {name: options[name] for name in same if options[name] is not None}
    return {**plan, "is_whole": options["whole"]}


def wishes_of(options: dict[str, Any]) -> dict[str, Any]:
    folder = options["folder"] or settings.DATA_DIR / "training" / "tesseract"
    return {
        "folder": folder.resolve(),
        "models": settings.MODELS_ROOT / "tesseract",
        "levels": tuple(options["levels"].split(",")),
        "judged": options["judged"],
        "is_fresh": options["fresh"],
    }


def write(path: Path, figures: dict[str, Any]) -> None:
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
