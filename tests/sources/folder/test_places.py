"""Which folders of the server may be watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.sources import NeedsSomebody
from tests.sources.folder.conftest import connected


@pytest.fixture
def root(tmp_path: Path, settings) -> Path:
    settings.IMPORT_ROOTS = [tmp_path / "root"]
    settings.BASE_DIR = tmp_path / "root" / "code"
    settings.DATA_DIR = tmp_path / "root" / "data"
    settings.MEDIA_ROOT = tmp_path / "root" / "shared" / "media"
    for name in ("code/static", "data/cache", "shared/media", "inbox/scans"):
        (tmp_path / "root" / name).mkdir(parents=True)
    return tmp_path / "root"


def refusal(path: Path | str) -> str:
    with pytest.raises(NeedsSomebody) as caught:
        connected(Path(path)).test()
    return str(caught.value)


def test_none_unless_the_operator_names_some(root: Path, settings) -> None:
    settings.IMPORT_ROOTS = []
    assert refusal(root / "inbox") == (
        "No folder of the server may be watched. "
        "The site's operator can name some in IMPORT_ROOTS."
    )


@pytest.mark.parametrize("name", ["inbox", "inbox/scans", "./inbox/x/../scans"])
def test_those_within_a_root(root: Path, name: str) -> None:
    assert connected(root / name).test() == "The folder is there, with 0 files."


def test_a_root_itself(root: Path, settings) -> None:
    settings.IMPORT_ROOTS = [Path("/nowhere"), root / "inbox"]
    assert connected(root / "inbox").test() == "The folder is there, with 0 files."


@pytest.mark.parametrize(
    "path", ["/", "/etc", "relative", "", "{root}x", "{root}/inbox/../../other"]
)
def test_none_outside(root: Path, path: str) -> None:
    path = path.format(root=root)
    assert refusal(path) == (
        f"“{Path(path)}” is in none of the folders that may be watched: {root}."
    )


@pytest.mark.parametrize(
    "name", ["", "code", "code/static", "data", "data/cache", "shared", "shared/media"]
)
def test_none_with_files_of_the_site(root: Path, name: str) -> None:
    """Neither within them nor around them."""
    assert refusal(root / name) == (
        f"“{root / name}” holds files of the site itself. Choose another folder."
    )


def test_no_link_below_the_root(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    for name, target in {
        "out": tmp_path / "outside",
        "own": root / "data",
        "in": root / "inbox",
    }.items():
        (root / name).symlink_to(target)
        assert refusal(root / name) == (
            f"“{root / name}” is no folder, or a link, which is not followed."
        )
    assert refusal(root / "in" / "scans") == (
        f"“{root / 'in' / 'scans'}” is no folder, or a link, which is not followed."
    )


def test_a_root_that_is_a_link_itself(root: Path, tmp_path: Path, settings) -> None:
    link = tmp_path / "mounted"
    link.symlink_to(root)
    settings.IMPORT_ROOTS = [link]
    assert connected(link / "inbox").test() == "The folder is there, with 0 files."
    assert connected(root / "inbox").test() == "The folder is there, with 0 files."
    assert refusal(link / "data") == (
        f"“{link / 'data'}” holds files of the site itself. Choose another folder."
    )


def test_a_file_is_no_folder(root: Path) -> None:
    (root / "inbox" / "a.pdf").write_bytes(b"a page")
    assert refusal(root / "inbox" / "a.pdf") == (
        f"“{root / 'inbox' / 'a.pdf'}” is no folder, or a link, which is not followed."
    )
