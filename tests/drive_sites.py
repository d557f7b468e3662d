"""A whole site with a folder of a made Google as its source."""

from __future__ import annotations

from collections import Counter

from tests.drive_accounts import ROBOT
from tests.drive_files import File
from tests.drive_server import Google
from tests.fakes import scan
from tests.processes.site import Site, kill, wait_for

MAKE = """
from django.contrib.auth.models import User
from documents.services.sources import create_source
admin = User.objects.get(username="admin")
print(create_source(
    admin.personal_workspace, owner=admin, kind="drive-service", name="Drive",
    values={{"folder": {folder!r}, "key": {key!r}}}, engine="fine",
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


class Watched:
    """A folder with *count* scans, and the site that watches it."""

    def __init__(self, site: Site, google: Google, count: int) -> None:
        self.site, self.google = site, google
        self.folder = google.cloud.folder("Scans", readers={ROBOT})
        self.contents = (scan(1 + n // 256, n % 256) for n in range(10_000))
        self.files = [self.put(f"{number:03}.tiff") for number in range(count)]
        self.killed: set[int] = set()
        key = google.accounts.key_file()
        self.shell(MAKE.format(folder=self.folder.id, key=key))

    def put(self, name: str) -> File:
        content = next(self.contents)
        return self.google.cloud.add(name, content, parent=self.folder.id)

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

    def items(self) -> dict[str, int]:
        return dict(
            self.site.rows(
                "SELECT state, count(*) FROM documents_sourceitem GROUP BY 1"
            )
        )

    def documents(self) -> Counter[str]:
        """How many documents there are of each name."""
        rows = self.site.rows(
            "SELECT name FROM documents_document WHERE source = 'drive'"
        )
        return Counter(name for (name,) in rows)

    def jobs(self) -> Counter[int]:
        """How many documents have how many jobs."""
        query = (
            "SELECT count(j.id) FROM documents_document d"
            " LEFT JOIN documents_job j ON j.document_id = d.id"
            " WHERE d.source = 'drive' GROUP BY d.id"
        )
        return Counter(count for (count,) in self.site.rows(query))
