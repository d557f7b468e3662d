"""Files coming in: checked, inspected, stored once for each workspace."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.models import Batch, Document, Page, Workspace
from documents.models.files import original_path
from documents.services.inspection import inspect
from documents.services.queue import enqueue
from engines import EmptyFile, FileInfo, TooLarge, UnsupportedFile

NAME_LENGTH = 255
SUFFIX_LENGTH = 20
# They turn the text around them: "gpj.exe" would be shown as "exe.jpg".
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e") | {
    chr(code) for code in range(0x2066, 0x206A)
}
INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}  # Unicode categories


def upload(
    *,
    workspace: Workspace,
    user: AbstractBaseUser | None,
    file: File,
    name: str,
    source: Document.Source,
    batch: Batch | None = None,
    external_id: str = "",
    kinds: Collection[str] = (),
) -> tuple[Document, bool]:
    """Take *file* into *workspace*: the document, and whether it was made now.

    A file that the workspace has already is answered with its document. Media types
    other than *kinds* are refused, where there are some.

    Raises:
        FileError: it cannot be read as a document; nothing is left of it.
    """
    if batch is not None and batch.workspace_id != workspace.pk:
        raise ValueError("the batch is of another workspace")
    with on_disk(file) as path:
        sha256 = digest(path)
        if known := alive_twin(workspace, sha256):
            insist_on_kind(known.media_type, kinds)
            return known, False
        info = inspect(path)
        insist_on_kind(info.media_type, kinds)
        document = Document(
            workspace=workspace,
            batch=batch,
            name=clean_name(name),
            media_type=info.media_type,
            size=path.stat().st_size,
            sha256=sha256,
            page_count=len(info.pages),
            source=source,
            external_id=external_id,
            created_by=user,
        )
        return store(document, info, path)


def store(document: Document, info: FileInfo, path: Path) -> tuple[Document, bool]:
    """Keep the file at *path* and the rows of *document*: both or none."""
    storage = document.file.storage
    kind = info.media_type.partition("/")[2]
    place = original_path(document, f"original.{kind}")
    try:
        with path.open("rb") as original:
            document.file.name = storage.save(place, File(original))
        save_rows(document, info)
    except BaseException as error:
        storage.delete(document.file.name or place)
        # Another request may have brought the same file while this one was inspected.
        twin = alive_twin(document.workspace, document.sha256)
        if isinstance(error, IntegrityError) and twin:
            return twin, False
        raise
    return document, True


@transaction.atomic
def save_rows(document: Document, info: FileInfo) -> None:
    document.save(force_insert=True)
    Page.objects.bulk_create(
        Page(document=document, number=number, width=width, height=height)
        for number, (width, height) in enumerate(info.pages, start=1)
    )
    transaction.on_commit(
        lambda: enqueue("documents.tasks.prepare_document", document.pk)
    )


def alive_twin(workspace: Workspace, sha256: str) -> Document | None:
    return workspace.documents.alive().filter(sha256=sha256).first()


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """A path where the content of *file* lies: not empty, and within the limit."""
    if hasattr(file, "temporary_file_path"):
        check_size(file.size)
        yield Path(file.temporary_file_path())
        return
    with NamedTemporaryFile(prefix="ocrsite-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
            check_size(copy.tell())
        copy.flush()
        check_size(copy.tell())
        yield Path(copy.name)


def check_size(size: int) -> None:
    if size > settings.MAX_UPLOAD_MB * 2**20:
        raise TooLarge(
            _("The file is larger than %(limit)s MB, the most that can be uploaded.")
            % {"limit": settings.MAX_UPLOAD_MB}
        )
    if size == 0:
        raise EmptyFile(_("The file is empty. Choose another one."))


def insist_on_kind(media_type: str, kinds: Collection[str]) -> None:
    if kinds and media_type not in kinds:
        raise UnsupportedFile(
            _("This is a file of the kind %(kind)s. Send one of these: %(kinds)s.")
            % {"kind": spoken(media_type), "kinds": ", ".join(map(spoken, kinds))}
        )


def spoken(media_type: str) -> str:
    return media_type.partition("/")[2].upper()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def clean_name(name: str) -> str:
    """The readable part of a name that a stranger chose, its suffix kept.

    Folders, control characters and marks that reverse the text go; emoji stay.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    readable = "".join(
        character
        for character in last
        if character not in DIRECTION_MARKS
        and unicodedata.category(character) not in INVISIBLE
    ).strip()
    if not readable.strip("."):
        return _("document")
    suffix = PurePath(readable).suffix
    if len(suffix) > SUFFIX_LENGTH:
        suffix = ""
    return readable.removesuffix(suffix)[: NAME_LENGTH - len(suffix)] + suffix
