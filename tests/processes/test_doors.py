"""Doors that others know, asked by curl on a site with real processes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes import scan
from tests.processes.site import Site

pytestmark = pytest.mark.processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "till 7.tiff").write_bytes(scan(1))
    with Image.open(tmp_path / "till 7.tiff") as picture:
        picture.save(tmp_path / "till 7.png")
    return tmp_path


def curl(site: Site, folder: Path, door: str, *fields: str, save: bool = False) -> str:
    """What it prints; with *save* it keeps a file under the name that comes with it."""
    given = [part for field in fields for part in ("-F", field)]
    done = subprocess.run(
        [
            *("curl", "--silent", "--show-error", "--fail-with-body"),
            *(["--remote-name", "--remote-header-name"] if save else []),
            *("-H", f"Authorization: Bearer {site.key}", *given),
            f"http://127.0.0.1:{site.port}/{door}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def saved(site: Site, folder: Path, door: str, *fields: str) -> set[str]:
    """The files that are new after it."""
    known = {path.name for path in folder.iterdir()}
    curl(site, folder, door, *fields, save=True)
    return {path.name for path in folder.iterdir()} - known


def test_img_txt(site: Site, folder: Path) -> None:
    assert saved(site, folder, "img_txt", "image=@till 7.tiff") == {"till 7.txt"}
    assert (folder / "till 7.txt").read_text() == "Total 12.50\n"


def test_img_img(site: Site, folder: Path) -> None:
    fields = ("image=@till 7.tiff;filename=drawn.tiff", "white_background=true")
    assert saved(site, folder, "img_img", *fields) == {"drawn.png"}
    with Image.open(folder / "drawn.png") as drawn:
        assert (drawn.size, drawn.getpixel((59, 39))) == ((60, 40), (255, 255, 255))


def test_generate_text(site: Site, folder: Path) -> None:
    said = json.loads(curl(site, folder, "generate-text", "Image_file=@till 7.png"))
    assert said == {"text": "Total 12.50", "response": "Total 12.50"}
