"""GET /engines/"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Worker
from engines.registry import ENGINES

URL = "/engines/"
NAMES = ("fine", "choosy", "absent", "graphic")


@pytest.fixture(autouse=True)
def four_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(ENGINES):
        monkeypatch.delitem(ENGINES, name)
    for name in NAMES:
        monkeypatch.setitem(ENGINES, name, f"tests.fakes.{name.title()}")
    monkeypatch.setitem(ENGINES, "mine", "nowhere.Engine")


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def cards(client: Client) -> dict[str, str]:
    """The words of each engine's card."""
    page = client.get(URL).content.decode()
    parts = re.findall(r'<section class="card" id="(\w+)".*?</section>', page, re.S)
    texts = re.findall(r'<section class="card".*?</section>', page, re.S)
    return {
        name: " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
        for name, text in zip(parts, texts, strict=True)
    }


def test_it_works(client: Client) -> None:
    Worker.objects.create(
        host="reader", pid=7, engines=["fine"], warm=True, seen=timezone.now()
    )
    assert cards(client) == {
        "fine": "Fine fine ready Read by every worker In memory of reader:7 "
        "Version 1 1 language English",
        "choosy": "Fine choosy ready Read by every worker Version 1 1 language English "
        "6 options mode Mode fast, good · usually fast form md, txt · usually txt "
        "boxes yes or no · usually false tokens a whole number with a, b hint text",
        "absent": "Fine absent cannot run here It is not here. pip install absent Copy "
        "Read by workers for graphics cards Version 1 1 language English",
        "graphic": "Fine graphic no worker No worker for engines of the class “gpu” is "
        "running. Start one: GPU_WORKERS=1 python manage.py up "
        "Read by workers for graphics cards Version 1 1 language English",
        "mine": "mine mine cannot run here No module named 'nowhere' "
        "EXTRA_ENGINES Copy Read by – Version –",
    }


def test_another_machine_may_have_it(client: Client) -> None:
    Worker.objects.create(
        host="card",
        pid=7,
        engine_class="gpu",
        offers=["absent"],
        seen=timezone.now(),
    )
    assert cards(client)["absent"].startswith("Fine absent ready Read by workers for")


def test_strangers_log_in_first(client: Client) -> None:
    client.logout()
    assert client.get(URL).status_code == 302
