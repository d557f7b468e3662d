"""Sources as they are after visits, made without visiting anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Connection, Document, Source, SourceItem, SourceRun
from documents.services.sealing import seal

FOLDER = {"folder": "1AbC", "folder_name": "Invoices"}


def made_source(user: User, kind: str = "imap", **columns: Any) -> Source:
    """A mailbox that was visited, unless something else is said."""
    settings = {
        "imap": {"host": "mail.example.org", "user": "scans", "folder": "INBOX"},
        "folder": {"path": "/srv/scans"},
    }
    made = {
        "workspace": user.personal_workspace,
        "owner": user,
        "name": "Scans",
        "settings": settings.get(kind, FOLDER),
        "secrets": seal({"password": "hunter2"}),
        "schedule": "0 * * * *",
        "last_success": timezone.now(),
        "next_run": timezone.now() + timedelta(minutes=20),
        **columns,
    }
    return Source.objects.create(kind=kind, **made)


def made_item(source: Source, state: str = "failed", **columns: Any) -> SourceItem:
    number = source.items.count()
    made = {
        "key": f"key {number}",
        "checksum": "abc",
        "name": f"file {number}.png",
        "next_try": timezone.now(),
        **columns,
    }
    return SourceItem.objects.create(source=source, state=state, **made)


def made_run(source: Source, state: str = "succeeded", **columns: Any) -> SourceRun:
    ended = None if state == "running" else timezone.now()
    return SourceRun.objects.create(
        source=source, state=state, finished=ended, **columns
    )


def made_connection(user: User, account: str = "alice@example.org") -> Connection:
    secrets = seal({"refresh_token": "1//secret"})
    return Connection.objects.create(user=user, account=account, secrets=secrets)


def taken(source: Source, document: Document) -> SourceItem:
    return made_item(source, "taken", name=document.name, document=document)
