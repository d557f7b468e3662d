"""manage.py bench_digits: how well numbers are read, beside other engines."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engines import OcrError, training

FOLDERS = {
    "model": "weights other than those that are read with",
    "cache": "keep the drawn test set here, for the next time",
    "worst": "write pictures of what was read wrongly here",
    "numbers": "scans of bare numbers: truth.jsonl with image, text, value",
    "lines": "scans of Arabic lines: truth.jsonl with image, text",
    "invoice": "a form and truth.json with fields: name, roi, text, value",
}


class Command(BaseCommand):
    help = (
        "Measure the reading of numbers: on typefaces that training never saw, on real "
        "scans, on blank paper, and what it costs; each engine on the same crops."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--levels", default="clean,medium,hard", help="default: %(default)s")
        add("--count", type=int, default=2000, help="strings a level; 0: none")
        add("--display-count", type=int, default=400, help="of display faces")
        add("--baseline-count", type=int, default=300, help="for engines of others")
        add(
            "--engine",
            action="append",
            metavar="E",
            help="may be given again: digits, network (the line reader alone), or an "
            "engine with its languages, as tesseract:ara+eng",
        )
        add(
            "--line-engine",
            action="append",
            metavar="E",
            help="as --engine, for --lines (default: arabic and tesseract:ara)",
        )
        add("--blank", type=int, default=0, metavar="N", help="so many blank crops")
        add("--speed", action="store_true", help="time and memory of a fresh process")
        add("--json", type=Path, metavar="PATH", help="write all figures here, too")
        add("--freeze", action="store_true", help="note how the test set begins now")
        for name, text in FOLDERS.items():
            add(f"--{name}", type=Path, metavar="FOLDER", help=text)

    def handle(self, *, freeze: bool, json: Path | None, **options: Any) -> None:
        try:
            if freeze:
                training.freeze_digits()
            figures = training.bench_digits(self.say, **wishes(options))
        except OcrError as error:
            raise CommandError(str(error)) from error
        if json:
            write(json, figures)

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def wishes(options: dict[str, Any]) -> dict[str, Any]:
    """What ``training.bench_digits`` is asked for."""
    same = ("count", "display_count", "baseline_count", "blank", "speed")
    given = {name: options[name] for name in (*same, *FOLDERS)}
    given["levels"] = tuple(options["levels"].split(","))
    for name in ("engine", "line_engine"):
        if options[name]:
            given[f"{name}s"] = tuple(dict.fromkeys(options[name]))
    return given


def write(path: Path, figures: dict[str, Any]) -> None:
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
