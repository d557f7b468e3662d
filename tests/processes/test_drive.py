"""A folder of Google Drive while workers are killed in it: every file comes once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drive_server import Google, open_google
from tests.drive_sites import Watched
from tests.processes.site import running_site, wait_for

pytestmark = pytest.mark.processes
COUNT = 40


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with open_google() as google:
        google.api.most = 15  # rows of a page
        google.seconds = 0.05
        yield google


@pytest.fixture(scope="module")
def watched(google: Google, tmp_path_factory) -> Iterator[Watched]:
    folder: Path = tmp_path_factory.mktemp("drive") / "site"
    with running_site(folder, **google.environment()) as site:
        yield Watched(site, google, COUNT)


def test_a_folder_s_life(watched: Watched, google: Google) -> None:
    """One after the other: each begins with what the one before has left."""
    every_file_comes_once(watched, google)
    changes_are_seen_and_nothing_else(watched, google)
    what_google_has_forgotten_is_listed_anew(watched, google)
    access_that_is_revoked(watched, google)


def listings(google: Google) -> int:
    return google.asked.count("GET /drive/v3/files")


def every_file_comes_once(watched: Watched, google: Google) -> None:
    cloud, files = google.cloud, watched.files
    before = listings(google)
    watched.visit()
    wait_for(lambda: listings(google) > before, 30)
    watched.kill_worker()  # in the midst of the listing
    # A worker killed twice at the same errand costs a minute: these are of others.
    for count in (20, 36):
        wait_for(lambda least=count: len(cloud.downloads) >= least, 100)
        google.fails += [503, 503]
        watched.kill_worker()
    cloud.rename(files[-1], "renamed.tiff")
    cloud.delete(files[-2])
    cloud.trash(files[-3])
    google.accounts.expire()
    watched.rest(120)
    assert watched.items() == {"taken": COUNT - 2, "skipped": 2}
    assert set(watched.documents().values()) == {1}
    assert watched.jobs() == {1: COUNT - 2}
    assert google.fails == []
    assert not {files[-2].id, files[-3].id} & set(cloud.downloads)
    again = sum(cloud.downloads.values()) - len(cloud.downloads)
    assert again <= len(watched.killed)  # no more than what was in hand


def changes_are_seen_and_nothing_else(watched: Watched, google: Google) -> None:
    cloud, files = google.cloud, watched.files
    before, downloads = listings(google), sum(cloud.downloads.values())
    cloud.rename(files[0], "another name.tiff")
    cloud.change(files[1], next(watched.contents))
    cloud.trash(files[-3], back=True)
    watched.put("new.tiff")
    watched.visit()
    watched.rest(60)
    assert listings(google) == before  # a page of changes was enough
    assert sum(cloud.downloads.values()) == downloads + 3
    assert watched.documents()["001.tiff"] == 2
    assert watched.documents()["new.tiff"] == 1
    assert watched.documents()["another name.tiff"] == 0
    assert watched.items() == {"taken": COUNT + 1, "skipped": 1}
    assert watched.jobs() == {1: COUNT + 1}


def what_google_has_forgotten_is_listed_anew(watched: Watched, google: Google) -> None:
    before, downloads = listings(google), sum(google.cloud.downloads.values())
    google.cloud.forget_changes()
    watched.put("newer.tiff")
    watched.visit()
    watched.rest(60)
    assert listings(google) > before
    assert sum(google.cloud.downloads.values()) == downloads + 1
    assert watched.items() == {"taken": COUNT + 2, "skipped": 1}
    assert watched.jobs() == {1: COUNT + 2}


def access_that_is_revoked(watched: Watched, google: Google) -> None:
    """Its source says so and waits; it goes on when somebody has seen to it."""
    google.accounts.revoke()
    watched.put("newest.tiff")
    watched.visit()
    watched.rest(60)
    said = "SELECT error, next_run IS NULL FROM documents_source"
    lost = (
        "Google no longer lets this site in. "
        "Connect the account again, or enter a new key of the service account."
    )
    assert watched.site.rows(said) == [(lost, 1)]
    google.accounts.is_robot_known = True
    watched.visit()
    watched.rest(60)
    assert watched.site.rows(said) == [("", 1)]
    assert watched.documents()["newest.tiff"] == 1
