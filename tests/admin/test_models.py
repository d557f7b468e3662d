"""GET /admin/models/"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from engines import register
from tests.engines.models.made import checkpoint

URL = "/admin/models/"
COMMAND = "python manage.py models install tiny tiny-2b"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("TINY_MODEL", raising=False)
    register("tiny", "tests.commands.test_models.Tiny")
    return tmp_path / "models"


def rows_of(response: HttpResponse) -> dict[str, list[str]]:
    """The words of each row by its engine; of several the last."""
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL) for row in rows[1:]]
    words = [[" ".join(strip_tags(cell).split()) for cell in row] for row in cells]
    return {row[0]: row[1:] for row in words}


def test_it_works(desk: Client, root: Path, tmp_path: Path) -> None:
    rows = rows_of(desk.get(URL))
    nothing = ["–", "✓ can run", "It needs no files of its own.", "–", "–"]
    assert rows["Automatic auto"] == nothing
    model, state, where, size, licence = rows["PP-OCR ppocr"]
    assert (model, state, size, licence) == (
        "PP-OCRv6 small",
        "✓ here",
        "30.3 MB",
        "Apache-2.0",
    )
    assert re.fullmatch(r"In a package: /\S+/rapidocr/models", where)
    assert rows["Tiny tiny"] == [
        "Tiny 2B",
        "○ missing",
        f"The model Tiny 2B is not here. {COMMAND}Copy Where it was looked for "
        f"Among the models: {root}/tiny/tiny-2b"
        f"In the hub's cache: {tmp_path}/hub/models--acme--tiny-2b",
        "3.9 KB",
        "MIT",
    ]


def test_what_is_not_needed_is_folded(desk: Client) -> None:
    register("choosy", "tests.commands.test_models.Choosy")
    assert rows_of(desk.get(URL))["choosy"] == [
        "1 more",
        "○ not needed",
        "How to get them Tiny 8B 3.9 KB, MIT "
        "python manage.py models install tiny tiny-8bCopy",
        "–",
        "–",
    ]


def test_a_broken_one_is_told_in_the_readers_language(desk: Client, root: Path) -> None:
    (checkpoint(root / "tiny" / "tiny-2b") / "config.json").write_text("")
    _, state, where, *_ = rows_of(desk.get(URL))["Tiny tiny"]
    assert state == "✕ broken"
    assert where.startswith(f"Tiny 2B: config.json is empty. {COMMAND}")


def test_one_that_was_installed_tells_its_revision(desk: Client, root: Path) -> None:
    folder = checkpoint(root / "tiny" / "tiny-2b")
    (folder / "origin.json").write_text(
        '{"source": "x", "revision": "0123456789abcdef"}'
    )
    _, state, where, *_ = rows_of(desk.get(URL))["Tiny tiny"]
    assert (state, where) == (
        "✓ here",
        f"Among the models: {folder} Revision 0123456789ab",
    )


def test_commands_are_copied_by_buttons_that_have_one_target_each(
    desk: Client,
) -> None:
    page = desk.get(URL).content.decode()
    targets = re.findall(r'data-copies="#([\w-]+)"', page)
    assert "command-tiny-tiny-2b" in targets
    assert len(targets) == len(set(targets))
    assert all(page.count(f'id="{target}"') == 1 for target in targets)


def test_staff_without_the_right_is_told(client: Client, charlie: User) -> None:
    charlie.is_staff = True
    charlie.save()
    client.force_login(charlie)
    assert client.get(URL).status_code == 403


def test_who_may_view_everything_sees_it(looker: Client) -> None:
    assert looker.get(URL).status_code == 200


def test_a_stranger_finds_nothing(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(URL).status_code == 404
