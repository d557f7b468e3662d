"""POST /sources/<id>/run/, pause/, resume/, retry/ and delete/"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from documents.models import Document, Source
from tests.made import made_document
from tests.made_sources import made_item, made_run, made_source, taken

ACTS = ("run", "pause", "resume", "retry", "delete")


def address(source: Source, act: str) -> str:
    return f"/sources/{source.pk}/{act}/"


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def source(alice: User) -> Source:
    return made_source(alice)


def test_run(as_alice: Client, source: Source) -> None:
    response = as_alice.post(address(source, "run"))
    assert (response.url, told(response)) == (f"/sources/{source.pk}/", [])
    assert [run.state for run in source.runs.all()] == ["running"]
    response = as_alice.post(address(source, "run"), {"from": "list"})
    assert (response.url, told(response)) == (
        "/sources/",
        ["It is being visited already."],
    )
    assert source.runs.count() == 1


def test_pause_and_resume(as_alice: Client, source: Source) -> None:
    made_run(source, "running")
    response = as_alice.post(address(source, "pause"), {"from": "list"})
    assert (response.url, told(response)) == ("/sources/", [])
    source.refresh_from_db()
    assert (source.paused, source.runs.get().state != "running") == (True, True)
    response = as_alice.post(address(source, "resume"))
    assert response.url == f"/sources/{source.pk}/"
    source.refresh_from_db()
    assert source.paused is False


def test_try_one_again(as_alice: Client, source: Source) -> None:
    one, other = made_item(source), made_item(source)
    response = as_alice.post(address(source, "retry"), {"item": one.pk})
    assert told(response) == ["1 file is tried again."]
    states = dict(source.items.values_list("pk", "state"))
    assert states == {one.pk: "waiting", other.pk: "failed"}


def test_try_all_again(as_alice: Client, source: Source) -> None:
    for _ in range(3):
        made_item(source)
    response = as_alice.post(address(source, "retry"))
    assert told(response) == ["3 files are tried again."]
    assert set(source.items.values_list("state", flat=True)) == {"waiting"}


def test_files_of_others_are_left_alone(
    as_alice: Client, source: Source, charlie: User
) -> None:
    other = made_item(made_source(charlie))
    made_item(source)
    for wish in (other.pk, "nonsense"):
        response = as_alice.post(address(source, "retry"), {"item": wish})
        assert told(response)[-1] == "0 files are tried again."
    other.refresh_from_db()
    assert other.state == "failed"


def test_delete(as_alice: Client, alice: User, source: Source) -> None:
    taken(source, made_document(alice))
    response = as_alice.post(address(source, "delete"))
    assert (response.url, told(response)) == (
        "/sources/",
        ["The source “\u2068Scans\u2069” is deleted. Its documents stay."],
    )
    assert (Source.objects.count(), Document.objects.count()) == (0, 1)


@pytest.mark.parametrize("act", ACTS)
def test_members_without_the_right(as_vera: Client, source: Source, act: str) -> None:
    made_item(source)
    response = as_vera.post(address(source, act))
    assert response.status_code == 403
    assert "Only an owner of the workspace may do that." in str(response.content)
    left = Source.objects.values_list("paused", "runs", "items__state")
    assert list(left) == [(False, None, "failed")]


@pytest.mark.parametrize("act", ACTS)
def test_strangers(as_charlie: Client, source: Source, act: str) -> None:
    for pk in (source.pk, uuid4()):
        assert as_charlie.post(f"/sources/{pk}/{act}/").status_code == 404
    assert list(Source.objects.values_list("paused", "runs")) == [(False, None)]


@pytest.mark.parametrize("act", ACTS)
def test_links_do_nothing(as_alice: Client, source: Source, act: str) -> None:
    assert as_alice.get(address(source, act)).status_code == 405


@pytest.mark.parametrize("act", ACTS)
def test_without_a_user_it_asks_for_one(
    client: Client, source: Source, act: str
) -> None:
    url = address(source, act)
    assert client.post(url).url == f"/accounts/login/?next={url}"
