"""GET /admin/operations/"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from documents.models import Worker
from documents.models.jobs import Lane
from engines.registry import ENGINES
from tests.admin.conftest import make_document, make_job

URL = "/admin/operations/"


@pytest.fixture(autouse=True)
def two_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can run here, and one whose name is misspelt."""
    for name in list(ENGINES):
        monkeypatch.delitem(ENGINES, name)
    monkeypatch.setitem(ENGINES, "fine", "tests.fakes.Fine")
    monkeypatch.setitem(ENGINES, "mine", "nowhere.Engine")


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ages are shown to the second, and a busy machine may take some."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


def make_worker(pid: int, *, seen: float = 0, warm: bool = True) -> Worker:
    return Worker.objects.create(
        host="reader",
        pid=pid,
        engines=["fine"],
        warm=warm,
        memory=2**30,
        seen=timezone.now() - timedelta(seconds=seen),
    )


def words_of(client: Client) -> list[str]:
    """What htmx is sent, as lines of words: the verdict, then each table's rows."""
    response = client.get(URL, headers={"HX-Request": "true"})
    assert response.status_code == 200
    rows = re.split(r"</?(?:tr|p|h2|div)\b[^>]*>", response.content.decode())
    rows = [" ".join(strip_tags(cell(row)).split()) for row in rows]
    return [row.replace("\xa0", " ") for row in rows if row]


def cell(row: str) -> str:
    return re.sub(r"</t[hd]>", " | ", row)


def below(words: list[str], title: str, rows: int) -> list[str]:
    start = words.index(title) + 1
    return words[start : start + rows]


def test_it_works(desk: Client, alice: User) -> None:
    make_worker(7)
    document = make_document(alice, "two.pdf", pages=4)
    make_job(document, "succeeded", "failed", "running", "queued")
    words = words_of(desk)
    assert words[0] == "All is well: 1 page waiting, for 0 s."
    assert below(words, "Waiting pages", 3) == [
        "Lane | Pages | The oldest waits |",
        "interactive | 1 | 0 s |",
        "bulk | 0 | – |",
    ]
    assert below(words, "Pages being read 1", 2) == [
        "Document | Page | Engine | Attempt | For | Lease | Worker |",
        "two.pdf | 3 | ppocr | 1 | 3 s | 1 minute left | – |",
    ]
    assert below(words, "Workers 1", 2) == [
        "Worker | Class | State | Engines loaded | Memory | Running for | "
        "Last heartbeat |",
        "reader:7 | cpu | ready | fine | 1.0 GB | 0 s | 0 s ago |",
    ]
    assert below(words, "Read in the last hour", 2) == [
        "Engine | Pages | From earlier readings | Seconds a page |",
        "ppocr | 1 | 0 | 0.84 |",
    ]
    assert below(words, "Failed in the last day", 2) == [
        "Reason | Pages | The last |",
        "The engine gave up. | 1 | 0 s ago |",
    ]
    assert below(words, "Engines", 3) == [
        "Engine | Version | Here | Warm in workers |",
        "Fine fine | 1 | available | 1 |",
        "mine mine | – | not available No module named &#x27;nowhere&#x27; | 0 |",
    ]


def test_the_first_line_says_what_is_stuck(desk: Client, alice: User) -> None:
    make_worker(7, seen=300)
    make_job(make_document(alice), "queued")
    words = words_of(desk)
    assert re.sub(r"\d\d:\d\d", "12:04", words[0]) == (
        "Nothing is being read: 1 page waits since 12:04, "
        "no worker has been seen for 5 minutes. Start one: python manage.py up"
    )
    assert below(words, "Workers 1", 2)[1] == (
        "reader:7 | cpu | silent | fine | 1.0 GB | 0 s | 5 minutes ago |"
    )


def test_it_says_which_class_has_no_worker(desk: Client, alice: User) -> None:
    make_worker(7)
    job = make_job(make_document(alice), "queued")
    job.page_reads.update(engine_class="gpu")
    words = words_of(desk)
    assert re.sub(r"\d\d:\d\d", "12:04", words[0]) == (
        "1 page waits since 12:04 for an engine of the class “gpu”, "
        "and no worker of that class is running. "
        "Start one: GPU_WORKERS=1 python manage.py up"
    )


def test_a_page_asked_for_again_waits_since_then(desk: Client, alice: User) -> None:
    job = make_job(make_document(alice), "queued")
    job.page_reads.update(created=timezone.now() - timedelta(days=3), lane=Lane.BULK)
    assert below(words_of(desk), "Waiting pages", 3)[2] == "bulk | 1 | 0 s |"


def test_a_lease_that_ended(desk: Client, alice: User) -> None:
    make_worker(7)
    job = make_job(make_document(alice), "running")
    job.page_reads.update(lease=timezone.now() - timedelta(minutes=2))
    words = words_of(desk)
    assert words[0].startswith("1 page hangs since ")
    assert below(words, "Pages being read 1", 2)[1] == (
        "receipt.png | 1 | ppocr | 1 | 3 s | ended 2 minutes ago | – |"
    )


def test_an_empty_house(desk: Client) -> None:
    words = words_of(desk)
    assert words[0] == (
        "Nothing is waiting, but no worker is there to read what comes. "
        "Start one: python manage.py up"
    )
    assert below(words, "Pages being read 0", 1) == [
        "No page is being read at this moment."
    ]
    assert below(words, "Workers 0", 1) == ["No worker has reported."]


def test_a_browser_gets_the_whole_page(desk: Client) -> None:
    page = desk.get(URL).content.decode()
    assert "<h1>Operations</h1>" in page
    assert 'hx-get="/admin/operations/" hx-trigger="every 5s"' in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_it_asks_little_however_much_there_is(
    desk: Client, alice: User, django_assert_num_queries
) -> None:
    for number in range(3):
        make_worker(number)
        document = make_document(alice, f"{number}.tif", pages=3)
        make_job(document, "succeeded", "failed", "running")
    desk.get(URL)
    # Session, user, profile; workers, lanes, running (counted, listed), failures,
    # throughput, the last read, the size of the database.
    with django_assert_num_queries(12):
        desk.get(URL, headers={"HX-Request": "true"})


def test_a_stranger_finds_nothing(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(URL).status_code == 404


def test_a_visitor_is_asked_to_log_in(client: Client, db: None) -> None:
    response = client.get(URL, follow=True)
    assert response.redirect_chain[-1] == (f"/accounts/login/?next={URL}", 302)


def test_staff_without_the_right_is_refused(client: Client, charlie: User) -> None:
    charlie.is_staff = True
    charlie.save()
    client.force_login(charlie)
    assert client.get(URL).status_code == 403
    charlie.user_permissions.add(Permission.objects.get(codename="view_job"))
    assert client.get(URL).status_code == 200


def test_a_session_that_ended_while_the_page_polls(client: Client, db: None) -> None:
    response = client.get(URL, headers={"HX-Request": "true"}, follow=True)
    assert response.headers["HX-Refresh"] == "true"
