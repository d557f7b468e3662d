"""GET /sources/, GET /sources/status/, GET /sources/new/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.made_sources import made_connection, made_item, made_run, made_source
from tests.pages.saying import says

URL = "/sources/"
STATUS = "/sources/status/"
POLLS = 'hx-get="/sources/status/" hx-trigger="every 2s"'


def test_it_works(as_alice: Client, alice: User) -> None:
    source = made_source(alice, name="Scans of the office")
    made_item(source, "taken")
    response = as_alice.get(URL)
    assert says(response, "source") == [
        "Scans of the office Mailbox · scans · mail.example.org · INBOX fine 1 taken "
        "last visit now next in 20 min Run now Scans of the office "
        "Pause Scans of the office"
    ]
    assert POLLS not in response.content.decode()


def test_without_a_worker_that_visits_it(as_alice: Client, alice: User) -> None:
    made_source(alice)
    for url in (URL, STATUS):
        assert says(as_alice.get(url), "note") == [
            "No worker that visits sources and calls webhooks is running. "
            "Start one: NETWORK_WORKERS=1 python manage.py up"
        ]


def test_it_is_empty(as_alice: Client, settings) -> None:
    settings.GOOGLE_CLIENT_ID = settings.GOOGLE_CLIENT_SECRET = "x"
    response = as_alice.get(URL)
    assert says(response, "empty") == [
        "Nothing has to be uploaded by hand Name a place once: whatever arrives there "
        "is fetched, read and, where its layout is known, put into your table."
    ]
    admins = "not offered Only administrators of the site may have such a source."
    assert says(response, "card") == [
        "Google Drive A folder of your own Drive, or one that is shared with you. "
        "Add Google Drive",
        "Google Drive of an organisation A folder that is shared with a service "
        f"account. {admins}",
        "Mailbox Pictures and PDFs that are attached to mails. Add Mailbox",
        f"Folder of the server Files that a scanner or another program puts there. "
        f"{admins}",
    ]


def test_choose_a_kind(as_alice: Client, as_vera: Client, alice: User) -> None:
    made_source(alice)
    assert 'href="/sources/new/"' in as_alice.get(URL).content.decode()
    page = as_alice.get("/sources/new/")
    assert len(says(page, "card")) == 4
    assert 'href="/sources/new/imap/"' in page.content.decode()
    assert as_vera.get("/sources/new/").status_code == 403


def test_what_the_operator_has_to_set(as_alice: Client, alice: User, settings) -> None:
    alice.is_staff = True
    alice.save()
    key = (
        "not offered The site has no key to keep passwords with. "
        "Ask its operator to set ENCRYPTION_KEYS."
    )
    google = (
        "not offered The site is not known to Google as yet. Ask its operator to set "
        "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET."
    )
    roots = (
        "not offered No folder of the server may be watched as yet. "
        "Ask its operator to set IMPORT_ROOTS."
    )
    assert says(as_alice.get(URL), "why") == [google, roots]
    settings.ENCRYPTION_KEYS = []
    assert says(as_alice.get(URL), "why") == [
        "not offered Ask the site's operator to set ENCRYPTION_KEYS.",
        key,
        key,
        roots,
    ]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"paused": True, "error": "Off."}, "paused"),
        ({"error": "No such folder.", "next_run": None}, "waits for you"),
        ({"error": "Nobody answers."}, "did not work; it is tried again"),
        ({"last_success": None, "next_run": None}, "not visited yet"),
        ({}, "fine"),
    ],
)
def test_states(
    as_alice: Client, alice: User, columns: dict[str, object], words: str
) -> None:
    made_source(alice, **columns)
    page = as_alice.get(URL)
    assert says(page, "state") == [words]
    assert POLLS not in page.content.decode()


def test_reasons_are_told(as_alice: Client, alice: User) -> None:
    made_source(alice, error="The password is wrong: enter it again.", next_run=None)
    assert says(as_alice.get(URL), "why") == ["The password is wrong: enter it again."]


def test_it_is_asked_for_while_something_goes_on(as_alice: Client, alice: User) -> None:
    run = made_run(made_source(alice), "running")
    page = as_alice.get(URL)
    assert says(page, "state") == ["looking"]
    assert POLLS in page.content.decode()
    run.has_looked = True
    run.save()
    page = as_alice.get(STATUS)
    assert says(page, "state") == ["taking files"]
    assert POLLS in page.content.decode()
    run.state = "succeeded"
    run.save()
    page = as_alice.get(STATUS)
    assert says(page, "state") == ["fine"]
    assert POLLS not in page.content.decode()


def test_names_are_shown_as_they_are(as_alice: Client, alice: User) -> None:
    made_source(alice, name="<b>ماسح</b>", kind="folder")
    made_source(alice, name="Gone", kind="gopher")
    page = as_alice.get(URL)
    assert "<bdi>&lt;b&gt;ماسح&lt;/b&gt;</bdi>" in page.content.decode()
    assert says(page, "what") == [
        "<b>ماسح</b> Folder of the server · /srv/scans",
        "Gone gopher",
    ]


def test_they_are_in_the_order_of_their_names(as_alice: Client, alice: User) -> None:
    for name in ("Scanner", "Archive", "Mails"):
        made_source(alice, name=name)
    assert says(as_alice.get(URL), "title") == ["Archive", "Mails", "Scanner"]


def test_failures_lead_to_their_reasons(as_alice: Client, alice: User) -> None:
    source = made_source(alice)
    for state in ("failed", "failed", "waiting", "skipped"):
        made_item(source, state)
    page = as_alice.get(URL)
    assert says(page, "counts") == ["0 taken 1 waiting 2 failed"]
    assert f'href="/sources/{source.pk}/#failures"' in page.content.decode()


def test_own_accounts_alone(as_alice: Client, alice: User, charlie: User) -> None:
    made_connection(alice)
    made_connection(charlie, "charlie@example.org")
    assert says(as_alice.get(URL), "line") == [
        "alice@example.org Google connected now Disconnect"
    ]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("url", "queries"), [(URL, 11), (STATUS, 8)])
def test_queries(
    as_alice: Client,
    alice: User,
    rows: int,
    url: str,
    queries: int,
    django_assert_num_queries,
) -> None:
    connection = made_connection(alice)
    for number in range(rows):
        source = made_source(alice, "drive-oauth", connection=connection)
        made_item(source, name=f"{number}.png")
        made_run(source, "running")
    as_alice.get(url)
    with django_assert_num_queries(queries):
        as_alice.get(url)


def test_a_member_looks_and_changes_nothing(as_vera: Client, alice: User) -> None:
    made_source(alice, error="No such folder.", next_run=None)
    page = as_vera.get(URL)
    assert says(page, "source") == [
        "Scans Mailbox · scans · mail.example.org · INBOX waits for one of its owners "
        "No such folder. 0 taken last visit now"
    ]
    assert "/new/" not in page.content.decode()


def test_a_stranger_finds_nothing(as_charlie: Client, alice: User) -> None:
    made_source(alice)
    for url in (URL, STATUS):
        assert says(as_charlie.get(url), "source") == []


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.get(URL).url == "/accounts/login/?next=/sources/"
    assert client.get(STATUS).url == "/accounts/login/?next=/sources/status/"
