"""documents.services.connections.folders: one floor of a Drive at a time"""

from __future__ import annotations

import pytest

from documents.services.connections import Place, folders
from documents.sources import AccessLost, NeedsSomebody, SourceError
from tests.drive_files import top_of
from tests.drive_fixtures import google
from tests.services.consenting import connected

__all__ = ["google"]


def test_folders(alice, google):
    cloud, top = google.cloud, top_of("ada@example.org")
    drive = cloud.drive("Archive", "ada@example.org")
    cloud.drive("Not hers", "grace@example.org")
    scans = cloud.folder("Scans", parent=drive.id)
    theirs = cloud.folder("From Grace", readers={"ada@example.org"})
    within = cloud.folder("Within", parent=theirs.id)
    b, a = cloud.folder("b", parent=top), cloud.folder("A", parent=top)
    cloud.add("no folder", b"", "image/png", parent=top)
    cloud.trash(cloud.folder("bin", parent=top))
    connection = connected(alice)
    assert folders(connection) == [
        Place("root", "My Drive"),
        Place(drive.id, "Archive"),
        Place(theirs.id, "From Grace"),
    ]
    assert folders(connection, "root") == [Place(a.id, "A"), Place(b.id, "b")]
    assert folders(connection, drive.id) == [Place(scans.id, "Scans")]
    assert folders(connection, theirs.id) == [Place(within.id, "Within")]
    assert folders(connection, scans.id) == []


def test_many_folders(alice, google):
    top = top_of("ada@example.org")
    made = [google.cloud.folder(f"{number:03}", parent=top) for number in range(250)]
    connection = connected(alice)
    assert folders(connection, "root") == [Place(one.id, one.name) for one in made]


def test_folders_that_cannot_be_seen(alice, google, settings):
    connection = connected(alice)
    hidden = google.cloud.folder("Hidden")
    for parent in (hidden.id, "' in parents or '"):
        with pytest.raises(NeedsSomebody):
            folders(connection, parent)
    connection.refresh_from_db()
    assert connection.trouble == ""
    google.accounts.revoke()
    with pytest.raises(AccessLost) as raised:
        folders(connection)
    connection.refresh_from_db()
    assert connection.trouble == str(raised.value)
    settings.ENCRYPTION_KEYS = []
    with pytest.raises(SourceError):
        folders(connection)
