"""documents.services.uploads: in as a whole, or not at all."""

from __future__ import annotations

import errno
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError
from django_q.models import OrmQ
from PIL import Image

import engines
from documents.models import Batch, Document, Page
from documents.services.uploads import clean_name, digest, on_disk, store, upload
from documents.services.workspaces import create_workspace
from tests.fakes import scan


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), **how: object
) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data).to_bytes(4)
    return len(data).to_bytes(4) + kind + data + check


def png_bomb(side: int) -> bytes:
    """A picture of a few bytes that says it is *side* pixels wide and high."""
    head = side.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    data = zlib.compress(b"\0" * 1000)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10**7)
    return out.getvalue()


@pytest.fixture
def take(alice):
    def take(content: bytes, name: str = "scan.png", **more) -> tuple[Document, bool]:
        given = {"workspace": alice.personal_workspace, "user": alice, "source": "web"}
        return upload(file=ContentFile(content), name=name, **given | more)

    return take


@pytest.fixture
def left_behind(settings):
    """What is there of documents: files and rows."""

    def count() -> tuple[int, int, int]:
        files = [x for x in Path(settings.MEDIA_ROOT).rglob("*") if x.is_file()]
        return len(files), Document.objects.count(), Page.objects.count()

    return count


def test_it_works(take, alice, settings, django_capture_on_commit_callbacks):
    content = scan(3)
    with django_capture_on_commit_callbacks(execute=True):
        document, new = take(content, "scan.tif", external_id="7")
    assert new
    assert Path(document.file.path).read_bytes() == content
    assert (
        document.file.name == f"originals/{document.pk.hex[:2]}/{document.pk.hex}.tiff"
    )
    assert (document.media_type, document.size) == ("image/tiff", len(content))
    assert (document.name, document.external_id) == ("scan.tif", "7")
    assert (document.workspace, document.created_by) == (
        alice.personal_workspace,
        alice,
    )
    assert list(document.pages.values_list("number", "width", "height", "turn")) == [
        (1, 60, 40, None),
        (2, 60, 40, None),
        (3, 60, 40, None),
    ]
    task = OrmQ.objects.get().task
    assert task["func"] == "documents.tasks.prepare_document"
    assert task["args"] == (document.pk,)


def test_a_known_file_is_taken_once(take, alice, left_behind):
    content = picture()
    first, _ = take(content)
    again, new = take(content, "other.png")
    assert (again, new) == (first, False)
    assert left_behind() == (1, 1, 1)


def test_each_workspace_has_its_own(take, alice, left_behind):
    content = picture()
    first, _ = take(content)
    other, new = take(content, workspace=create_workspace(alice, "Accounts"))
    assert new
    assert other != first
    assert left_behind() == (2, 2, 2)


def test_what_is_in_the_trash_is_taken_anew(take, left_behind):
    content = picture()
    first, _ = take(content)
    Document.objects.update(trashed=first.created)
    again, new = take(content)
    assert new
    assert again != first


def test_two_at_once_leave_one(take, alice, left_behind, tmp_path):
    """The second was being inspected while the first was stored."""
    first, _ = take(picture())
    path = tmp_path / "scan.png"
    path.write_bytes(Path(first.file.path).read_bytes())
    second = Document(
        workspace=first.workspace,
        name="scan.png",
        media_type="image/png",
        size=first.size,
        sha256=digest(path),
        page_count=1,
    )
    info = engines.FileInfo("image/png", ((40, 30),))
    assert store(second, info, path) == (first, False)
    assert left_behind() == (1, 1, 1)


def test_rows_that_cannot_be_stored_take_their_file_with_them(
    alice, left_behind, tmp_path
):
    path = tmp_path / "scan.png"
    path.write_bytes(picture())
    document = Document(
        workspace=alice.personal_workspace, size=1, sha256="x", page_count=1
    )
    twice = engines.FileInfo("image/png", ((40, -30),))
    with pytest.raises(IntegrityError):
        store(document, twice, path)
    assert left_behind() == (0, 0, 0)


class FullDisk(FileSystemStorage):
    """Has room for half of a file."""

    def _save(self, name: str, content: ContentFile) -> str:
        super()._save(name, ContentFile(content.read()[: content.size // 2]))
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk(take, settings, left_behind):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.FullDisk"},
    }
    with pytest.raises(OSError, match="No space left"):
        take(picture())
    assert left_behind() == (0, 0, 0)


def test_a_batch_of_another_workspace(take, alice, left_behind):
    batch = Batch.objects.create(workspace=create_workspace(alice, "Accounts"))
    with pytest.raises(ValueError, match="another workspace"):
        take(picture(), batch=batch)
    assert left_behind() == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"", engines.EmptyFile, id="empty"),
        pytest.param(b"just words", engines.UnsupportedFile, id="text"),
        pytest.param(b"<svg xmlns='x'/>", engines.UnsupportedFile, id="svg"),
        pytest.param(b"<!doctype html><p>", engines.UnsupportedFile, id="html"),
        pytest.param(zip_bomb(), engines.UnsupportedFile, id="zip bomb"),
        pytest.param(picture("JPEG")[:400], engines.BrokenFile, id="cut JPEG"),
        pytest.param(picture()[:900], engines.BrokenFile, id="cut PNG"),
        pytest.param(b"%PDF-1.7 nothing", engines.BrokenFile, id="broken PDF"),
        pytest.param(png_bomb(60_000), engines.TooLarge, id="PNG bomb"),
        pytest.param(png_bomb(2**31 - 1), engines.FileError, id="worse PNG bomb"),
        pytest.param(scan(4), engines.TooLarge, id="too many pages"),
        pytest.param(
            picture(size=(1100, 1000)), engines.TooLarge, id="too many pixels"
        ),
        pytest.param(b"x" * (2**20 + 1), engines.TooLarge, id="too many bytes"),
    ],
)
def test_bad_files_leave_nothing_behind(take, settings, left_behind, content, kind):
    settings.MAX_PAGES = 3
    settings.MAX_UPLOAD_MB = 1 if content.startswith(b"xx") else 9
    settings.MAX_PAGE_MEGAPIXELS = 1
    with pytest.raises(kind) as raised:
        take(content)
    assert str(raised.value).endswith(".")
    assert left_behind() == (0, 0, 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("receipt.jpg", "receipt.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\receipt.jpg", "receipt.jpg"),
        ("a\0b\n.png", "ab.png"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2067\u2069\u200f\u061c.png", ".png"),
        ("فاتورة رقم ٧.pdf", "فاتورة رقم ٧.pdf"),
        ("🧾👩‍👩‍👧 receipt.png", "🧾👩‍👩‍👧 receipt.png"),
        ("x" * 300 + ".jpeg", "x" * 250 + ".jpeg"),
        ("a." + "x" * 300, "a." + "x" * 253),
        ("  spaces .png ", "spaces .png"),
        ("", "document"),
        ("..", "document"),
        ("\ud800.png", ".png"),
    ],
)
def test_names_stay_readable_and_harmless(given, kept):
    assert clean_name(given) == kept
    assert len(kept) <= 255


def test_a_file_that_lies_on_disk_is_not_copied(settings, tmp_path):
    class OnDisk(ContentFile):
        def temporary_file_path(self) -> str:
            return str(tmp_path / "there")

    with on_disk(OnDisk(b"x")) as path:
        assert path == tmp_path / "there"
