"""manage.py bench: engines scored on a folder of labelled pages."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from engines import OcrError, bench, get_engine


class Command(BaseCommand):
    help = (
        "Score engines on FOLDER, which holds pages and a truth.jsonl (a line per page:"
        ' {"image", "lines": [{"text", "roi"}]}), and print what they read and cost.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("folder", metavar="FOLDER", type=Path)
        add(
            "--engine",
            action="append",
            metavar="E",
            help="may be given again (default: ppocr); "
            f"{bench.PLAIN} is RapidOCR as it comes",
        )
        add("--limit", type=int, metavar="N", help="only the first N pages")
        add("--json", type=Path, metavar="PATH", help="write the rows here, too")

    def handle(
        self,
        *,
        folder: Path,
        engine: list[str] | None,
        limit: int | None,
        json: Path | None,
        **options: object,
    ) -> None:
        names = list(dict.fromkeys(engine or ["ppocr"]))
        try:
            for name in names:
                if name != bench.PLAIN:
                    get_engine(name)
            rows = bench.score_folder(folder, names, limit, self.show)
        except OcrError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(bench.table(rows))
        if json:
            write_json(json, [asdict(row) for row in rows])

    def show(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} pages", ending="")
            self.stderr.write("\r" if done == total else "", ending="")


def write_json(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
