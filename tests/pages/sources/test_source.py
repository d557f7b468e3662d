"""GET /sources/<id>/, GET /sources/<id>/status/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document, Source
from documents.services.documents import trash_documents
from tests.made import made_document
from tests.made_roi import made_template
from tests.made_sources import (
    made_connection,
    made_item,
    made_run,
    made_source,
    taken,
)
from tests.pages.saying import says


def address(source: Source, part: str = "") -> str:
    return f"/sources/{source.pk}/{part}"


def test_it_works(as_alice: Client, alice: User) -> None:
    source = made_source(alice, languages=["ara"], tags=["paid"])
    document = made_document(alice, name="scan.png")
    taken(source, document)
    item = made_item(source, error="The file is empty.", name="empty.png")
    made_item(source, "skipped", error="This is no picture or PDF.", name="a.zip")
    made_run(source, found=3, taken=1, failed=1)
    made_run(source, "failed", error="Nobody answers.")
    page = as_alice.get(address(source))
    assert says(page, "card") == [
        "At the moment fine 1 taken 1 failed last visit now next in 20 min "
        "Run now Pause",
        "1 file could not be taken Try all again "
        "empty.png The file is empty. now Try again empty.png",
        "Taken lately scan.png now",
        "Left alone a.zip This is no picture or PDF. now",
        "Visits WhenStateFoundTakenFailed now failed 0 0 0 Nobody answers. "
        "now done 3 1 1",
        "Settings Server mail.example.org Port 993 Encryption TLS User scans "
        "Signs in with a password Password kept, never shown Mail folder INBOX "
        "When a mail was taken mark it as read "
        "Visited every hour Engine Automatic Languages العربية Layout automatic "
        "Tags paid Added by alice, now",
    ]
    html = page.content.decode()
    assert f'href="/documents/{document.pk}/"' in html
    assert f'name="item" value="{item.pk}"' in html
    assert "hunter2" not in html


def test_one_that_was_never_visited(as_alice: Client, alice: User) -> None:
    source = made_source(
        alice, "folder", secrets="", schedule="", next_run=None, last_success=None
    )
    assert says(as_alice.get(address(source)), "card") == [
        "At the moment not visited yet 0 taken Run now Pause",
        "Settings Path /srv/scans Visited only when asked to Engine Automatic "
        "Languages the site's own Layout automatic Added by alice, now",
    ]


def test_what_its_documents_are_read_with(as_alice: Client, alice: User) -> None:
    connection = made_connection(alice)
    source = made_source(
        alice,
        "drive-oauth",
        connection=connection,
        template=made_template(alice, name="Corner Shop"),
        any_template=False,
        engine="tesseract",
        schedule="5 4 * * 1",
        secrets="",
    )
    assert says(as_alice.get(address(source)), "card")[-1] == (
        "Settings Folder 1AbC Name of the folder Invoices Account alice@example.org "
        "Visited 5 4 * * 1 Engine Tesseract Languages the site's own "
        "Layout Corner Shop Added by alice, now"
    )


def test_settings_that_do_not_matter_are_not_shown(
    as_alice: Client, alice: User
) -> None:
    settings = {"sign_in": "password", "token_url": "https://old.example/token"}
    page = as_alice.get(address(made_source(alice, settings=settings)))
    assert "old.example" not in page.content.decode()


def test_documents_that_were_deleted(as_alice: Client, alice: User) -> None:
    source = made_source(alice)
    taken(source, made_document(alice, name="trashed.png"))
    trash_documents(Document.objects.all())
    made_item(source, "taken", name="gone.png")
    page = as_alice.get(address(source))
    assert sorted(says(page, "line")) == [
        "gone.png deleted since now",
        "trashed.png deleted since now",
    ]


def test_more_than_one_looks_through(as_alice: Client, alice: User) -> None:
    source = made_source(alice)
    for _ in range(11):
        made_item(source, "taken")
    page = as_alice.get(address(source))
    assert len(says(page, "line")) == 10
    assert "The newest 10 of 11." in page.content.decode()


def test_it_is_asked_for_while_it_is_visited(as_alice: Client, alice: User) -> None:
    source = made_source(alice)
    polls = f'hx-get="{address(source, "status/")}" hx-trigger="every 2s"'
    run = made_run(source, "running")
    for url in (address(source), address(source, "status/")):
        page = as_alice.get(url)
        assert says(page, "state") == ["looking", "under way"]
        assert polls in page.content.decode()
    run.state = "succeeded"
    run.save()
    page = as_alice.get(address(source, "status/"))
    assert says(page, "state") == ["fine", "done"]
    assert polls not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    as_alice: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    source = made_source(alice)
    for number in range(rows):
        taken(source, made_document(alice, name=f"{number}.png"))
        made_item(source)
        made_item(source, "skipped")
        made_run(source)
    as_alice.get(address(source))
    with django_assert_num_queries(13):
        as_alice.get(address(source))


def test_a_member_looks_and_changes_nothing(as_vera: Client, alice: User) -> None:
    source = made_source(alice)
    made_item(source)
    page = as_vera.get(address(source))
    assert says(page, "title") == ["file 0.png"]
    assert says(page, "acts") == ["All sources"]
    assert "Try" not in page.content.decode()


def test_a_stranger(as_charlie: Client, alice: User) -> None:
    source = made_source(alice)
    for part in ("", "status/"):
        assert as_charlie.get(address(source, part)).status_code == 404


def test_without_a_user_it_asks_for_one(client: Client, alice: User) -> None:
    url = address(made_source(alice))
    assert client.get(url).url == f"/accounts/login/?next={url}"
