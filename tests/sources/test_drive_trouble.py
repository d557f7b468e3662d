"""documents.sources.drive when Google says no: who has to act, and what comes again"""

from __future__ import annotations

import json
from contextlib import closing
from io import BytesIO

import pytest

from documents.sources import AccessLost, NeedsSomebody, Setup, SourceError
from documents.sources.drive import OwnDrive, SharedDrive, client
from tests.drive_files import top_of
from tests.drive_fixtures import folder, google
from tests.sources.drive import connector, fetched, looks, put

__all__ = ["folder", "google"]
BUSY = "Google Drive is too busy. It is tried again."
LOST = (
    "Google no longer lets this site in. "
    "Connect the account again, or enter a new key of the service account."
)
NO_KEY = (
    "This is no key of a service account. Paste the whole content of the JSON file "
    "that Google Cloud gave out."
)
NO_FOLDER = (
    "This is no folder of Google Drive. Open the folder in your browser, "
    "and copy its address."
)
NOT_THERE = (
    "The folder is not in Google Drive, or is not shared with this account. "
    "Share it, or choose another one."
)


@pytest.fixture(autouse=True)
def soon(monkeypatch) -> None:
    """What is tried again at once is so without the usual seconds between."""
    monkeypatch.setattr("googleapiclient.http.random.random", lambda: 0.01)


def refused(act) -> tuple[type[SourceError], str]:
    with pytest.raises(SourceError) as raised:
        act()
    return type(raised.value), str(raised.value)


def own(google) -> Setup:
    google.accounts.refresh["1//lasting"] = google.accounts.person
    here = google.cloud.folder("Mine", parent=top_of(google.accounts.person))
    return Setup({"folder": here.id}, {"refresh_token": "1//lasting"})


def says(made) -> str:
    with closing(made) as drive:
        return drive.test()


def test_a_person_s_account(google):
    setup = own(google)
    assert says(OwnDrive(setup)) == "“Mine” can be read: 0 files can be taken."
    top = Setup({"folder": "root"}, setup.secrets)
    assert says(OwnDrive(top)) == "“My Drive” can be read: 0 files can be taken."


@pytest.mark.parametrize(
    "address",
    [
        "https://drive.google.com/drive/folders/{}",
        " https://drive.google.com/drive/u/1/folders/{}?usp=sharing\n",
        "https://drive.google.com/open?id={}&authuser=0",
    ],
)
def test_a_folder_by_its_address(google, folder, address):
    made = connector(google, address.format(folder.id))
    assert says(made) == "“Invoices” can be read: 0 files can be taken."


@pytest.mark.parametrize("text", ["' or trashed = true or '", "https://example.org/a"])
def test_what_is_no_folder_s_address(google, folder, text):
    made = connector(google, text)
    assert refused(lambda: says(made)) == (NeedsSomebody, NO_FOLDER)
    assert google.asked == []


def test_a_folder_that_is_not_there(google, folder):
    hidden = google.cloud.folder("Hidden")
    (file,) = put(google, folder, "a.tiff")
    google.cloud.trash(folder)
    for one in (hidden, file, folder):
        assert refused(lambda it=one: looks(google, it)) == (NeedsSomebody, NOT_THERE)


def test_a_moment_of_trouble_is_waited_for(google, folder):
    put(google, folder, "a.tiff")
    google.fails += [503, 500]
    found = looks(google, folder)[0].found[0]
    google.fails += [503, 429]
    google.token_fails += [503]
    assert fetched(google, folder, found) == b"a.tiff"
    assert google.fails == google.token_fails == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_more_trouble_is_for_another_time(google, folder, status):
    google.fails += [status] * (client.RETRIES + 1)
    assert refused(lambda: looks(google, folder)) == (SourceError, BUSY)
    assert google.fails == []


def test_a_token_that_has_expired_is_renewed(google, folder):
    put(google, folder, "a.tiff")
    with closing(connector(google, folder.id)) as drive:
        listed, *_ = drive.look({})
        google.accounts.expire()
        sink = BytesIO()
        drive.fetch(listed.found[0], sink)
    assert sink.getvalue() == b"a.tiff"
    assert google.accounts.issued == 2


def test_one_token_serves_a_step(google, folder):
    put(google, folder, "a.tiff")
    with closing(connector(google, folder.id)) as drive:
        for found in next(drive.look({})).found * 3:
            drive.fetch(found, BytesIO())
    assert google.accounts.issued == 1
    assert google.asked.count("POST /token") == 1


def test_access_that_was_revoked(google, folder):
    setup = own(google)
    google.accounts.revoke()
    assert refused(lambda: says(OwnDrive(setup))) == (AccessLost, LOST)
    assert refused(lambda: looks(google, folder)) == (AccessLost, LOST)


def test_no_account_is_connected(google):
    made = OwnDrive(Setup({"folder": "root"}))
    said = (NeedsSomebody, "No Google account is connected. Choose one.")
    assert refused(lambda: says(made)) == said


def test_a_site_that_google_does_not_know(google, settings):
    settings.GOOGLE_CLIENT_SECRET = "another"
    said = (
        "Google does not accept this site, or the service account, any more. "
        "Check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or the key."
    )
    made = OwnDrive(own(google))
    assert refused(lambda: says(made)) == (NeedsSomebody, said)


def changed(key: str, **what: object) -> str:
    content = {**json.loads(key), **what}
    return json.dumps({name: it for name, it in content.items() if it is not None})


@pytest.mark.parametrize(
    "broken",
    [
        lambda key: "",
        lambda key: "not JSON",
        lambda key: "[]",
        lambda key: "{}",
        lambda key: changed(key, type="authorized_user"),
        lambda key: changed(key, private_key=None),
        lambda key: changed(key, private_key="-----BEGIN PRIVATE KEY-----\nAAAA"),
        lambda key: changed(key, private_key=7),
        lambda key: changed(key, client_email=None),
    ],
)
def test_keys_that_are_none(google, folder, broken):
    key = broken(google.accounts.key_file())
    made = SharedDrive(Setup({"folder": folder.id}, {"key": key}))
    assert refused(lambda: says(made)) == (NeedsSomebody, NO_KEY)
    assert google.asked == []


def test_a_key_that_google_does_not_know(google, folder):
    key = changed(google.accounts.key_file(), client_email="other@example.org")
    made = SharedDrive(Setup({"folder": folder.id}, {"key": key}))
    assert refused(lambda: says(made)) == (AccessLost, LOST)


def test_google_is_not_reachable(google, folder, settings):
    settings.GOOGLE_DRIVE_URL = "http://127.0.0.1:1/"
    away = "Google cannot be reached, or breaks off. It is tried again."
    assert refused(lambda: looks(google, folder)) == (SourceError, away)
    settings.GOOGLE_TOKEN_URL = "http://127.0.0.1:1/token"
    assert refused(lambda: looks(google, folder)) == (SourceError, away)


def test_a_token_endpoint_that_is_ill(google, folder, monkeypatch):
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    google.token_fails += [502] * 20
    said = "Google gives out no access at the moment. It is tried again."
    assert refused(lambda: looks(google, folder)) == (SourceError, said)


def test_a_file_that_takes_too_long(google, folder, settings):
    put(google, folder, "a.tiff")
    found = looks(google, folder)[0].found[0]
    settings.SOURCE_SECONDS = 0
    said = refused(lambda: fetched(google, folder, found))
    assert said[0] is SourceError


@pytest.mark.parametrize(
    ("reason", "kind", "said"),
    [
        ("userRateLimitExceeded", SourceError, BUSY),
        (
            "accessNotConfigured",
            NeedsSomebody,
            "The Google Drive API is switched off. "
            "Switch it on in the project in Google Cloud, then try again.",
        ),
        (
            "insufficientPermissions",
            NeedsSomebody,
            "Google does not let this account read the folder. "
            "Share the folder with it, then try again.",
        ),
    ],
)
def test_what_is_forbidden_and_why(google, folder, reason, kind, said):
    (file,) = put(google, folder, "a.tiff")
    found = looks(google, folder)[0].found[0]
    google.api.reasons[file.id] = reason
    assert refused(lambda: fetched(google, folder, found)) == (kind, said)
