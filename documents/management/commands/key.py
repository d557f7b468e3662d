"""A new API key, alone on stdout: `manage.py key USERNAME NAME`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from documents.services.keys import SCOPES, create_key


class Command(BaseCommand):
    help = "Make an API key and print it: it is shown this one time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="what the key is for")
        parser.add_argument(
            "--scopes", default=",".join(SCOPES), help="default: %(default)s"
        )

    def handle(self, *, username: str, name: str, scopes: str, **_: Any) -> str:
        users = get_user_model().objects
        try:
            user = users.get_by_natural_key(username)
        except users.model.DoesNotExist:
            raise CommandError(f"There is no user “{username}”.") from None
        try:
            return create_key(user, name=name, scopes=scopes.split(","))[1]
        except ValueError as error:
            raise CommandError(f"--scopes {scopes}: {error}.") from None
