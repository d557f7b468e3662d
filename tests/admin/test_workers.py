"""The admin's workers: /admin/documents/worker/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Worker
from tests.admin.conftest import rows_of

URL = "/admin/documents/worker/"


@pytest.fixture
def worker(db: None) -> Worker:
    return Worker.objects.create(
        host="reader", pid=7, engines=["ppocr"], memory=2**30, seen=timezone.now()
    )


def test_it_works(desk: Client, worker: Worker) -> None:
    assert rows_of(desk.get(URL)) == [["reader", "7", "", "ppocr", "1.0 GB"]]


def test_it_cannot_be_edited(desk: Client, worker: Worker) -> None:
    assert desk.post(f"{URL}{worker.pk}/change/", {"pid": 8}).status_code == 403
    assert desk.post(f"{URL}{worker.pk}/delete/", {"post": "1"}).status_code == 403


def test_a_stranger_finds_nothing(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(URL).status_code == 404
