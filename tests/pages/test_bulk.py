"""POST /history/act/"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from documents.models import Document, Job
from documents.models.jobs import Lane
from documents.services import bulk
from tests.made import made_document, made_job

URL = "/history/act/"


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def names_in_trash() -> list[str]:
    trashed = Document.objects.exclude(trashed=None).order_by("name")
    return list(trashed.values_list("name", flat=True))


@pytest.fixture
def three(alice: User) -> list[Document]:
    return [made_document(alice, name=f"{name}.png") for name in "abc"]


def test_delete_those_ticked(as_alice: Client, three: list[Document]) -> None:
    wish = {"act": "trash", "document": [three[0].pk, three[1].pk]}
    response = as_alice.post(f"{URL}?q=png", wish)
    assert (response.status_code, response.url) == (302, "/history/?q=png")
    assert names_in_trash() == ["a.png", "b.png"]
    (message,) = get_messages(response.wsgi_request)
    assert str(message) == "2 documents are in the trash."
    as_alice.post("/trash/restore/", {"trashed": message.extra_tags})
    assert names_in_trash() == []


def test_all_that_match(as_alice: Client, alice: User, three: list[Document]) -> None:
    made_document(alice, name="other.tiff")
    as_alice.post(f"{URL}?q=png", {"act": "trash", "all": "yes"})
    assert names_in_trash() == ["a.png", "b.png", "c.png"]


def test_read_again(as_alice: Client, alice: User, three: list[Document]) -> None:
    wish = {"act": "read", "document": [three[0].pk], "engine": "tesseract"}
    response = as_alice.post(URL, wish)
    job = Job.objects.get()
    assert (job.document, job.engine, job.created_by) == (three[0], "tesseract", alice)
    assert (job.lane, job.state) == (Lane.BULK, "queued")
    assert told(response) == ["1 document is being read again."]


def test_very_many_are_left_to_a_worker(
    as_alice: Client, three: list[Document], monkeypatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    given: list[tuple] = []
    monkeypatch.setattr(bulk, "enqueue", lambda *call: given.append(call))
    response = as_alice.post(URL, {"act": "read", "all": "yes", "engine": "tesseract"})
    assert told(response) == ["3 documents are being read again."]
    assert Job.objects.count() == 2
    ((task, keys, user, wishes),) = given
    assert task == "documents.tasks.read_again"
    from documents.tasks import read_again

    read_again(keys, user, wishes)
    assert {job.document for job in Job.objects.all()} == set(three)


def test_the_texts_in_one_file(as_alice: Client, alice: User) -> None:
    twins = [made_document(alice, name="same.png", pages=2) for _ in range(2)]
    unread = made_document(alice, name="unread.png")
    for document in twins:
        made_job(document, words=(("old", 0.9),))
        made_job(document, "sf", words=(("new", 0.9),))
    keys = [document.pk for document in [*twins, unread]]
    response = as_alice.post(URL, {"act": "texts", "document": keys})
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {"same.txt": "new", "same (2).txt": "new"}
    assert response["Content-Disposition"] == 'attachment; filename="texts.zip"'


@pytest.mark.parametrize("document", [[], ["nonsense"]])
def test_nothing_ticked(
    as_alice: Client, three: list[Document], document: list[str]
) -> None:
    response = as_alice.post(URL, {"act": "trash", "document": document})
    assert told(response) == ["Tick at least one document first."]
    assert names_in_trash() == []


def test_a_strangers_documents_are_not_touched(
    as_charlie: Client, three: list[Document]
) -> None:
    as_charlie.post(URL, {"act": "trash", "document": [three[0].pk]})
    as_charlie.post(URL, {"act": "trash", "all": "yes"})
    texts = as_charlie.post(URL, {"act": "texts", "document": [three[0].pk]})
    with ZipFile(BytesIO(b"".join(texts.streaming_content))) as archive:
        assert archive.namelist() == []
    assert names_in_trash() == []


def test_a_viewer_may_take_texts_and_no_more(
    as_vera: Client, three: list[Document]
) -> None:
    for act in ("trash", "read"):
        assert as_vera.post(URL, {"act": act, "all": "yes"}).status_code == 403
    assert as_vera.post(URL, {"act": "texts", "all": "yes"}).status_code == 200
    assert (names_in_trash(), Job.objects.count()) == ([], 0)


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.post(URL).url == "/accounts/login/?next=/history/act/"
