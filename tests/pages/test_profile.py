"""GET and POST /profile/, and what it does to every page"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import ApiKey, Profile
from documents.services.keys import create_key

URL = "/profile/"
EMPTY = {"language": "", "time_zone": "", "date_order": "", "theme": ""}


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def likings() -> dict[str, str]:
    return Profile.objects.values(*EMPTY).get(user__username="alice")


def test_it_works(client: Client) -> None:
    wish = {
        "language": "ar",
        "time_zone": "Asia/Baghdad",
        "date_order": "dmy",
        "theme": "dark",
    }
    assert client.post(URL, wish).url == URL
    assert likings() == wish
    page = client.get(URL)
    assert page["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl" data-theme="dark">' in page.content.decode()
    assert "تم الحفظ" in page.content.decode()


def test_nothing_chosen_is_the_browsers(client: Client) -> None:
    client.post(URL, {**EMPTY, "language": "en"})
    client.post(URL, EMPTY)
    assert likings() == EMPTY
    page = client.get(URL, headers={"accept-language": "ar-EG,ar;q=0.9"})
    assert '<html lang="ar" dir="rtl">' in page.content.decode()


def test_ones_own_language_beats_the_browsers(client: Client) -> None:
    client.post(URL, {**EMPTY, "language": "en"})
    page = client.get(URL, headers={"accept-language": "ar"})
    assert page["Content-Language"] == "en"


def test_times_are_in_ones_own_zone(client: Client, alice: User) -> None:
    create_key(alice, name="Script")
    ApiKey.objects.update(created=datetime(2026, 3, 4, 20, 30, tzinfo=UTC))
    client.post(URL, {**EMPTY, "time_zone": "Asia/Tokyo"})
    page = client.get("/keys/").content.decode()
    assert 'title="March 5, 2026, 5:30 a.m."' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"date_order": "ydm"},
        {"theme": "pink"},
    ],
)
def test_it_refuses(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(URL, {**EMPTY, **wrong})
    assert set(response.context["form"].errors) == set(wrong)
    assert likings() == EMPTY


def test_everybody_has_their_own(client: Client, charlie: User) -> None:
    client.post(URL, {**EMPTY, "theme": "dark"})
    assert Profile.objects.get(user=charlie).theme == ""
    assert Client().post(URL, EMPTY).url == f"/accounts/login/?next={URL}"


def test_visitors_have_their_browsers_language_and_a_switch(db: None) -> None:
    visitor = Client(headers={"accept-language": "ar"})
    page = visitor.get("/accounts/login/")
    assert page["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    visitor.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert visitor.get("/accounts/login/")["Content-Language"] == "en"


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    elsewhere = {"language": "ar", "next": "https://evil.example"}
    assert client.post("/language/", elsewhere).url == "/"
    assert likings()["language"] == "ar"
