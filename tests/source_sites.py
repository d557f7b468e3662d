"""A whole site with one source: visited, hurt, and looked at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.processes.site import Site, kill, wait_for

MAKE = """
import json
from django.contrib.auth.models import User
from documents.services.sources import create_source
admin = User.objects.get(username="admin")
print(create_source(
    admin.personal_workspace, owner=admin, kind={kind!r}, name="Source",
    values=json.loads({values!r}), engine="fine",
).pk)
"""
VISIT = """
from documents.models import Source
from documents.services.sources import resume, sync_now
source = Source.objects.get()
resume(source)
print(sync_now(source))
"""
RESTING = (
    "SELECT count(*) FROM documents_source s WHERE busy_until IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM documents_sourcerun r WHERE r.source_id = s.id"
    " AND r.state = 'running')"
)


class SourceSite:
    """*site*, and its only source; documents of it have come from *origin*."""

    def __init__(
        self, site: Site, kind: str, values: Mapping[str, Any], origin: str
    ) -> None:
        self.site, self.origin = site, origin
        self.killed: set[int] = set()
        self.shell(MAKE.format(kind=kind, values=json.dumps(values)))

    def shell(self, program: str) -> str:
        return self.site.command("shell", "-v0", "-c", program).strip()

    def visit(self) -> None:
        """Ask for a visit, as its owner does with a button."""
        assert self.shell(VISIT) == "True"

    def rest(self, patience: float) -> None:
        """Wait until no visit is under way."""
        wait_for(self.is_at_rest, patience)

    def is_at_rest(self) -> bool:
        return self.site.rows(RESTING) == [(1,)]

    def worker(self) -> int:
        """The process that is at the source, or would be: one that was not killed."""
        query = "SELECT pid FROM documents_worker WHERE engine_class = 'network'"
        found: list[int] = []

        def appears() -> bool:
            found[:] = [pid for (pid,) in self.site.rows(query)]
            return bool(set(found) - self.killed)

        wait_for(appears, 60)
        return (set(found) - self.killed).pop()

    def kill_worker(self) -> None:
        pid = self.worker()
        self.killed.add(pid)
        kill(pid)

    # What came of it

    def taken(self) -> int:
        return self.items().get("taken", 0)

    def items(self) -> dict[str, int]:
        return dict(
            self.site.rows(
                "SELECT state, count(*) FROM documents_sourceitem GROUP BY 1"
            )
        )

    def documents(self) -> Counter[str]:
        """How many documents there are of each name."""
        query = "SELECT name FROM documents_document WHERE source = ?"
        return Counter(name for (name,) in self.site.rows(query, self.origin))

    def jobs(self) -> Counter[int]:
        """How many documents have how many jobs."""
        query = (
            "SELECT count(j.id) FROM documents_document d"
            " LEFT JOIN documents_job j ON j.document_id = d.id"
            " WHERE d.source = ? GROUP BY d.id"
        )
        return Counter(count for (count,) in self.site.rows(query, self.origin))
