"""manage.py models: what engines read with: list it, bring it, try it. No database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

import engines
from documents.services.models import (
    EngineModels,
    ModelState,
    all_models,
    as_json,
    wanted_models,
)
from engines import models

ACTIONS = ("install", "check")
ORIGINS = {
    "setting": "a setting",
    "folder": "the models",
    "hub": "the hub's cache",
    "package": "a package",
    "system": "the system",
}
USAGE = """
  models [ENGINE]                              what is here, what is missing
  models install ENGINE [NAME] [--from PATH|HUB-ID] [--revision REVISION]
  models install tesseract --lang CODE [--from FILE.traineddata]
  models check [ENGINE ...]                    load each and read a test card
"""


class Command(BaseCommand):
    help = "The files that engines read with: list them, install them, check them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.usage = USAGE
        add = parser.add_argument
        add("words", nargs="*", metavar="install|check|ENGINE")
        add("--json", action="store_true", help="for programs")
        add("--from", dest="source", default="", help="a folder, file or hub id")
        add("--revision", default="", help="of the hub id; default: the pinned one")
        add("--lang", default="", help="a language of Tesseract: fra, chi_sim")

    def handle(self, *, words: list[str], **options: Any) -> None:
        action = words[0] if words and words[0] in ACTIONS else "show"
        names = words if action == "show" else words[1:]
        try:
            getattr(self, action)(names, options)
        except engines.OcrError as error:
            raise CommandError(str(error)) from None

    def show(self, names: list[str], options: dict[str, Any]) -> None:
        rows = all_models(names)
        if options["json"]:
            said = json.dumps([as_json(row) for row in rows], ensure_ascii=False)
            self.stdout.write(said)
            return
        for row in rows:
            self.stdout.write("\n".join(lines_of(row)))

    def install(self, names: list[str], options: dict[str, Any]) -> None:
        if not 1 <= len(names) <= 2:
            raise CommandError("Say which engine: models install ENGINE [NAME].")
        source, revision = options["source"], options["revision"]
        if names[0] == "tesseract":
            code = options["lang"] or (names[1:] or [""])[0]
            if not code:
                raise CommandError("Say which language: --lang fra.")
            self.tell(models.install_language(code, source, self.stdout.write))
            return
        if options["lang"]:
            raise CommandError("Languages are Tesseract's: models install tesseract.")
        wanted = wanted_models(*names)
        if source and len(wanted) > 1:
            choices = ", ".join(model.name for model in wanted)
            raise CommandError(f"Say which of its models this is: {choices}.")
        for model in wanted:
            self.tell(models.install(model, source, revision))

    def tell(self, found: models.Standing) -> None:
        if not found.ok:
            raise CommandError(f"{found.trouble} {found.remedy}".strip())
        self.stdout.write(f"{found.model.title} is in {found.path}.")

    def check(self, names: list[str], options: dict[str, Any]) -> None:
        failed = 0
        found = []
        for name in names or usual_engines():
            one = models.check(name)
            found.append(one)
            failed += not one.ok
            if not options["json"]:
                self.stdout.write(line_of(one))
                self.stdout.flush()
        if options["json"]:
            self.stdout.write(json.dumps([check_as_json(one) for one in found]))
        if failed:
            sys.exit(1)


def usual_engines() -> Iterable[str]:
    """Those that should run: the default, and all others that this machine's processor
    runs and that are installed."""
    for name in engines.engine_names():
        engine = engines.get_engine(name)
        is_own = engines.traits_of(engine).runs_on == "cpu" and engine.availability().ok
        if is_own or name == settings.DEFAULT_ENGINE:
            yield name


def lines_of(row: EngineModels) -> Iterable[str]:
    yield row.name
    if row.lacks_more:
        yield f"  {row.availability.reason}"
        yield f"    {row.availability.remedy}"
    if not row.models:
        yield "  needs no files of its own"
    for state in row.models:
        yield from lines_of_model(state)


def lines_of_model(state: ModelState) -> Iterable[str]:
    model, found = state.model, state.standing
    size = filesizeformat(state.size).replace("\xa0", " ") if state.size else ""
    about = ", ".join(filter(None, (size, model.licence, model.hub)))
    yield f"  {model.name}: {state.state}" + (f" ({about})" if about else "")
    if found.ok:
        yield f"    in {ORIGINS[found.origin]}: {found.path}"
        return
    if state.state == "optional":  # there may be many
        yield f"    {found.remedy}"
        return
    yield f"    {found.trouble}"
    for origin, place in state.places.items():
        yield f"    looked for in {ORIGINS[origin]}: {place}"
    if found.remedy:
        yield f"    {found.remedy}"


def line_of(one: models.Check) -> str:
    recall = "–" if one.recall is None else f"{one.recall:.0%}"
    state = "OK" if one.ok else f"not OK: {one.trouble}"
    return f"{one.engine:12} {recall:>5} {one.seconds:7.1f} s  {state}"


def check_as_json(one: models.Check) -> dict[str, Any]:
    return {
        "engine": one.engine,
        "ok": one.ok,
        "recall": one.recall,
        "seconds": round(one.seconds, 3),
        "trouble": one.trouble,
    }
