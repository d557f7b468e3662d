"""What is fetched, what it is called, and how https is checked."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from documents.services.fetching import BadUrl, NotFetched
from documents.services.fetching.targets import parse
from tests.certificates import certified
from tests.hosts import Host, leads_to, open_host, picture, says
from tests.services.fetching.conftest import PUBLIC, Fetch
from tests.services.fetching.hostile import NAMES


def test_it_works(fetch: Fetch, public: Host) -> None:
    public.answers["/a%20b/scan.png?page=1"] = says(picture())
    url = f"http://scans.example:{public.port}/a b/scan.png?page=1#top"
    assert fetch(url) == ("scan.png", picture())
    assert public.requests == [
        (
            "GET /a%20b/scan.png?page=1 HTTP/1.1\r\n"
            f"Host: scans.example:{public.port}\r\n"
            "User-Agent: ocrsite\r\n"
            "Accept: image/*, application/pdf, */*;q=0.1\r\n"
            "Accept-Encoding: identity\r\n\r\n"
        ).encode()
    ]


def test_an_allowed_network(fetch: Fetch) -> None:
    loopback = ip_network("127.0.0.0/8")
    with open_host("127.0.0.1") as host:
        host.answers["/"] = says(picture())
        assert fetch(f"http://127.1:{host.port}/", allowed=[loopback])[1] == picture()


def test_an_allowed_ipv6_network(fetch: Fetch) -> None:
    with open_host("::1") as host:
        host.answers["/"] = says(picture())
        allowed = [ip_network("::1/128")]
        assert fetch(f"http://[::1]:{host.port}/", allowed=allowed)[0] == "::1"
        assert f"Host: [::1]:{host.port}\r\n".encode() in host.requests[0]


def test_the_next_address_is_tried(fetch: Fetch, public: Host) -> None:
    NAMES["scans.example"][:0] = ["127.0.0.9"]  # where nobody listens
    public.answers["/"] = says(picture())
    allowed = [ip_network("127.0.0.0/28")]
    url = f"http://scans.example:{public.port}/"
    assert fetch(url, allowed=allowed)[1] == picture()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_five_redirects_are_followed(status: int, fetch: Fetch, public: Host) -> None:
    for step in range(5):
        public.answers[f"/{step}"] = leads_to(f"{step + 1}", f"{status} There")
    public.answers["/5"] = says(picture())
    assert fetch(f"http://scans.example:{public.port}/0") == ("5", picture())
    assert public.connections == 6


def test_a_sixth_is_not(fetch: Fetch, public: Host) -> None:
    for step in range(6):
        public.answers[f"/{step}"] = leads_to(f"/{step + 1}")
    with pytest.raises(NotFetched) as refused:
        fetch(f"http://scans.example:{public.port}/0")
    assert str(refused.value) == "The address leads on more than 5 times."


@pytest.mark.parametrize(
    ("path", "disposition", "name"),
    [
        ("/march/invoice.pdf", None, "invoice.pdf"),
        ("/march/invoice.pdf/", None, "invoice.pdf"),
        ("/", None, "scans.example"),
        ("/%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9.pdf", None, "فاتورة.pdf"),
        ("/get?file=other.pdf", None, "get"),
        ("/get", 'attachment; filename="scan 1.pdf"', "scan 1.pdf"),
        ("/get", "attachment; filename*=UTF-8''%D9%81.pdf; filename=x", "ف.pdf"),
        ("/get", 'inline; filename="ف.pdf"', "ف.pdf"),
        ("/get", "attachment", "get"),
        ("/get", 'attachment; filename="', "get"),
        ("/get", "attachment; filename*=nonsense''%ff%fe.pdf", None),
    ],
)
def test_names(
    path: str, disposition: str | None, name: str | None, fetch: Fetch, public: Host
) -> None:
    public.answers[path] = says(picture(), content_disposition=disposition)
    told = fetch(f"http://scans.example:{public.port}{path}")[0]
    assert told == name or name is None


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://Scans.Example:80", "http://scans.example/"),
        (" https://scans.example:443/a?b \n", "https://scans.example/a?b"),
        (
            "http://bücher.example/ä?ö=ü",
            "http://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC",
        ),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://a_b.example./%zz", "http://a_b.example/%zz"),
        ("http://[2001:DB8::1]:8000/", "http://[2001:db8::1]:8000/"),
        ("http://scans.example/a//b/../c", "http://scans.example/a//b/../c"),
    ],
)
def test_addresses_are_asked_in_one_spelling(url: str, same: str) -> None:
    assert parse(url).url == same
    assert parse(same).url == same


def test_long_addresses() -> None:
    url = "http://scans.example/"
    assert parse(url + "a" * (2048 - len(url))).url
    with pytest.raises(BadUrl) as refused:
        parse(url + "a" * (2049 - len(url)))
    assert str(refused.value) == "The address is longer than 2048 characters."


@pytest.fixture
def authority(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A host's certificate for scans.example, and who trusts it."""
    return certified("scans.example", tmp_path)


@pytest.fixture
def secure(
    authority: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Host]:
    """scans.example by https, which keeps the names that it was asked for."""
    monkeypatch.setitem(NAMES, "scans.example", [PUBLIC])
    monkeypatch.setitem(NAMES, "other.example", [PUBLIC])
    with open_host(PUBLIC, tls=authority[0]) as host:
        host.names = []
        authority[0].sni_callback = lambda _s, name, _c: host.names.append(name)
        yield host


def test_https_is_checked_by_name(fetch: Fetch, secure: Host, authority) -> None:
    secure.answers["/"] = says(picture())
    url = f"https://scans.example:{secure.port}/"
    assert fetch(url, trust=authority[1])[1] == picture()
    assert secure.names == ["scans.example"]
    assert f"Host: scans.example:{secure.port}\r\n".encode() in secure.requests[0]


@pytest.mark.parametrize("host", ["other.example", PUBLIC])
def test_a_certificate_for_another_name(
    host: str, fetch: Fetch, secure: Host, authority
) -> None:
    with pytest.raises(NotFetched) as refused:
        fetch(f"https://{host}:{secure.port}/", trust=authority[1])
    reason = f"“{host}” cannot be trusted: its certificate is not in order."
    assert str(refused.value) == reason
    assert secure.requests == []


def test_a_certificate_that_nobody_knows(fetch: Fetch, secure: Host) -> None:
    with pytest.raises(NotFetched, match="cannot be trusted"):
        fetch(f"https://scans.example:{secure.port}/")
    assert secure.requests == []


def test_https_where_there_is_none(fetch: Fetch, public: Host) -> None:
    public.bare = says(b"not a greeting")
    with pytest.raises(NotFetched, match="cannot be reached"):
        fetch(f"https://scans.example:{public.port}/")


def test_https_never_leads_to_http(
    fetch: Fetch, secure: Host, public: Host, authority
) -> None:
    secure.answers["/"] = leads_to(f"http://scans.example:{public.port}/")
    with pytest.raises(NotFetched) as refused:
        fetch(f"https://scans.example:{secure.port}/", trust=authority[1])
    reason = "“scans.example” leads from https on to http, which is not followed."
    assert str(refused.value) == reason
    assert public.connections == 0


def test_http_may_lead_to_https(
    fetch: Fetch, secure: Host, public: Host, authority
) -> None:
    public.answers["/"] = leads_to(f"https://scans.example:{secure.port}/scan.png")
    secure.answers["/scan.png"] = says(picture())
    url = f"http://scans.example:{public.port}/"
    assert fetch(url, trust=authority[1]) == ("scan.png", picture())
