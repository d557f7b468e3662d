"""The two ways into a Drive: with a person's account, and with a service account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.sources.drive.client import Drive
from documents.sources.drive.credentials import of_account, of_service
from documents.sources.drive.downloads import save
from documents.sources.drive.files import folder_id
from documents.sources.drive.looking import since
from documents.sources.protocol import Found, Look, Setup, Waits, none_waits

MOST = 1000  # files of one page, the most that Google lists at once


class FolderOfDrive:
    """A folder as a source; who may read it is for the two kinds to say."""

    def __init__(self, setup: Setup, drive: Drive) -> None:
        self.address = setup.settings["folder"]
        self.drive = drive

    def test(self) -> str:
        folder = self.drive.folder(folder_id(self.address))
        answer = self.drive.files(folder, size=MOST)
        count = len(answer["files"])
        if answer.get("nextPageToken"):
            says = _("“%(name)s” can be read: more than %(count)d files can be taken.")
        else:
            says = ngettext(
                "“%(name)s” can be read: %(count)d file can be taken.",
                "“%(name)s” can be read: %(count)d files can be taken.",
                count,
            )
        return says % {"name": folder.name, "count": count}

    def look(self, cursor: Mapping[str, Any]) -> Iterator[Look]:
        folder = self.drive.folder(folder_id(self.address))
        return since(self.drive, folder, cursor)

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        save(self.drive, found, sink)

    def settle(self, found: Found, *, taken: bool, waits: Waits = none_waits) -> None:
        """Nothing: the site may only read."""

    def close(self) -> None:
        self.drive.close()


class OwnDrive(FolderOfDrive):
    """With an account that its user has connected."""

    def __init__(self, setup: Setup) -> None:
        token = setup.secrets.get("refresh_token", "")
        super().__init__(setup, Drive(partial(of_account, token)))


class SharedDrive(FolderOfDrive):
    """With the key of a service account, which the folder is shared with."""

    def __init__(self, setup: Setup) -> None:
        key = setup.secrets.get("key", "")
        super().__init__(setup, Drive(partial(of_service, key)))
