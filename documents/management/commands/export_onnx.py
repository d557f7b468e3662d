"""manage.py export_onnx: networks that were trained, as ONNX, compared with torch."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engines import OcrError, training


class Command(BaseCommand):
    help = (
        "Export OpenOCR's recognisers (RepSVTR, SVTRv2) and our digit models to ONNX, "
        "of any width and batch. Each is compared with torch on noise and on drawn "
        "lines; where they differ by more than 0.0001, no file is left."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add(
            "models",
            nargs="*",
            metavar="MODEL",
            help="a recogniser's name, digits (the model that comes along), or "
            "digits/NAME (default: all that lie among the models)",
        )
        add("--out", type=Path, metavar="FOLDER", help="default: beside the weights")
        add("--check", action="store_true", help="compare what was exported, only")

    def handle(self, **options: Any) -> None:
        out = options["out"] and options["out"].resolve()
        try:
            training.export_onnx(
                options["models"], out, options["check"], self.stdout.write
            )
        except OcrError as error:
            raise CommandError(str(error)) from error
