"""All secrets sealed anew, with the first key: `manage.py rotate_secrets`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.services.sealing import CannotSeal, rotate


class Command(BaseCommand):
    help = (
        "Seal all secrets with the first of ENCRYPTION_KEYS. Put a new key in front, "
        "run this, and take the old one away."
    )

    def handle(self, **_: Any) -> str:
        try:
            count = rotate()
        except CannotSeal as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        secrets = "1 secret is" if count == 1 else f"{count} secrets are"
        return f"{secrets} sealed with the first key. The other keys open nothing now."
