"""manage.py train_digits: readers of numbers, trained anew or on from corrections."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.management.progress import Progress
from documents.services.training import (
    EVERY,
    Corrections,
    UnknownWorkspace,
    workspaces_named,
)
from documents.services.weights import models_folder
from engines import OcrError, digits, training

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
TUNED = "tuned"
LEAST = {"minutes": 0, "seed": 0}  # of the others, one


class Command(BaseCommand):
    help = (
        "Train a reader of numbers from drawn samples (--model), or the one that is "
        "read with on from what people corrected (--from-corrections). Ctrl-C stops "
        "it; --resume goes on."
    )
    requires_system_checks: list[str] = []  # a model that is missing is trained here

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--model",
            choices=("cnn", "line"),
            help="line: the reader of lines; cnn: the classifier of single digits",
        )
        what.add_argument("--from-corrections", action="store_true")
        add(
            "--workspace",
            action="append",
            metavar="NAME",
            help=f"whose corrections; may be given again (default: {EVERY})",
        )
        add("--out", type=Path, metavar="FOLDER", help="where the model goes")
        add("--samples", type=int, metavar="N", help="of cnn: a class and epoch")
        add("--minutes", type=float, metavar="M", help="end so early (not of cnn)")
        add("--seed", type=int, metavar="S")
        add("--judged", type=int, metavar="N", help="crops a level in the figures")
        add("--resume", action="store_true", help="go on where it was stopped")

    def handle(self, **options: Any) -> None:
        model = options["model"] or TUNED
        wishes = wishes_of(options)
        progress = Progress(self.stdout)
        folder = None
        try:
            folder = folder_for(model, options["out"], options["resume"])
            self.stdout.write(f"Into {folder}")
            if model == TUNED:
                self.tune(folder, wishes, progress, options)
            else:
                self.train(folder, model, wishes, progress, options["resume"])
        except KeyboardInterrupt:
            progress.end()
            begun = folder and folder.is_dir()
            more = f" Go on with: {going_on(model, folder)}" if begun else ""
            self.stderr.write(f"Stopped.{more}")
            sys.exit(INTERRUPTED)
        except (OcrError, UnknownWorkspace) as error:
            progress.end()
            raise CommandError(str(error)) from error

    def train(
        self,
        folder: Path,
        model: str,
        wishes: dict[str, Any],
        progress: Progress,
        resume: bool,
    ) -> None:
        words = training.train_digits(folder, model, wishes, resume, progress.show)
        progress.end()
        self.stdout.write(words)
        if model == "line":
            self.stdout.write(f"Read with it by: DIGITS_MODEL={setting_for(folder)}")

    def tune(
        self,
        folder: Path,
        wishes: dict[str, Any],
        progress: Progress,
        options: dict[str, Any],
    ) -> None:
        corrections = Corrections(workspaces_named(options["workspace"] or [EVERY]))

        def say(words: str) -> None:
            progress.end()
            self.stdout.write(words)
            if corrections.gone:
                gone = corrections.gone
                self.stdout.write(f"Left out, because the crop is gone: {gone}.")
                corrections.gone = 0

        is_better = training.tune_digits(
            folder, corrections, wishes, options["resume"], progress.show, say
        )
        if is_better:
            self.stdout.write(f"Read with it by: DIGITS_MODEL={setting_for(folder)}")


def wishes_of(options: dict[str, Any]) -> dict[str, Any]:
    """What was asked of the plan; what was not keeps its default.

    Raises:
        CommandError: a number is too small, or the options do not go together.
    """
    wishes = {
        name: options[name]
        for name in ("samples", "minutes", "seed", "judged")
        if options[name] is not None
    }
    for name, number in wishes.items():
        if number < LEAST.get(name, 1):
            raise CommandError(f"--{name} is too small.")
    if options["model"] == "cnn" and "minutes" in wishes:
        raise CommandError("--minutes is none of cnn: it runs its epochs to the end.")
    if options["model"] and options["workspace"]:
        raise CommandError("--workspace goes with --from-corrections.")
    return wishes


def folder_for(model: str, out: Path | None, resume: bool) -> Path:
    """Where to train: as wished, where the last one was stopped, or a new folder.

    Raises:
        OcrError: there is none to go on with.
    """
    if out:
        return out.resolve()
    models = models_folder()
    if resume:
        return training.unfinished_training(models, model)
    return digits.free_folder(models, f"{model}-{date.today().isoformat()}")


def going_on(model: str, folder: Path | None) -> str:
    """The command that goes on with a training that was stopped."""
    what = "--from-corrections" if model == TUNED else f"--model {model}"
    return f"manage.py train_digits {what} --out {folder} --resume"


def setting_for(folder: Path) -> str:
    """What DIGITS_MODEL says to read with the model in *folder*."""
    is_here = folder.parent == models_folder()
    return folder.name if is_here else str(folder)
