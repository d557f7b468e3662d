"""The few questions that are asked of Google Drive, in Google's own client library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from documents.sources.drive.errors import NotThere, in_our_words
from documents.sources.drive.files import FIELDS, FOLDER, PDF, TAKEN, Folder
from documents.sources.protocol import NeedsSomebody

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials

RETRIES = 2  # at once, a few seconds apart; what fails then is tried again later
QUIET_SECONDS = 20  # without a byte
PAGE = 100  # files or changes
PIECE = 4 * 2**20  # bytes that are held in memory
EVERY_DRIVE = {"supportsAllDrives": True, "includeItemsFromAllDrives": True}


class Drive:
    """What one account sees. For one thread, as httplib2 is."""

    def __init__(self, credentials: Callable[[], Credentials]) -> None:
        self.credentials = credentials

    @cached_property
    def service(self) -> Any:
        import google_auth_httplib2
        import httplib2
        from googleapiclient.discovery import build

        patience = min(QUIET_SECONDS, settings.SOURCE_SECONDS)
        http = google_auth_httplib2.AuthorizedHttp(
            self.credentials(), http=httplib2.Http(timeout=patience)
        )
        return build(
            *("drive", "v3"),
            http=http,
            client_options={
                "api_endpoint": urljoin(settings.GOOGLE_DRIVE_URL, "drive/v3/")
            },
            static_discovery=True,  # its description comes with the library
            cache_discovery=False,
        )

    def close(self) -> None:
        if "service" in self.__dict__:
            self.service.close()

    def ask(self, request: Any) -> dict[str, Any]:
        with in_our_words():
            return request.execute(num_retries=RETRIES)

    def account(self) -> str:
        """The address of whose account it is."""
        request = self.service.about().get(fields="user(emailAddress)")
        return self.ask(request)["user"]["emailAddress"]

    def folder(self, key: str) -> Folder:
        """
        Raises:
            NeedsSomebody: there is none of this id, or it is in the bin.
        """
        request = self.service.files().get(
            fileId=key,
            fields="id,name,mimeType,driveId,trashed",
            supportsAllDrives=True,
        )
        try:
            file = self.ask(request)
        except NotThere as error:
            raise NeedsSomebody(gone()) from error
        if file["mimeType"] != FOLDER or file.get("trashed"):
            raise NeedsSomebody(gone())
        return Folder(file["id"], file["name"], file.get("driveId", ""))

    def files(
        self, folder: Folder, *, kinds: str = TAKEN, page: str = "", size: int = PAGE
    ) -> dict[str, Any]:
        """A page of what lies in *folder*."""
        query = f"'{folder.id}' in parents and trashed = false and ({kinds})"
        return self.listing(query, of_drive(folder, corpora="drive"), page, size)

    def listing(
        self, query: str, where: Mapping[str, Any], page: str = "", size: int = PAGE
    ) -> dict[str, Any]:
        request = self.service.files().list(
            q=query,
            pageSize=size,
            pageToken=page or None,
            fields=f"nextPageToken,files({FIELDS})",
            **EVERY_DRIVE,
            **where,
        )
        return self.ask(request)

    def shared_drives(self, page: str = "") -> dict[str, Any]:
        fields = "nextPageToken,drives(id,name)"
        request = self.service.drives().list(
            pageSize=PAGE, pageToken=page or None, fields=fields
        )
        return self.ask(request)

    def now(self, folder: Folder) -> str:
        """The token of all changes from now on."""
        request = self.service.changes().getStartPageToken(
            fields="startPageToken", supportsAllDrives=True, **of_drive(folder)
        )
        return self.ask(request)["startPageToken"]

    def changes(self, folder: Folder, token: str) -> dict[str, Any]:
        """A page of what happened since *token* in all of the Drive."""
        change = f"changeType,removed,fileId,file({FIELDS})"
        request = self.service.changes().list(
            pageToken=token,
            pageSize=PAGE,
            fields=f"nextPageToken,newStartPageToken,changes({change})",
            **EVERY_DRIVE,
            **of_drive(folder),
        )
        return self.ask(request)

    def file(self, key: str) -> dict[str, Any]:
        request = self.service.files().get(
            fileId=key, fields=FIELDS, supportsAllDrives=True
        )
        return self.ask(request)

    def content(self, key: str) -> Iterator[bytes]:
        request = self.service.files().get_media(fileId=key, supportsAllDrives=True)
        return pieces(request)

    def exported(self, key: str) -> Iterator[bytes]:
        return pieces(self.service.files().export_media(fileId=key, mimeType=PDF))


def pieces(request: Any) -> Iterator[bytes]:
    """What is downloaded, a piece at a time."""
    from googleapiclient.http import MediaIoBaseDownload

    piece = BytesIO()
    download = MediaIoBaseDownload(piece, request, chunksize=PIECE)
    is_done = False
    while not is_done:
        with in_our_words():
            _progress, is_done = download.next_chunk(num_retries=RETRIES)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()


def of_drive(folder: Folder, **more: str) -> dict[str, str]:
    """That the shared drive of *folder* is asked, if it is in one."""
    return {"driveId": folder.drive, **more} if folder.drive else {}


def gone() -> str:
    return _(
        "The folder is not in Google Drive, or is not shared with this account. "
        "Share it, or choose another one."
    )
