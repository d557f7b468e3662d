"""manage.py read --from-vision"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.engines.vision.made import TOTAL, written

BAD = {"error": {"code": 3, "message": "Bad image data."}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.json").write_bytes(written(TOTAL))
    (tmp_path / "two.json").write_bytes(written({"responses": [TOTAL, BAD, TOTAL]}))
    (tmp_path / "notes.txt").write_text("no answer of anybody")
    return tmp_path


def read(*arguments: object, **options: Any) -> None:
    call_command("read", *map(str, arguments), "--from-vision", **options)


def test_it_works(folder, capsys):
    read(folder / "one.json", "--as", "txt")
    assert capsys.readouterr() == ("Total 12.50\n", "")


def test_other_formats(folder, capsys):
    read(folder / "one.json", "--as", "json")
    [page] = json.loads(capsys.readouterr().out)["pages"]
    assert (page["text"], page["engine"]) == ("Total 12.50", "google-vision")


def test_folders(folder, capsys):
    with pytest.raises(SystemExit):
        read(folder, "--out", folder / "out")
    assert (folder / "out" / "one.txt").read_text() == "Total 12.50\n"
    assert (folder / "out" / "two.txt").read_text() == "Total 12.50\n\fTotal 12.50\n"
    told = capsys.readouterr().err
    assert "two.json: page 2: Google Vision failed: Bad image data." in told
    assert "Skipped, because they are no JSON files: 1." in told
    assert "Files with errors: 1 of 3." in told


def test_a_file_of_another_kind_is_refused(folder, capsys):
    with pytest.raises(SystemExit):
        read(folder / "notes.txt")
    told = capsys.readouterr()
    assert told.out == ""
    assert "The file is no JSON, or damaged. Export it again." in told.err
