"""Files of a Drive: which of them are taken, and what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.sources.protocol import Found, NeedsSomebody

GOOGLES = "application/vnd.google-apps."
FOLDER = f"{GOOGLES}folder"
PDF = "application/pdf"
IMAGE = "image/"
EXPORTED = tuple(
    GOOGLES + kind for kind in ("document", "spreadsheet", "presentation", "drawing")
)
FIELDS = "id,name,mimeType,md5Checksum,modifiedTime,size,parents,trashed"
TAKEN = " or ".join(
    [f"mimeType contains '{IMAGE}'", *(f"mimeType = '{t}'" for t in (PDF, *EXPORTED))]
)
ID = re.compile(r"[\w-]+", re.ASCII)
# https://drive.google.com/drive/u/0/folders/ID?usp=sharing, …/open?id=ID
IN_ADDRESS = re.compile(r"(?:/folders/|[?&]id=)([\w-]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Folder:
    """*drive* is the shared drive that it is part of, if any: these have listings and
    changes of their own."""

    id: str
    name: str
    drive: str = ""


def folder_id(text: str) -> str:
    """The id of a folder from itself, or from the folder's address in a browser.

    Raises:
        NeedsSomebody: it is neither.
    """
    text = text.strip()
    if match := IN_ADDRESS.search(text) or ID.fullmatch(text):
        return match[match.lastindex or 0]
    raise NeedsSomebody(
        _(
            "This is no folder of Google Drive. Open the folder in your browser, "
            "and copy its address."
        )
    )


def is_taken(file: Mapping[str, Any]) -> bool:
    kind = file["mimeType"]
    return kind.startswith(IMAGE) or kind in (PDF, *EXPORTED)


def found_of(file: Mapping[str, Any], folder: Folder) -> Found:
    suffix = ".pdf" if is_exported(file) else ""
    return Found(
        key=file["id"],
        checksum=checksum(file),
        name=file["name"] + suffix,
        place={"folder": folder.id},
    )


def is_exported(file: Mapping[str, Any]) -> bool:
    return file["mimeType"] in EXPORTED


def checksum(file: Mapping[str, Any]) -> str:
    """Google keeps none of its own documents, but when one was changed last; their
    version would change with each comment and each new reader, too."""
    return file.get("md5Checksum") or file["modifiedTime"]
