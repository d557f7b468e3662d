"""No address leads to where nothing may be fetched, however it is written."""

from __future__ import annotations

import time

import pytest

from documents.services.fetching import BadUrl, ForbiddenAddress, NotFetched
from tests.hosts import Host, leads_to, picture, says
from tests.services.fetching.conftest import PUBLIC, Fetch
from tests.services.fetching.hostile import FORBIDDEN, NAMES, NO_ADDRESS, resolve

AT_ONCE = 1.0  # seconds


def test_there_are_many() -> None:
    assert len(set(FORBIDDEN)) >= 60
    assert len(set(NO_ADDRESS)) >= 50


@pytest.mark.parametrize("url", FORBIDDEN)
def test_forbidden_addresses_are_not_connected_to(
    url: str, fetch: Fetch, inner: Host, connected: list[str]
) -> None:
    begun = time.monotonic()
    with pytest.raises(ForbiddenAddress, match="from which nothing is fetched"):
        fetch(url.format(port=inner.port))
    assert time.monotonic() - begun < AT_ONCE
    assert connected == []


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_said(
    url: str, fetch: Fetch, inner: Host, connected: list[str]
) -> None:
    with pytest.raises(BadUrl, match=r"^(This is no|The address|No host)"):
        fetch(url.replace("{port}", str(inner.port)))
    assert connected == []


@pytest.mark.parametrize("url", [*FORBIDDEN, *NO_ADDRESS[3:]])
def test_no_redirect_leads_there(
    url: str, fetch: Fetch, inner: Host, public: Host, connected: list[str]
) -> None:
    """What has no scheme, or no host of its own, stays on the host that said it."""
    location = url.replace("{port}", str(inner.port))
    public.answers["/scan.png"] = leads_to(location)
    with pytest.raises((BadUrl, ForbiddenAddress, NotFetched)):
        fetch(f"http://scans.example:{public.port}/scan.png")
    assert set(connected) == {PUBLIC}


def test_the_last_of_five_redirects_is_vetted_too(
    fetch: Fetch, inner: Host, public: Host, connected: list[str]
) -> None:
    for step in range(4):
        public.answers[f"/{step}"] = leads_to(f"/{step + 1}")
    public.answers["/4"] = leads_to(f"http://127.0.0.1:{inner.port}/")
    with pytest.raises(ForbiddenAddress):
        fetch(f"http://scans.example:{public.port}/0")
    assert connected == [PUBLIC] * 5


def test_a_name_is_looked_up_once_for_a_connection(
    fetch: Fetch, inner: Host, public: Host, connected: list[str]
) -> None:
    """DNS rebinding: the second answer, loopback, comes too late."""
    public.answers["/"] = says(picture())
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str) -> list:
        asked.append(host)
        NAMES["rebinding.example"] = next(answers)
        return resolve(host)

    fetch(f"http://rebinding.example:{public.port}/", resolve=rebinding)
    assert asked == ["rebinding.example"]
    assert connected == [PUBLIC]


def test_a_name_that_changes_between_redirects_is_vetted_again(
    fetch: Fetch, inner: Host, public: Host, connected: list[str]
) -> None:
    public.answers["/"] = leads_to(f"http://rebinding.example:{inner.port}/again")
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    def rebinding(host: str) -> list:
        NAMES["rebinding.example"] = next(answers)
        return resolve(host)

    with pytest.raises(ForbiddenAddress):
        fetch(f"http://rebinding.example:{public.port}/", resolve=rebinding)
    assert connected == [PUBLIC]


def test_no_proxy_is_asked(
    fetch: Fetch,
    inner: Host,
    public: Host,
    connected: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inner.port}")
    public.answers["/"] = says(picture())
    fetch(f"http://scans.example:{public.port}/")
    assert connected == [PUBLIC]


def test_an_allowed_network_allows_no_other_way_into_it(
    fetch: Fetch, inner: Host, connected: list[str]
) -> None:
    with pytest.raises(ForbiddenAddress):
        fetch(f"http://[::ffff:{PUBLIC}]:{inner.port}/")
    assert connected == []
