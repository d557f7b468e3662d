"""documents.sources.drive, through Google's own library against a made Google"""

from __future__ import annotations

from contextlib import closing
from unittest.mock import ANY

import pytest

from documents.sources import (
    KINDS,
    Found,
    ItemGone,
    ItemRefused,
    Look,
    Setup,
)
from documents.sources.drive import OwnDrive, SharedDrive
from engines import TooLarge
from tests.drive_accounts import ROBOT
from tests.drive_files import DOCUMENT, FOLDER
from tests.drive_fixtures import folder, google
from tests.sources.drive import TIFF, connector, fetched, looks, put

__all__ = ["folder", "google"]
PDF = "application/pdf"


def names(look: Look) -> list[str]:
    return [found.name for found in look.found]


def test_it_works(google, folder):
    (file,) = put(google, folder, "a.tiff")
    listed, changed = looks(google, folder)
    found = Found(file.id, file.told()["md5Checksum"], "a.tiff", {"folder": folder.id})
    cursor = {"folder": folder.id, "changes": "3"}
    assert listed == Look((found,), cursor)
    assert changed == Look((), cursor, is_last=True)
    assert fetched(google, folder, found) == b"a.tiff"
    assert google.cloud.downloads == {file.id: 1}


def test_the_kinds_lead_here():
    setup = Setup({"folder": "f"}, {})
    for name, kind in (("drive-oauth", OwnDrive), ("drive-service", SharedDrive)):
        assert type(KINDS[name].connect(setup)) is kind


def test_the_kinds_of_files_that_are_taken(google, folder):
    cloud = google.cloud
    for name, kind in (
        ("a.png", "image/png"),
        ("b.pdf", PDF),
        ("c", DOCUMENT),
        ("d.txt", "text/plain"),
        ("e", FOLDER),
        ("f", "application/vnd.google-apps.shortcut"),
    ):
        cloud.add(name, b"content", kind, folder.id)
    cloud.trash(put(google, folder, "g.tiff")[0])
    put(google, cloud.folder("Elsewhere", readers={ROBOT}), "h.tiff")
    listed, changed = looks(google, folder)
    assert names(listed) == ["a.png", "b.pdf", "c.pdf"]
    later = looks(google, folder, {"folder": folder.id, "changes": "1"})
    assert names(later[-1]) == names(listed)
    assert names(changed) == []


def test_pages_go_on_where_they_were_kept(google, folder):
    put(google, folder, *(f"{number:03}.tiff" for number in range(250)))
    with closing(connector(google, folder.id)) as drive:
        first = next(drive.look({}))
    assert (len(first.found), first.is_last) == (100, False)
    assert first.cursor == {"folder": folder.id, "changes": ANY, "page": ANY}
    rest = looks(google, folder, first.cursor)
    assert [len(look.found) for look in rest] == [100, 50, 0]
    assert [look.is_last for look in rest] == [False, False, True]
    told = [found.key for look in [first, *rest] for found in look.found]
    assert len(told) == len(set(told)) == 250


def test_a_file_that_comes_during_the_listing_is_among_the_changes(google, folder):
    early, *_ = put(google, folder, *(f"{number:03}.tiff" for number in range(102)))
    google.cloud.trash(early)
    with closing(connector(google, folder.id)) as drive:
        pages = drive.look({})
        assert len(next(pages).found) == 100
        google.cloud.trash(early, back=True)
        assert [names(look) for look in pages] == [["101.tiff"], ["000.tiff"]]


def test_changes(google, folder):
    renamed, changed, trashed, deleted, moved = put(google, folder, *"abcde")
    before = looks(google, folder)
    cursor = before[-1].cursor
    cloud = google.cloud
    cloud.rename(renamed, "A")
    cloud.change(changed, b"another content")
    cloud.trash(trashed)
    cloud.delete(deleted)
    elsewhere = cloud.folder("Elsewhere", readers={ROBOT})
    cloud.move(moved, elsewhere.id)
    put(google, folder, "new")
    (look,) = looks(google, folder, cursor)
    known = {(found.key, found.checksum) for found in before[0].found}
    assert names(look) == ["A", "b", "new"]
    again, *fresh = [(found.key, found.checksum) for found in look.found]
    assert again in known  # by another name, and no other file
    assert not known & set(fresh)
    assert look.gone == (trashed.id, deleted.id, elsewhere.id, moved.id)
    assert looks(google, folder, look.cursor) == [Look((), look.cursor, is_last=True)]


def test_changes_come_in_pages(google, folder):
    cursor = looks(google, folder)[-1].cursor
    put(google, folder, *(f"{number:03}.tiff" for number in range(250)))
    pages = looks(google, folder, cursor)
    assert [len(look.found) for look in pages] == [100, 100, 50]
    assert [look.is_last for look in pages] == [False, False, True]
    rest = looks(google, folder, pages[0].cursor)
    assert rest == pages[1:]


def test_a_document_of_googles_is_exported(google, folder):
    document = google.cloud.add("Offer", b"%PDF offer", DOCUMENT, folder.id)
    listed, changed = looks(google, folder)
    (found,) = listed.found
    assert found.name == "Offer.pdf"
    assert fetched(google, folder, found) == b"%PDF offer"
    google.cloud.rename(document, "Offers")
    (same,) = looks(google, folder, changed.cursor)[0].found
    assert (same.key, same.checksum) == (found.key, found.checksum)
    google.cloud.change(document, b"%PDF another offer")
    (other,) = looks(google, folder, changed.cursor)[0].found
    assert other.checksum != found.checksum
    with pytest.raises(ItemGone):
        fetched(google, folder, found)


def test_shared_drives_have_changes_of_their_own(google):
    top = google.cloud.drive("Archive", ROBOT)
    folder = google.cloud.folder("Scans", parent=top.id)
    (file,) = put(google, folder, "a.tiff")
    listed, changed = looks(google, folder)
    assert names(listed) == ["a.tiff"]
    assert fetched(google, folder, listed.found[0]) == b"a.tiff"
    put(google, folder, "b.tiff")
    assert names(looks(google, folder, changed.cursor)[0]) == ["b.tiff"]
    google.cloud.add("c", b"%PDF c", DOCUMENT, top.id)
    (found,) = looks(google, top)[0].found
    assert fetched(google, top, found) == b"%PDF c"
    assert google.cloud.downloads[file.id] == 1


@pytest.mark.parametrize("half", ["changes", "page"])
def test_what_google_has_forgotten_is_listed_anew(google, folder, half):
    put(google, folder, *(f"{number:03}.tiff" for number in range(101)))
    cursor = looks(google, folder)[0].cursor if half == "page" else {}
    cursor = {"folder": folder.id, "changes": "1", **cursor}
    google.cloud.forget_changes()
    google.api.epoch += 1
    pages = looks(google, folder, cursor)
    assert [len(look.found) for look in pages] == [100, 1, 0]
    assert pages[-1].cursor == {"folder": folder.id, "changes": "104"}


def test_a_cursor_of_another_folder_is_none(google, folder):
    put(google, folder, "a.tiff")
    cursor = {"folder": "another", "changes": "3"}
    assert names(looks(google, folder, cursor)[0]) == ["a.tiff"]


def test_a_large_file_comes_in_pieces(google, folder, monkeypatch):
    monkeypatch.setattr("documents.sources.drive.client.PIECE", 1000)
    content = bytes(range(256)) * 20
    file = google.cloud.add("a.tiff", content, TIFF, folder.id)
    found = looks(google, folder)[0].found[0]
    assert fetched(google, folder, found) == content
    assert google.asked.count(f"GET /drive/v3/files/{file.id}") == 1 + 6


def test_an_empty_file(google, folder):
    google.cloud.add("a.tiff", b"", TIFF, folder.id)
    assert fetched(google, folder, looks(google, folder)[0].found[0]) == b""


def test_more_than_may_be_uploaded(google, folder, settings):
    settings.MAX_UPLOAD_MB = 0
    file, offer = (
        google.cloud.add("a", b"content", kind, folder.id) for kind in (TIFF, DOCUMENT)
    )
    for found in looks(google, folder)[0].found:
        with pytest.raises(TooLarge):
            fetched(google, folder, found)
    assert google.cloud.downloads == {offer.id: 1}
    assert file.id not in google.cloud.downloads


def test_files_that_are_gone_or_others_by_now(google, folder):
    files = put(google, folder, *"abcd")
    found = looks(google, folder)[0].found
    cloud = google.cloud
    cloud.delete(files[0])
    cloud.trash(files[1])
    cloud.change(files[2], b"another")
    cloud.move(files[3], cloud.folder("Elsewhere", readers={ROBOT}).id)
    for one in found:
        with pytest.raises(ItemGone) as raised:
            fetched(google, folder, one)
        assert str(raised.value) == (
            "The file has gone from the folder, or was changed meanwhile."
        )
    assert cloud.downloads == {}


def test_files_that_google_never_gives(google, folder):
    google.cloud.add("a", b"x" * 300_000, DOCUMENT, folder.id)
    (virus,) = put(google, folder, "b")
    google.api.reasons[virus.id] = "cannotDownloadAbusiveFile"
    said = []
    for found in looks(google, folder)[0].found:
        with pytest.raises(ItemRefused) as raised:
            fetched(google, folder, found)
        said.append(str(raised.value))
    assert said == [
        "Google does not export a document as large as this one. "
        "Download it as PDF in Google Drive, and upload that.",
        "Google Drive does not let this file be downloaded.",
    ]


def test_the_place_is_told_nothing(google, folder):
    put(google, folder, "a.tiff")
    found = looks(google, folder)[0].found[0]
    before = list(google.asked)
    connector(google, folder.id).settle(found, taken=True)
    assert google.asked == before


def test_it_tests_its_place(google, folder):
    said = []
    for more in (0, 1, 1, 999):
        put(google, folder, *("x" * more))
        with closing(connector(google, folder.id)) as drive:
            said.append(drive.test())
    assert said == [
        "“Invoices” can be read: 0 files can be taken.",
        "“Invoices” can be read: 1 file can be taken.",
        "“Invoices” can be read: 2 files can be taken.",
        "“Invoices” can be read: more than 1000 files can be taken.",
    ]
    assert google.cloud.downloads == {}
