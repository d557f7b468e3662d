"""A made Drive: folders, files, who sees them, and what has changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import md5
from itertools import count
from threading import RLock
from typing import Any

GOOGLES = "application/vnd.google-apps."
FOLDER = f"{GOOGLES}folder"
DOCUMENT = f"{GOOGLES}document"


@dataclass
class File:
    id: str
    number: int
    name: str
    kind: str
    parents: list[str]
    content: bytes = b""
    drive: str = ""
    readers: set[str] = field(default_factory=set)
    is_trashed: bool = False
    version: int = 1
    edited: int = 0  # seconds of the day

    def told(self) -> dict[str, Any]:
        """The file as the API tells of it."""
        told: dict[str, Any] = {
            "kind": "drive#file",
            "id": self.id,
            "name": self.name,
            "mimeType": self.kind,
            "parents": self.parents,
            "trashed": self.is_trashed,
            "version": str(self.version),
            "modifiedTime": f"2026-11-01T{self.edited // 3600:02}:"
            f"{self.edited // 60 % 60:02}:{self.edited % 60:02}.000Z",
        }
        if not self.kind.startswith(GOOGLES):
            told["md5Checksum"] = md5(self.content).hexdigest()
            told["size"] = str(len(self.content))
        return told | ({"driveId": self.drive} if self.drive else {})


class Cloud:
    """All files of all accounts; whatever tests do to them, changes tell."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.numbers = count(1)
        self.files: dict[str, File] = {}
        self.drives: dict[str, str] = {}
        self.members: dict[str, set[str]] = {}  # of shared drives
        self.log: list[str] = []  # ids of files, in the order of their changes
        self.removed: set[str] = set()
        self.oldest = 0  # change that tokens may still stand for
        self.downloads: Counter[str] = Counter()

    # What people do to their files

    def folder(self, name: str, parent: str = "", **what: Any) -> File:
        return self.add(name, b"", kind=FOLDER, parent=parent, **what)

    def drive(self, name: str, *members: str) -> File:
        """A shared drive, whose top is a folder of the drive's own id."""
        top = self.folder("Drive")
        top.drive = top.id
        self.drives[top.id], self.members[top.id] = name, set(members)
        return top

    def add(
        self,
        name: str,
        content: bytes,
        kind: str = "image/tiff",
        parent: str = "",
        readers: set[str] = frozenset(),
    ) -> File:
        with self.lock:
            number = next(self.numbers)
            above = self.files.get(parent)
            file = File(f"1File_{number:04}-x", number, name, kind, [], content)
            file.drive = above.drive if above else ""
            file.parents = [parent] if parent else []
            file.readers = set(readers)
            self.files[file.id] = file
            return self.touched(file)

    def rename(self, file: File, name: str) -> None:
        file.name = name
        self.touched(file)

    def change(self, file: File, content: bytes) -> None:
        file.content = content
        file.edited += 1
        self.touched(file)

    def move(self, file: File, parent: str) -> None:
        file.parents = [parent]
        self.touched(file)

    def trash(self, file: File, *, back: bool = False) -> None:
        file.is_trashed = not back
        self.touched(file)

    def delete(self, file: File) -> None:
        with self.lock:
            del self.files[file.id]
            self.removed.add(file.id)
            self.log.append(file.id)

    def touched(self, file: File) -> File:
        with self.lock:
            file.version += 1
            self.log.append(file.id)
        return file

    def forget_changes(self) -> None:
        """Tokens that were given out so far are too old."""
        with self.lock:
            self.log.append("")
            self.oldest = len(self.log)

    # What accounts see

    def seen(self, account: str, key: str) -> File | None:
        with self.lock:
            if key in ("root", top_of(account)):
                return File(top_of(account), 0, "My Drive", FOLDER, [])
            file = self.files.get(key)
            return file if file and self.may_see(account, file) else None

    def may_see(self, account: str, file: File) -> bool:
        if file.drive:
            return account in self.members[file.drive]
        above = (self.files.get(parent) for parent in file.parents)
        mine = account in file.readers or top_of(account) in file.parents
        return mine or any(self.may_see(account, one) for one in above if one)

    def of(self, account: str) -> list[File]:
        with self.lock:
            return [file for file in self.files.values() if self.may_see(account, file)]


def top_of(account: str) -> str:
    """The id that an account knows as "root", too."""
    return f"0A{account.partition('@')[0]}PVA"
