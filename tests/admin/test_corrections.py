"""The admin's corrections: /admin/documents/correction/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Correction, PageRead
from documents.services.texts.corrections import correct_line
from tests.admin.conftest import rows_of
from tests.made import made_document, made_job

URL = "/admin/documents/correction/"


@pytest.fixture
def read(alice: User) -> PageRead:
    return made_job(made_document(alice)).page_reads.get()


@pytest.fixture
def made(alice: User, read: PageRead) -> Correction:
    return correct_line(read, 2, "Total 1.20", user=alice)


def test_it_works(desk: Client, made: Correction) -> None:
    assert rows_of(desk.get(URL)) == [
        ["scan.png", "1", "2", "T0tal  1.20", "Total 1.20", "alice", "alice"]
    ]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, made: Correction, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    for text in ("Total 1.28", "Total 1.26"):
        correct_line(made.read, 2, text, user=alice)
    with django_assert_num_queries(5):
        desk.get(URL)


def test_its_page_shows_all(desk: Client, made: Correction) -> None:
    page = desk.get(f"{URL}{made.pk}/change/").content.decode()
    for shown in (
        "T0tal  1.20",
        "Total 1.20",
        f"/admin/documents/job/{made.read.job_id}",
    ):
        assert shown in page


def test_it_is_never_changed(desk: Client, made: Correction) -> None:
    url = f"{URL}{made.pk}"
    assert desk.post(f"{url}/change/", {"after": "other"}).status_code == 403
    assert desk.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    assert Correction.objects.get().after == "Total 1.20"


def test_a_stranger_finds_nothing(
    client: Client, charlie: User, made: Correction
) -> None:
    client.force_login(charlie)
    assert client.get(f"{URL}{made.pk}/change/").status_code == 404
