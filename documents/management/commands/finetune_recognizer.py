"""manage.py finetune_recognizer: a recogniser for OpenOCR, from one's own lines."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.management.progress import Progress
from engines import OcrError, training

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
BEGINNING = ("base", "architecture", "epochs", "minutes", "seed")


class Command(BaseCommand):
    help = (
        "Train a recogniser for the engine openocr on lines with their text. FOLDER "
        "has labels.tsv or labels.txt (picture, tab, text), truth.jsonl (pages with "
        "boxes), or pictures with .gt.txt or .txt beside them. One line in ten is held "
        "out to measure by. Broken off anywhere, it goes on by --resume."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("folder", type=Path)
        add("--name", required=True, help="of the new recogniser")
        add(
            "--from",
            dest="base",
            metavar="BASE",
            help="a recogniser, a file .safetensors or .pth, or random (default: "
            "OpenOCR's own weights where they are here, else random)",
        )
        add("--architecture", choices=("repsvtr", "svtrv2"), help="default: repsvtr")
        long = parser.add_mutually_exclusive_group()
        long.add_argument("--epochs", type=int, metavar="N", help="default: 20")
        long.add_argument("--minutes", type=float, metavar="M", help="as many as go in")
        add("--seed", type=int, metavar="S")
        add("--resume", action="store_true", help="go on where it was broken off")

    def handle(self, **options: Any) -> None:
        wishes = wishes_of(options)
        progress = Progress(self.stdout)

        def say(words: str) -> None:
            progress.end()
            self.stdout.write(words)
            self.stdout.flush()

        try:
            training.finetune_recogniser(wishes, progress.show, say)
        except KeyboardInterrupt:
            progress.end()
            self.stderr.write("Stopped. The same command with --resume goes on.")
            sys.exit(INTERRUPTED)
        except OcrError as error:
            progress.end()
            raise CommandError(str(error)) from error
        say(f"Read with it: engine openocr, option recogniser={options['name']}")


def wishes_of(options: dict[str, Any]) -> dict[str, Any]:
    """What was asked; what was not keeps its default.

    Raises:
        CommandError: a number is too small, or goes with no training that goes on.
    """
    given = {name: options[name] for name in BEGINNING if options[name] is not None}
    if options["resume"] and given:
        raise CommandError(
            "--resume goes on as it was begun: give the folder and --name alone."
        )
    for name in ("epochs", "minutes"):
        if given.get(name, 1) <= 0:
            raise CommandError(f"--{name} is too small.")
    if given.get("seed", 0) < 0:
        raise CommandError("--seed is too small.")
    same = {"lines": options["folder"], "name": options["name"]}
    return {**given, **same, "resume": options["resume"]}
