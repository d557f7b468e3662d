"""/api/v1/connections/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from documents.models import Connection
from tests.drive_files import top_of
from tests.drive_fixtures import google
from tests.drive_server import Google
from tests.made_sources import made_connection, made_source
from tests.services.consenting import connected

__all__ = ["google"]
URL = "/api/v1/connections/"


def test_it_works(api: APIClient, alice: User, charlie: User) -> None:
    mine = made_connection(alice)
    made_connection(charlie, "charlie@example.org")
    api.force_authenticate(alice)
    answer = api.get(URL)
    assert (answer.status_code, answer.json()["results"]) == (
        200,
        [
            {
                "id": str(mine.pk),
                "service": "google",
                "account": mine.account,
                "trouble": "",
                "created": mine.created.isoformat().replace("+00:00", "Z"),
            }
        ],
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    api: APIClient, alice: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        made_connection(alice, f"{number}@example.org")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert api.get(URL).json()["count"] == rows


def test_its_folders(api: APIClient, alice: User, google: Google) -> None:
    connection = connected(alice)
    folder = google.cloud.folder("Invoices", parent=top_of("ada@example.org"))
    google.cloud.folder("March", parent=folder.id)
    api.force_authenticate(alice)
    url = f"{URL}{connection.pk}/folders/"
    assert api.get(url).json() == [{"id": "root", "name": "My Drive"}]
    below = api.get(url, {"parent": "root"}).json()
    assert below == [{"id": folder.id, "name": "Invoices"}]
    assert [one["name"] for one in api.get(url, {"parent": folder.id}).json()] == [
        "March"
    ]
    answer = api.get(url, {"parent": "nowhere"})
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (
        422,
        "The folder is not in Google Drive, or is not shared with this account. "
        "Share it, or choose another one.",
    )


def test_disconnect(api: APIClient, alice: User, google: Google) -> None:
    connection = connected(alice)
    source = made_source(alice, kind="drive-oauth", connection=connection)
    api.force_authenticate(alice)
    answer = api.delete(f"{URL}{connection.pk}/")
    assert (answer.status_code, answer.json()) == (
        200,
        {"detail": f"“{connection.account}” is disconnected."},
    )
    assert not Connection.objects.exists()
    source.refresh_from_db()
    assert (source.connection, source.next_run) == (None, None)
