"""inspect_file, and python -m engines.inspect: what a file is, or why it is refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from engines import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileError,
    FileInfo,
    Limits,
    TooLarge,
    UnsupportedFile,
    inspect_file,
    load_page,
)
from tests.engines.pictures import HEIC, huge_png, saved, text_pdf, written


def jpeg() -> bytes:
    out = io.BytesIO()
    written().save(out, "jpeg")
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(10**6))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "bmp", "gif", "tiff"])
def test_it_works(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "misleading.txt"
    written().save(file, kind)
    assert inspect_file(file) == FileInfo(f"image/{kind}", (written().size,))


def test_it_knows_heic(tmp_path: Path) -> None:
    assert inspect_file(saved(tmp_path / "a", HEIC)) == FileInfo(
        "image/heic", ((64, 32),)
    )


def test_it_counts_pages(tmp_path: Path) -> None:
    pdf = saved(tmp_path / "a.pdf", text_pdf(pages=3, rotate=90))
    assert inspect_file(pdf) == FileInfo("application/pdf", ((1389, 1112),) * 3)
    frames = [Image.new("1", (30 + n, 40)) for n in range(2)]
    frames[0].save(tmp_path / "a.tiff", save_all=True, append_images=frames[1:])
    assert inspect_file(tmp_path / "a.tiff") == FileInfo(
        "image/tiff", ((30, 40), (31, 40))
    )


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(400, 500), (399.3, 501.7), (4000, 3000)])
def test_sizes_are_those_of_the_loaded_pages(
    tmp_path: Path, size: tuple[float, float], rotate: int
) -> None:
    file = saved(tmp_path / "a.pdf", text_pdf(size=size, rotate=rotate))
    assert inspect_file(file).pages == (load_page(file).image.size,)


def test_sizes_are_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert inspect_file(tmp_path / "a.jpg") == FileInfo("image/jpeg", ((20, 40),))


REFUSED = {
    "nothing": (b"", EmptyFile, "The file is empty. Choose another one."),
    "text": (b"plain words", UnsupportedFile, "it is no picture or PDF"),
    "html": (b"<!DOCTYPE html><p>hello", UnsupportedFile, "it is no picture or PDF"),
    "svg": (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        UnsupportedFile,
        "no picture",
    ),
    "zip bomb": (zip_bomb(), UnsupportedFile, "it is no picture or PDF"),
    "program": (b"\x7fELF" + bytes(100), UnsupportedFile, "it is no picture or PDF"),
    "half a jpeg": (jpeg()[:5000], BrokenFile, "damaged or cut short"),
    "head of a jpeg": (jpeg()[:20], BrokenFile, "damaged or cut short"),
    "head of a png": (huge_png(9, 9)[:20], BrokenFile, "damaged or cut short"),
    "png bomb": (huge_png(60_000, 60_000), TooLarge, "too many pixels"),
    "large png": (huge_png(11_000, 10_000), TooLarge, "too many pixels"),
    "quite large png": (
        huge_png(9_000, 9_000),
        TooLarge,
        "The picture has 9,000 × 9,000 pixels; at most 80 million can be read.",
    ),
    "encrypted": (
        text_pdf(encrypted=True),
        EncryptedFile,
        "Remove the password and upload it again.",
    ),
    "no pdf after all": (b"%PDF-1.7\nrubbish", BrokenFile, "The PDF is damaged"),
    "no page": (text_pdf(pages=0), BrokenFile, "The PDF is damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses(tmp_path: Path, name: str) -> None:
    data, error, sentence = REFUSED[name]
    with pytest.raises(error) as caught:
        inspect_file(saved(tmp_path / "a.png", data))
    assert sentence in str(caught.value)


def test_it_keeps_the_limits(tmp_path: Path) -> None:
    pdf = saved(tmp_path / "a.pdf", text_pdf(pages=5))
    with pytest.raises(TooLarge, match="The PDF has 5 pages; at most 4"):
        inspect_file(pdf, Limits(max_pages=4))
    with pytest.raises(TooLarge, match="Page 1 of the PDF is 1,112 × 1,389 pixels"):
        inspect_file(pdf, Limits(max_pixels=10**6))
    with pytest.raises(TooLarge, match="The file is larger than 1 MB"):
        inspect_file(saved(tmp_path / "b", bytes(2**20 + 1)), Limits(max_bytes=2**20))
    frames = [Image.new("1", (30, 40)) for _ in range(5)]
    frames[0].save(tmp_path / "a.tiff", save_all=True, append_images=frames[1:])
    with pytest.raises(TooLarge, match="has more than 4 pages"):
        inspect_file(tmp_path / "a.tiff", Limits(max_pages=4))


def command(*given: str | Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "engines.inspect", *map(str, given)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_command_prints_json(tmp_path: Path) -> None:
    pdf = saved(tmp_path / "a.pdf", text_pdf())
    done = command(pdf, "--dpi", "72")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "media_type": "application/pdf",
        "pages": [[400, 500]],
    }


def test_the_command_prints_the_refusal(tmp_path: Path) -> None:
    done = command(saved(tmp_path / "a.png", b""))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "error": {
            "type": "EmptyFile",
            "message": "The file is empty. Choose another one.",
        }
    }


def test_the_command_holds_its_memory(tmp_path: Path) -> None:
    Image.new("RGB", (8000, 8000)).save(tmp_path / "a.png")
    done = command(tmp_path / "a.png", "--memory", str(200 * 2**20))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "error": {
            "type": "TooLarge",
            "message": "The file needs more memory than may be spent on it. "
            "Save it smaller and upload it again.",
        }
    }


def test_a_missing_file_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect_file(tmp_path / "none")
    assert issubclass(EmptyFile, FileError)
