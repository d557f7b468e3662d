"""manage.py import: files and folders into a workspace, to be read by the workers."""

# ruff: noqa: N999 - a command is called by the name of its module

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

import engines
from documents.management.importing import Importer
from documents.management.sources import find_sources
from documents.models import RoiTemplate, Workspace
from documents.services.descriptions import describes, no_reader
from documents.services.engines import availability
from documents.services.intake import batch_called
from documents.services.tables import FORMATS
from documents.services.tags import InvalidTag, checked_all

AUTO = "auto"
INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
NAME_LENGTH = 200  # of a batch


class Command(BaseCommand):
    help = (
        "Bring files, and the pictures and PDFs in folders, into a workspace, and have "
        "the workers read them. It may be stopped at any moment and started again: "
        "each file becomes one document with one job."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("paths", nargs="+", type=Path, metavar="PATH")
        add("--user", required=True, help="whose documents they become")
        add("--workspace", help="its id or name; default: the user's own")
        add("--batch", help="what they are shown under; default: the paths")
        add("--engine", default=settings.DEFAULT_ENGINE, help="default: %(default)s")
        add(
            "--languages",
            default=",".join(settings.DEFAULT_LANGUAGES),
            help="with commas; default: %(default)s",
        )
        add("--template", help=f"its id or name, or {AUTO}: the one that fits")
        add("--text", action="store_true", help="read the text too, beside the fields")
        add("--tag", action="append", default=[], help="may be given again")
        add("--wait", action="store_true", help="stay until all are read")
        add(
            "--as",
            dest="form",
            choices=list(engines.EXPORTS),
            help="with --wait: write what was read. With a template, "
            f"{', '.join(FORMATS)} are one table of all records; everything else is "
            "a file of each document's text",
        )
        add("--out", help="where --as goes: a file for a table, else a folder")

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        if options["form"] and not options["wait"]:
            raise CommandError("Say --wait too: --as writes what has been read.")
        user = user_called(options["user"])
        workspace = workspace_of(user, options["workspace"])
        name = options["batch"] or " ".join(map(str, paths))
        importer = Importer(
            self,
            find_sources(paths),
            batch=batch_called(name[:NAME_LENGTH], workspace, user=user),
            user=user,
            wishes=wishes_of(options, workspace),
            tags=tags_of(options["tag"]),
        )
        try:
            failed = importer.run(options["wait"], options["form"], options["out"])
        except KeyboardInterrupt:
            self.stderr.write("\nStopped. The same command goes on where this ended.")
            sys.exit(INTERRUPTED)
        if failed:
            sys.exit(1)


def user_called(name: str) -> AbstractBaseUser:
    users = get_user_model().objects
    try:
        return users.get_by_natural_key(name)
    except users.model.DoesNotExist:
        raise CommandError(f"There is no user “{name}”.") from None


def workspace_of(user: AbstractBaseUser, wish: str | None) -> Workspace:
    if not wish:
        return user.personal_workspace
    found = Workspace.objects.changeable_by(user).filter(named(wish)).distinct()
    return the_one(found, f"The user may bring nothing into a workspace “{wish}”.")


def wishes_of(options: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """What ``create_job`` takes."""
    engine, template = options["engine"], options["template"]
    if engine not in engines.engine_names():
        names = ", ".join(engines.engine_names())
        raise CommandError(f"There is no engine “{engine}”. Choose one of: {names}.")
    able = availability(engine)
    if not able.ok:
        raise CommandError(f"{able.reason} {able.remedy}".strip())
    if template and describes(engine):
        raise CommandError(no_reader(engine))
    languages = [one.strip() for one in options["languages"].split(",") if one.strip()]
    wishes = {"engine": engine, "languages": languages}
    if not template:
        return wishes
    wishes["text"] = options["text"]
    if template == AUTO:
        return {**wishes, "any_template": True}
    found = RoiTemplate.objects.alive().filter(named(template), workspace=workspace)
    missing = f"The workspace has no layout “{template}”."
    return {**wishes, "template": the_one(found, missing)}


def named(wish: str) -> Q:
    try:
        return Q(pk=UUID(wish))
    except ValueError:
        return Q(name=wish)


def the_one(found: Any, missing: str) -> Any:
    several = list(found[:2])
    if not several:
        raise CommandError(missing)
    if len(several) > 1:
        raise CommandError(f"Several are called “{several[0].name}”: say the id.")
    return several[0]


def tags_of(names: list[str]) -> list[str]:
    try:
        return checked_all(names)
    except InvalidTag as error:
        raise CommandError(str(error)) from None
