"""The doors of Drive v3: what an account asks, and what the made Drive says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.drive_files import DOCUMENT, GOOGLES, Cloud, File
from tests.drive_queries import BadRequest, masked, parent_in, understood

Query = dict[str, str]
EXPORT_LIMIT = 200_000  # bytes; Google's is 10 MB


@dataclass
class Says:
    status: int
    body: bytes
    kind: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def told(cls, told: object) -> Says:
        return cls(200, json.dumps(told).encode())

    @classmethod
    def error(cls, status: int, reason: str, **more: str) -> Says:
        detail = {"domain": "global", "reason": reason, "message": reason, **more}
        error = {"code": status, "message": reason, "errors": [detail]}
        return cls(status, json.dumps({"error": error}).encode())


class Missing(Exception):
    """There is no such file for this account."""


class Refused(Exception):
    """The status and the reason."""


class Api:
    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.epoch = 0  # page tokens of another one are unknown
        self.most = 1000  # rows of a page; Google may send fewer than asked for
        self.reasons: dict[str, str] = {}  # of files that are not given: their ids

    def answer(self, account: str, path: str, query: Query, span: str) -> Says:
        doors = {
            "about": self.about,
            "files": self.list,
            "drives": self.drives,
            "changes": self.changes,
            "changes/startPageToken": self.start,
        }
        try:
            with self.cloud.lock:
                if path in doors:
                    told = doors[path](account, query)
                    return Says.told(masked(told, query.get("fields", "kind")))
                return self.file(account, path, query, span)
        except BadRequest as error:
            return Says.error(400, "invalid", location=str(error))
        except Missing:
            return Says.error(404, "notFound", location="fileId")
        except Refused as error:
            return Says.error(*error.args)

    def about(self, account: str, query: Query) -> dict[str, Any]:
        if "fields" not in query:  # which this door alone insists on
            raise BadRequest("fields")
        return {"user": {"kind": "drive#user", "emailAddress": account}}

    def drives(self, account: str, query: Query) -> dict[str, Any]:
        members = self.cloud.members
        seen = [
            {"id": key, "name": name}
            for key, name in self.cloud.drives.items()
            if account in members[key]
        ]
        return page_of(seen, self.size(query), query, "drives", "")

    def list(self, account: str, query: Query) -> dict[str, Any]:
        fits = understood(query["q"])
        parent = parent_in(query["q"])
        if parent and not self.cloud.seen(account, parent):
            raise Missing
        here = [
            file
            for file in self.reachable(account, query)
            if fits(file) and (not parent or self.is_asked_rightly(file, query))
        ]
        rows = [file.told() for file in here]
        marks = f"{self.epoch}~{query['q']}"
        return page_of(rows, self.size(query), query, "files", marks)

    def size(self, query: Query) -> int:
        return min(self.most, int(query["pageSize"]))

    def reachable(self, account: str, query: Query) -> list[File]:
        """Those of shared drives are seen by who says that they know of them."""
        knows = query.get("supportsAllDrives") == "true"
        wants = knows and query.get("includeItemsFromAllDrives") == "true"
        return [file for file in self.cloud.of(account) if not file.drive or wants]

    def is_asked_rightly(self, file: File, query: Query) -> bool:
        """A shared drive is searched whole only where it is named."""
        named = query.get("driveId", "") if query.get("corpora") == "drive" else ""
        return file.drive == named

    def start(self, account: str, query: Query) -> dict[str, Any]:
        self.check_drive(account, query)
        return {"startPageToken": str(len(self.cloud.log) + 1)}

    def check_drive(self, account: str, query: Query) -> None:
        if query.get("supportsAllDrives") != "true":
            raise BadRequest("supportsAllDrives")
        drive = query.get("driveId", "")
        if drive and account not in self.cloud.members.get(drive, ()):
            raise Missing

    def changes(self, account: str, query: Query) -> dict[str, Any]:
        self.check_drive(account, query)
        if not re.fullmatch(r"[1-9]\d*", query["pageToken"]):
            raise BadRequest("pageToken")
        first, size = int(query["pageToken"]) - 1, self.size(query)
        if first < self.cloud.oldest:
            raise Refused(410, "pageTokenExpired")
        last = min(first + size, len(self.cloud.log))
        wanted = {"files": {file.id: file for file in self.reachable(account, query)}}
        told = [
            self.change(key, wanted["files"], query.get("driveId", ""))
            for key in dict.fromkeys(self.cloud.log[first:last])
            if key
        ]
        is_all = last == len(self.cloud.log)
        token = {"newStartPageToken" if is_all else "nextPageToken": str(last + 1)}
        return token | {"changes": [one for one in told if one]}

    def change(
        self, key: str, files: dict[str, File], drive: str
    ) -> dict[str, Any] | None:
        told = {"changeType": "file", "fileId": key}
        file = files.get(key)
        if file is None:
            return {**told, "removed": True}
        if file.drive != drive:
            return None
        return {**told, "removed": False, "file": file.told()}

    def file(self, account: str, path: str, query: Query, span: str) -> Says:
        key, _, act = path.removeprefix("files/").partition("/")
        file = self.cloud.seen(account, key)
        if file and act == "export":
            return self.exported(file, query)
        if file is None or (file.drive and query.get("supportsAllDrives") != "true"):
            raise Missing
        if query.get("alt") == "media":
            return self.content(file, span)
        return Says.told(masked(file.told(), query.get("fields", "kind,id,name")))

    def exported(self, file: File, query: Query) -> Says:
        if file.kind not in (DOCUMENT, f"{GOOGLES}spreadsheet"):
            raise Refused(403, "fileNotExportable")
        if query["mimeType"] != "application/pdf":
            raise BadRequest("mimeType")
        if len(file.content) > EXPORT_LIMIT:
            raise Refused(403, "exportSizeLimitExceeded")
        self.cloud.downloads[file.id] += 1
        return Says(200, file.content, "application/pdf")

    def content(self, file: File, span: str) -> Says:
        """A part of it, as HTTP has parts; the first one counts as a download."""
        if file.kind.startswith(GOOGLES):
            raise Refused(403, "fileNotDownloadable")
        if reason := self.reasons.get(file.id):
            raise Refused(403, reason)
        size = len(file.content)
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", span)
        first, last = map(int, match.groups()) if match else (0, size - 1)
        self.cloud.downloads[file.id] += first == 0
        if first >= size:
            return Says(416, b"", file.kind, {"Content_Range": f"bytes */{size}"})
        last = min(last, size - 1)
        span = {"Content_Range": f"bytes {first}-{last}/{size}"}
        return Says(206, file.content[first : last + 1], file.kind, span)


def page_of(
    rows: list[dict[str, Any]], size: int, query: Query, name: str, marks: str
) -> dict[str, Any]:
    """A page that begins after the row that the token names, even when it has gone."""
    token = query.get("pageToken", "")
    last, _, known = token.partition("~")
    if token and known != marks:
        raise BadRequest("pageToken")
    left = [row for row in rows if row["id"] > last]
    told: dict[str, Any] = {name: left[:size]}
    if len(left) > size:
        told["nextPageToken"] = f"{left[size - 1]['id']}~{marks}"
    return told
