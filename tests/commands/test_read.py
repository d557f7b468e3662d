"""manage.py read"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from documents.management.sources import find_sources, natural_order
from engines import Availability, Options, Page, load_page
from engines.registry import ENGINES
from tests.fakes import Fine, scan

TEXT = "Total 12.50\n"
GREY = (128, 128, 128)


class SecondPageFails(Fine):
    """Cannot read grey pages: the tests' second ones."""

    def read(self, image: Image.Image, options: Options) -> Page:
        if image.getpixel((0, 0)) == GREY:
            raise KeyError("grey")
        return super().read(image, options)


class Echo(Fine):
    """Reads its options from every page."""

    def read(self, image: Image.Image, options: Options) -> Page:
        said = f"{options.languages} {options.prompt!r} {options.max_side}"
        return Page(*image.size, text=said)


class Gone(Fine):
    """Is not installed."""

    def availability(self) -> Availability:
        return Availability(False, "It is not installed.", "Install it.")


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines that the registry forgets again after each test."""
    for name, path in {
        "fine": "tests.fakes.Fine",
        "echo": f"{__name__}.Echo",
        "gone": f"{__name__}.Gone",
        "second": f"{__name__}.SecondPageFails",
    }.items():
        monkeypatch.setitem(ENGINES, name, path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scans, a nested one, one hidden, and a file that is no document."""
    home = tmp_path / "scans"
    for name in ("page10.tif", "page2.tif", "inner/page1.tif", ".hidden.tif"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(scan(1))
    (home / "notes.md").write_text("no document")
    return home


def read(*arguments: object, engine: str = "fine") -> tuple[int, str, str]:
    """Exit status, stdout and stderr of the command."""
    out, err = io.StringIO(), io.StringIO()
    words = [str(argument) for argument in arguments]
    try:
        call_command("read", *words, engine=engine, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def made(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_it_works(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    assert read(file) == (0, TEXT, "")


def test_pages_are_parted_by_form_feeds(tmp_path: Path) -> None:
    file = made(tmp_path / "two.tif", scan(2))
    assert read(file) == (0, "Total 12.50\n\fTotal 12.50\n", "")


def test_folders_are_read_in_natural_order(folder: Path) -> None:
    assert read(folder) == (
        0,
        f"==> {folder}/inner/page1.tif <==\n{TEXT}"
        f"==> {folder}/page2.tif <==\n{TEXT}"
        f"==> {folder}/page10.tif <==\n{TEXT}",
        "Skipped, because they are no pictures or PDFs: 1.\n",
    )


def test_json(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    status, out, err = read(file, "--as=json")
    assert (status, err) == (0, "")
    assert json.loads(out)["pages"][0]["text"] == "Total 12.50"


def test_json_of_several_files_is_a_line_each(folder: Path) -> None:
    _status, out, _err = read(folder, "--as=json")
    assert [json.loads(line)["file"] for line in out.splitlines()] == [
        f"{folder}/{name}" for name in ("inner/page1.tif", "page2.tif", "page10.tif")
    ]


def test_options_reach_the_engine(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    wishes = ("--languages=ara+eng", "--prompt=Only the total", "--max-side=0")
    assert read(file, *wishes, engine="echo") == (
        0,
        "('ara', 'eng') 'Only the total' 0\n",
        "",
    )


def test_layout_keeps_columns(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    assert read(file, "--layout") == (0, TEXT, "")


def test_a_word_per_row(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    status, out, err = read(file, "--as=tsv", "--rows=word")
    assert (status, err) == (0, "")
    assert out.startswith("page\tline\tword\ttext\t")


@pytest.mark.parametrize("name", ["md", "html", "csv", "tsv", "hocr", "alto"])
def test_whatever_is_text_is_printed(tmp_path: Path, name: str) -> None:
    status, out, err = read(made(tmp_path / "receipt.tif", scan(1)), f"--as={name}")
    assert (status, err) == (0, "")
    assert "Total" in out


def test_an_error_is_a_sentence_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = made(tmp_path / "b.tif", scan(1))
    empty = made(tmp_path / "a.png", b"")
    words = made(tmp_path / "c.txt", b"no picture")
    missing = tmp_path / "d.png"
    status, out, err = read(empty, good, words, missing)
    assert (status, out) == (1, f"==> {good} <==\n{TEXT}")
    lines = err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        str(empty),
        str(words),
        str(missing),
        "Files with errors",
    ]
    assert lines[2:] == [
        f"{missing}: No such file or directory.",
        "Files with errors: 3 of 4.",
    ]


def test_one_bad_page_does_not_lose_the_others(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", GREY, "blue")]
    file = tmp_path / "three.tif"
    frames[0].save(file, save_all=True, append_images=frames[1:])
    assert read(file, engine="second") == (
        1,
        "Total 12.50\n\fTotal 12.50\n",
        f"{file}: page 2: The engine broke: KeyError: 'grey'\n"
        "Files with errors: 1 of 1.\n",
    )


def test_out_file(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    target = tmp_path / "deep" / "total.txt"
    assert read(file, "--out", target) == (0, "", "")
    assert target.read_text() == TEXT


def test_out_folder_mirrors_what_is_read(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "texts"
    assert read(folder, "--out", target)[:2] == (0, "")
    assert files_of(target) == ["inner/page1.txt", "page10.txt", "page2.txt"]


def test_several_folders_keep_their_names(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    made(other / "page2.tif", scan(1))
    target = tmp_path / "texts"
    assert read(folder / "inner", other, "--out", target)[0] == 0
    assert files_of(target) == ["inner/page1.txt", "more/page2.txt"]


def test_two_endings_of_one_name_do_not_meet(tmp_path: Path) -> None:
    files = [made(tmp_path / f"a.{ending}", scan(1)) for ending in ("tif", "tiff")]
    target = tmp_path / "texts"
    assert read(*files, "--out", target)[0] == 0
    assert files_of(target) == ["a.tif.txt", "a.tiff.txt"]


def test_one_file_into_a_folder(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    assert read(file, "--out", f"{tmp_path}/new/")[0] == 0
    assert files_of(tmp_path / "new") == ["receipt.txt"]


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    assert read(file, "--out", file) == (
        1,
        "",
        f"{file}: Its output would overwrite an input: move --out.\n"
        "Files with errors: 1 of 1.\n",
    )
    assert file.read_bytes() == scan(1)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = made(tmp_path / "receipt.tif", scan(1))
    assert read(file, file, tmp_path) == (0, TEXT, "")


def test_an_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no engine “nope”"):
        read(tmp_path, engine="nope")


def test_an_engine_that_cannot_run_here(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^It is not installed. Install it.$"):
        read(tmp_path, engine="gone")


def test_natural_order() -> None:
    names = ["a10.png", "a2.png", "A1.png", "7.png", "b/1.png"]
    ordered = sorted(map(Path, names), key=natural_order)
    assert [str(path) for path in ordered] == [
        "7.png",
        "A1.png",
        "a2.png",
        "a10.png",
        "b/1.png",
    ]


def test_the_folder_one_stands_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    places = [str(source.place) for source in find_sources([Path(), Path("inner")])]
    assert places == [
        "scans/inner/page1.tif",
        "scans/notes.md",
        "scans/page2.tif",
        "scans/page10.tif",
    ]


def files_of(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in found)


def test_pdf_has_the_pictures_and_the_text(tmp_path: Path) -> None:
    file = made(tmp_path / "two.tif", scan(2))
    out = tmp_path / "two.pdf"
    assert read(file, "--as=pdf", f"--out={out}") == (0, "", "")
    layer = load_page(out, 2).text_layer
    assert layer
    assert layer.text == "Total 12.50"


def test_png_of_several_pages_is_a_zip(tmp_path: Path) -> None:
    made(tmp_path / "two.tif", scan(2))
    made(tmp_path / "one.tif", scan(1))
    out = tmp_path / "out"
    assert read(tmp_path, "--as=png", "--white", f"--out={out}") == (0, "", "")
    assert sorted(path.name for path in out.iterdir()) == ["one.png", "two.zip"]
    with Image.open(out / "one.png") as drawn:
        assert drawn.size == (60, 40)
        assert drawn.getpixel((0, 0)) == (255, 255, 255)
