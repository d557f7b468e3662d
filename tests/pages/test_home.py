"""GET / and GET /latest/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Batch, Job
from tests.made import made_document, made_job
from tests.made_roi import made_record
from tests.pages.saying import says

URL = "/"
LATEST = "/latest/"


def test_it_works(as_alice: Client, alice: User) -> None:
    made_job(made_document(alice, name="old.png", age=timedelta(minutes=5)))
    made_job(made_document(alice, name="new.pdf", pages=3, age=timedelta(0)), "srq")
    response = as_alice.get(URL)
    assert response.status_code == 200
    assert says(response, "drop") != []
    assert says(response, "document") == [
        "new.pdf 3 pages · 8.2 KB Tesseract reading 1 of 3 now",
        "old.png 1 page · 8.2 KB Tesseract done 1.2 s 5 min ago",
    ]


def test_the_first_visit_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == [
        "Nothing read yet Drop a receipt, a letter or a whole PDF on this page. "
        "The text appears beside the picture, line by line."
    ]


def test_errors_are_told(as_alice: Client, alice: User) -> None:
    made_job(made_document(alice), "f", error="Encrypted. Remove the password.")
    assert "Encrypted. Remove the password." in says(as_alice.get(URL), "why")


@pytest.mark.parametrize("count", [1, 3])
def test_queries(
    as_alice: Client, alice: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        made_job(made_document(alice, name=f"{number}.png"))
    as_alice.get(URL)  # the first visit writes down the session
    with django_assert_num_queries(13):
        as_alice.get(URL)


def test_other_peoples_documents_are_not_there(as_charlie: Client, alice: User) -> None:
    made_job(made_document(alice))
    assert says(as_charlie.get(URL), "document") == []
    assert says(as_charlie.get(LATEST), "document") == []


def test_a_viewer_has_nothing_to_drop_on(as_vera: Client, alice: User) -> None:
    made_job(made_document(alice, name="seen.png"))
    response = as_vera.get(URL)
    assert says(response, "drop") == []
    assert says(response, "title") == ["seen.png"]


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    response = client.get(URL)
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/")


def test_the_list_is_asked_for_while_something_is_read(
    as_alice: Client, alice: User
) -> None:
    job = made_job(made_document(alice), "r")
    first = as_alice.get(LATEST)
    assert 'hx-trigger="every 1s, refresh"' in first.content.decode()
    again = as_alice.get(LATEST, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    job.state = "succeeded"
    job.save()
    assert 'hx-trigger="refresh"' in as_alice.get(LATEST).content.decode()


def test_a_drop_of_several_files_is_one_row(as_alice: Client, alice: User) -> None:
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    for number, states in enumerate("ssfqc"):
        document = made_document(alice, name=f"{number}.png")
        made_job(document, states)
        batch.documents.add(document)
    Job.objects.filter(document__name="1.png").update(state="needs_template")
    made_job(batch.documents.get(name="4.png"))  # the newest reading is what counts
    made_record(alice, document=batch.documents.get(name="0.png"))
    assert says(as_alice.get("/latest/"), "batch") == [
        "Batch of 5 files now 1 waiting 2 read 1 to review 1 without a layout "
        "1 failed Its table"
    ]


def test_a_single_file_is_no_batch(as_alice: Client, alice: User) -> None:
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(made_document(alice))
    assert says(as_alice.get("/latest/"), "batch") == []


def test_an_old_batch_is_left_to_the_history(as_alice: Client, alice: User) -> None:
    batch = Batch.objects.create(workspace=alice.personal_workspace)
    batch.documents.add(made_document(alice), made_document(alice, name="b.png"))
    Batch.objects.update(created=timezone.now() - timedelta(days=2))
    assert says(as_alice.get("/latest/"), "batch") == []
