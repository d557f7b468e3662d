"""A whole site with a folder of a made Google as its source."""

from __future__ import annotations

from tests.drive_accounts import ROBOT
from tests.drive_files import File
from tests.drive_server import Google
from tests.fakes import scan
from tests.processes.site import Site
from tests.source_sites import SourceSite


class Watched(SourceSite):
    """A folder with *count* scans, and the site that watches it."""

    def __init__(self, site: Site, google: Google, count: int) -> None:
        self.google = google
        self.folder = google.cloud.folder("Scans", readers={ROBOT})
        self.contents = (scan(1 + n // 256, n % 256) for n in range(10_000))
        self.files = [self.put(f"{number:03}.tiff") for number in range(count)]
        values = {"folder": self.folder.id, "key": google.accounts.key_file()}
        super().__init__(site, "drive-service", values, origin="drive")

    def put(self, name: str) -> File:
        content = next(self.contents)
        return self.google.cloud.add(name, content, parent=self.folder.id)
