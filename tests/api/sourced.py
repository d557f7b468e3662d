"""A source that is asked for over the API, and how it is shown."""

from __future__ import annotations

from documents.models import Source
from tests.sources.fakes import SECRET

URL = "/api/v1/sources/"
WISH = {
    "kind": "fake",
    "name": "Scans",
    "settings": {"folder": "inbox", "password": SECRET},
}


def z(moment) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def told(source: Source, **other: object) -> dict[str, object]:
    """How *source* is shown, but for what is *other*."""
    source.refresh_from_db()
    return {
        "id": str(source.pk),
        "name": "Scans",
        "kind": "fake",
        "workspace": str(source.workspace_id),
        "owner": source.owner_id,
        "settings": {"folder": "inbox", "depth": 3},
        "secrets": ["password"],
        "connection": None,
        "engine": "",
        "languages": [],
        "template": "auto",
        "tags": [],
        "schedule": "",
        "paused": False,
        "running": False,
        "last_success": None,
        "next_run": z(source.next_run),
        "failures": 0,
        "error": "",
        "counts": {"waiting": 0, "taken": 0, "failed": 0, "skipped": 0},
        "created": z(source.created),
        "updated": z(source.updated),
        **other,
    }
