"""manage.py up: from nothing to a site, again, and when it cannot."""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from documents.supervisor.ground import write_secrets
from tests.processes.site import ROOT, Site, running_site, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the product's own settings, and a password that it makes up."""
    folder: Path = tmp_path_factory.mktemp("up") / "data"
    own = {
        "DJANGO_SETTINGS_MODULE": "ocrsite.settings",
        "DJANGO_SUPERUSER_PASSWORD": "",
    }
    with running_site(folder, **own) as site:
        yield site


def refused(site: Site, **environment: str) -> str:
    done = subprocess.run(
        site.line("up"),
        env=site.environment | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.strip()


def test_it_works(site: Site) -> None:
    told = site.told().splitlines()
    password = re.fullmatch(r"Password:   (\S{16})   \(shown only this once\)", told[2])
    assert password
    assert told == [
        "Static files are in place.",
        "First user: admin",
        f"Password:   {password[1]}   (shown only this once)",
        "Starting the web server and 2 workers …",
        f"Ready: http://127.0.0.1:{site.port}/",
    ]


def test_a_sample_is_there_to_look_at(site: Site) -> None:
    (job,) = site.ask("GET", "/api/v1/jobs/")[1]["results"]
    assert site.done(job["id"])["state"] == "succeeded"
    (document,) = site.ask("GET", "/api/v1/documents/")[1]["results"]
    assert (document["name"], document["source"]) == ("receipt.jpg", "sample")


def test_static_files_are_served(site: Site) -> None:
    manifest = (site.folder / "static" / "staticfiles.json").read_text()
    name = re.search(r'"css/[a-z]+\.css": "(css/[^"]+)"', manifest)
    assert name
    assert site.ask("GET", f"/static/{name[1]}")[0] == 200


def test_one_folder_feeds_one_site(site: Site) -> None:
    assert refused(site) == (
        f"CommandError: The site already runs from {site.folder} "
        f"(process {site.up.pid}). Stop that one, or set another DATA_DIR."
    )


def test_a_port_that_is_taken_is_named(site: Site, tmp_path: Path) -> None:
    assert refused(site, DATA_DIR=str(tmp_path)) == (
        f"CommandError: Port {site.port} is taken by another program. Stop that one, "
        f"or choose another port: manage.py up --port {site.port + 1}"
    )
    assert (tmp_path / "up.lock").read_text() == ""


def test_the_second_start_has_nothing_to_set_up(site: Site) -> None:
    before = len(site.told().splitlines())
    site.stop()
    site.start()
    # The site answers a moment before `up` has seen it and says so.
    wait_for(lambda: len(site.told().splitlines()) == before + 3, 10)
    assert site.told().splitlines()[before:] == [
        "Stopped.",
        "Starting the web server and 2 workers …",
        f"Ready: http://127.0.0.1:{site.port}/",
    ]


def test_data_are_copied_before_they_are_migrated(site: Site) -> None:
    """A database of an earlier version: its last migration is not applied."""
    site.stop()
    with closing(sqlite3.connect(site.folder / "db.sqlite3")) as database, database:
        database.execute("CREATE TABLE precious (x)")
        database.execute("DELETE FROM django_migrations WHERE app = 'axes'")
        tables = "SELECT name FROM sqlite_master WHERE name LIKE 'axes_%'"
        for (name,) in database.execute(f"{tables} AND type = 'table'").fetchall():
            database.execute(f"DROP TABLE {name}")
    site.start()
    (backup,) = (site.folder / "backups").iterdir()
    assert f"a copy from before: {backup}" in site.told()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT * FROM precious").fetchall() == []


def test_a_secret_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("PORT=9000\n")
    write_secrets(path, ["SECRET_KEY", "ENCRYPTION_KEYS"])
    first, second, third = path.read_text().splitlines()
    assert first == "PORT=9000"
    assert re.fullmatch("SECRET_KEY=.{50}", second)
    assert Fernet(third.removeprefix("ENCRYPTION_KEYS="))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_secret_it_writes_one_and_begins_anew(
    site: Site, tmp_path: Path
) -> None:
    """In a copy of the project, because the file lies beside manage.py."""
    shutil.copytree(ROOT / "ocrsite", tmp_path / "ocrsite")
    shutil.copy(ROOT / "manage.py", tmp_path)
    for name in ("documents", "engines", "templates", "static", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    secrets = ("SECRET_KEY", "ENCRYPTION_KEYS")
    bare = {
        name: value for name, value in site.environment.items() if name not in secrets
    }
    done = subprocess.run(
        [sys.executable, str(tmp_path / "manage.py"), "up", "--port", str(site.port)],
        env=bare | {"DATA_DIR": str(tmp_path / "data"), "PORT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"Wrote to {tmp_path}/.env: SECRET_KEY, ENCRYPTION_KEYS\n"
    assert done.stderr.startswith(f"CommandError: Port {site.port} is taken")
    assert (tmp_path / ".env").read_text().startswith("SECRET_KEY=")
