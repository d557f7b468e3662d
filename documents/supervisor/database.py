"""The database made ready: backed up, migrated, with a first user and a sample."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from documents.models import Document
from documents.services.jobs import create_job
from documents.services.uploads import upload
from documents.services.warming import SAMPLE

BACKUPS = 5  # kept; the oldest go


def migrate() -> Path | None:
    """Bring the database up to date; the path of the backup made before, if any."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    has_data = bool(executor.loader.applied_migrations)
    saved = back_up() if has_data and connection.vendor == "sqlite" else None
    call_command("migrate", interactive=False, verbosity=0)
    return saved


def back_up() -> Path:
    """A copy of the SQLite database, consistent even while it is in use."""
    folder = settings.DATA_DIR / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"db-{timezone.now():%Y%m%d-%H%M%S}.sqlite3"
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    path.chmod(0o600)
    for old in sorted(folder.glob("db-*.sqlite3"))[:-BACKUPS]:
        old.unlink()
    return path


def create_first_user() -> tuple[AbstractBaseUser, str] | None:
    """The first user and the password, to be told once; None when there are users."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
    user = users.create_superuser(
        os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin",
        os.environ.get("DJANGO_SUPERUSER_EMAIL", ""),
        password or (made_up := token_urlsafe(12)),
    )
    return user, "" if password else made_up


def load_sample(user: AbstractBaseUser) -> None:
    """Something to look at from the first minute on."""
    with SAMPLE.open("rb") as file:
        document, _made = upload(
            workspace=user.personal_workspace,
            user=user,
            file=File(file),
            name=SAMPLE.name,
            source=Document.Source.SAMPLE,
        )
    create_job(document, user=user)
