"""POST /history/act/"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from documents.models import Delivery, Document, Errand, Job
from documents.models.jobs import Lane
from documents.services import bulk
from documents.services.errands import run_next
from documents.services.roi import archive_template
from documents.views import deliveries
from tests.made import made_document, made_job
from tests.made_roi import made_template

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
    as_alice: Client, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    monkeypatch.setattr(bulk, "MOMENT", 0)
    response = as_alice.post(URL, {"act": "read", "all": "yes", "engine": "tesseract"})
    assert told(response) == ["3 documents are being read again."]
    assert [Job.objects.count() for _ in range(3) if run_next() or True] == [2, 3, 3]
    assert {job.document for job in Job.objects.all()} == set(three)


def test_what_a_worker_died_of_is_not_asked_for_twice(
    as_alice: Client, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    as_alice.post(URL, {"act": "read", "all": "yes", "engine": "tesseract"})
    errand = Errand.objects.get()
    bulk.go_on(errand.workspace, errand.question)
    Job.objects.update(state="succeeded")  # all of it was known
    assert run_next()
    assert Job.objects.count() == 3


def test_the_same_sent_twice_is_read_once(
    as_alice: Client, three: list[Document]
) -> None:
    for _ in range(2):
        as_alice.post(URL, {"act": "read", "all": "yes", "engine": "tesseract"})
    assert Job.objects.count() == 3
    as_alice.post(URL, {"act": "read", "all": "yes", "engine": "auto"})
    assert Job.objects.count() == 6


def test_with_a_layout(
    as_alice: Client, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    layout = made_template(three[0].created_by, three[0])
    wish = {"engine": "tesseract", "template": str(layout.pk)}
    as_alice.post(URL, {"act": "read", "all": "yes", **wish})
    assert run_next()
    assert [job.template for job in Job.objects.all()] == [layout] * 3


def test_with_a_layout_that_is_gone_meanwhile(
    as_alice: Client, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    layout = made_template(three[0].created_by, three[0])
    wish = {"engine": "tesseract", "template": str(layout.pk)}
    as_alice.post(URL, {"act": "read", "all": "yes", **wish})
    archive_template(layout)
    assert run_next()
    assert Errand.objects.get().error == "The layout was deleted meanwhile."
    assert Job.objects.count() == 1


def test_the_texts_in_one_file(
    as_alice: Client, alice: User, worker_at_hand: None
) -> None:
    twins = [made_document(alice, name="same.png", pages=2) for _ in range(2)]
    unread = made_document(alice, name="unread.png")
    for document in twins:
        made_job(document, words=(("old", 0.9),))
        made_job(document, "sf", words=(("new", 0.9),))
    keys = [document.pk for document in [*twins, unread]]
    response = as_alice.post(URL, {"take": "as=txt", "document": keys})
    assert response.url == f"/deliveries/{Delivery.objects.get().pk}/file/"
    response = as_alice.get(response.url)
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {
        "same.txt": "new\n",
        "same (2).txt": "new\n",
        "missing.txt": "unread: It has not been read.\n",
    }
    name = f"ocrsite-{timezone.localdate()}.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_nobody_waits_at_the_door_for_very_many(
    as_alice: Client, alice: User, worker_at_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "FEW", 1)
    for name in ("a.png", "b.png"):
        made_job(made_document(alice, name=name))
    response = as_alice.post(URL, {"take": "as=txt", "all": "yes"})
    delivery = Delivery.objects.get()
    assert response.url == f"/deliveries/{delivery.pk}/"
    assert delivery.state == "waiting"


def test_a_format_with_a_wish(
    as_alice: Client, alice: User, worker_at_hand: None
) -> None:
    made_job(made_document(alice))
    as_alice.post(URL, {"take": "as=csv&rows=word", "all": "yes"})
    delivery = Delivery.objects.get()
    assert (delivery.wish["as"], delivery.wish["wishes"]) == ("csv", {"rows": "word"})
    with delivery.file.open("rb") as file, ZipFile(file) as archive:
        assert archive.namelist() == ["scan.csv"]


@pytest.mark.parametrize(
    ("take", "reason"),
    [
        ("as=exe", "There is no such format. Choose one from the menu."),
        ("", "There is no such format. Choose one from the menu."),
        (
            "as=csv&rows=column",
            "A format cannot be had that way. Choose one from the menu.",
        ),
        ("as=txt", "None of these has any text yet. Read them first."),
    ],
)
def test_what_cannot_be_taken(
    as_alice: Client, three: list[Document], take: str, reason: str
) -> None:
    response = as_alice.post(f"{URL}?q=png", {"take": take, "all": "yes"})
    assert (response.status_code, response.url) == (302, "/history/?q=png")
    assert told(response) == [reason]
    assert not Delivery.objects.exists()


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
    response = as_charlie.post(URL, {"take": "as=txt", "document": [three[0].pk]})
    assert told(response)[-1] == "Tick at least one document first."
    assert names_in_trash() == []
    assert not Delivery.objects.exists()


def test_a_viewer_may_take_texts_and_no_more(
    as_vera: Client, three: list[Document], worker_at_hand: None
) -> None:
    made_job(three[0])
    for act in ("trash", "read"):
        assert as_vera.post(URL, {"act": act, "all": "yes"}).status_code == 403
    address = as_vera.post(URL, {"take": "as=txt", "all": "yes"}).url
    file = as_vera.get(address)
    assert file["Content-Type"] == "application/zip"
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert (names_in_trash(), Job.objects.count()) == ([], 1)


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.post(URL).url == "/accounts/login/?next=/history/act/"
