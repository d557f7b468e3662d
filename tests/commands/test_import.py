"""manage.py import"""

from __future__ import annotations

import io
import json
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from documents.models import Batch, Document, Job
from documents.models.jobs import Lane
from documents.services import intake
from documents.services.jobs import cancel_job
from documents.services.readings import read_next
from documents.services.workspaces import create_workspace
from engines import register
from tests import fakes
from tests.fakes import scan


@pytest.fixture(autouse=True)
def fake_engines(settings) -> None:
    for name in fakes.NAMES:
        register(name, f"tests.fakes.{name.title()}")
    settings.DEFAULT_ENGINE = "fine"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three scans, one of them below, a copy, a text and a broken picture."""
    home = tmp_path / "scans"
    (home / "inner").mkdir(parents=True)
    for seed, name in enumerate(("page2.tif", "page10.tif", "inner/page1.tif")):
        (home / name).write_bytes(scan(1, seed))
    (home / "page11.tif").write_bytes(scan(1, 1))
    (home / "notes.md").write_text("no document")
    (home / "torn.tif").write_bytes(b"II*\x00 and no more")
    return home


def bring(*words: object, user: str = "alice") -> tuple[int, list[str]]:
    """Exit status and what was said."""
    err = io.StringIO()
    try:
        call_command("import", *map(str, words), "--user", user, stderr=err)
    except SystemExit as end:
        return end.code, err.getvalue().splitlines()
    return 0, err.getvalue().splitlines()


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for the workers does their work meanwhile."""
    monkeypatch.setattr(
        "documents.management.importing.time.sleep", lambda _seconds: read_next()
    )


def test_it_works(alice: User, folder: Path) -> None:
    status, said = bring(folder, "--tag", "post", "--batch", "Monday")
    assert said[-3].startswith("100% 6 of 6 brought")
    assert (status, said[-2:]) == (
        1,
        [
            "Skipped, because they are no pictures or PDFs: 1.",
            "Documents: 3, in the batch “Monday”.",
        ],
    )
    torn = "The picture is damaged or cut short. Save or scan it again."
    assert [line for line in said if "torn" in line] == [f"{folder}/torn.tif: {torn}"]
    rows = Document.objects.order_by("created").values_list(
        *("name", "source", "batch__name", "created_by__username", "tags__name"),
        *("jobs__engine", "jobs__state", "jobs__lane"),
    )
    shared = ("command", "Monday", "alice", "post", "fine", "queued", Lane.BULK)
    names = ("page1.tif", "page2.tif", "page10.tif")
    assert list(rows) == [(name, *shared) for name in names]


def test_it_goes_on_where_it_was_stopped(
    alice: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the document and its job, where nothing but chance would stop it."""

    def stop(*_args: object, **_wishes: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "read_once", stop)
    status, said = bring(folder)
    assert (status, said[-1]) == (
        130,
        "Stopped. The same command goes on where this ended.",
    )
    assert (Document.objects.count(), Job.objects.count()) == (1, 0)
    monkeypatch.undo()
    for _time in range(2):
        bring(folder)
    assert (Document.objects.count(), Job.objects.count()) == (3, 3)
    assert Batch.objects.get().documents.count() == 3


def test_other_wishes_and_readings_in_vain_are_read_again(
    alice: User, tmp_path: Path
) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(scan(1))
    bring(path)
    bring(path, "--languages", "ara,eng")
    assert Job.objects.count() == 2
    cancel_job(Job.objects.get(languages=["eng"]))
    bring(path)
    states = Job.objects.order_by("created").values_list("state", flat=True)
    assert list(states) == ["cancelled", "queued", "queued"]


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_make_one_job(alice: User, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(scan(1))

    def run() -> None:
        bring(path)
        connection.close()

    threads = [Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (Document.objects.count(), Job.objects.count()) == (1, 1)


def test_it_waits_and_writes_texts(
    alice: User, folder: Path, tmp_path: Path, workers: None
) -> None:
    out = tmp_path / "texts"
    status, said = bring(folder, "--wait", "--as", "txt", "--out", out)
    assert status == 1  # for the torn one
    assert said[-2:] == ["Read: 3 of 3.", f"Written: {out}/"]
    written = {str(p.relative_to(out)): p.read_text() for p in out.rglob("*.txt")}
    assert written == dict.fromkeys(
        ("page2.txt", "page10.txt", "inner/page1.txt"), "Total 12.50\n"
    )


def test_it_writes_the_table_of_records(
    alice: User, folder: Path, tmp_path: Path, workers: None
) -> None:
    out = tmp_path / "table.json"
    said = bring(
        *(folder, "--template", "auto", "--text"),
        *("--wait", "--as", "json", "--out", out),
    )[1]
    assert said[-3:] == [
        "Read: 3 of 3.",
        "Without a layout that fits: 3.",
        f"Written: {out}",
    ]
    assert json.loads(out.read_text())["rows"] == []


def test_it_says_what_was_not_read(
    alice: User, tmp_path: Path, workers: None, settings
) -> None:
    settings.MAX_ATTEMPTS = 1
    path = tmp_path / "scan.tif"
    path.write_bytes(scan(1))
    status, said = bring(path, "--engine", "refusing", "--wait")
    assert (status, said[-2:]) == (
        1,
        [
            f"{path}: Page 1: The page is too dark to be read. Scan it again.",
            "Read: 0 of 1.",
        ],
    )


def test_it_brings_into_a_shared_workspace(alice: User, folder: Path) -> None:
    shared = create_workspace(alice, "Accounts")
    bring(folder, "--workspace", "Accounts")
    assert Document.objects.filter(workspace=shared).count() == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--user", "nobody"), "There is no user “nobody”."),
        (
            ("--workspace", "Accounts"),
            "The user may bring nothing into a workspace “Accounts”.",
        ),
        (("--template", "Mill"), "The workspace has no layout “Mill”."),
        (("--engine", "absent"), "It is not here. pip install absent"),
        (("--as", "txt"), "Say --wait too: --as writes what has been read."),
        (("--tag", " "), "A tag has a letter at least."),
    ],
)
def test_it_refuses(
    alice: User, charlie: User, folder: Path, words: tuple[str, ...], reason: str
) -> None:
    create_workspace(charlie, "Accounts")
    with pytest.raises(CommandError) as refusal:
        call_command("import", str(folder), "--user", "alice", *words)
    assert (str(refusal.value), Document.objects.count()) == (reason, 0)
