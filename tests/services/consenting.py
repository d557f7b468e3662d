"""A user who connects a Google account, in a browser of few words."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from documents.models import Connection
from documents.services.connections import Begun, begin, finish

BACK = "http://testserver/sources/google/back/"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """The site is not there in this test: its address is all that is wanted."""


def consented(begun: Begun, **button: str) -> dict[str, str]:
    """What the user's browser takes back from Google's page."""
    url, query = begun.url, urlsplit(begun.url).query
    with urllib.request.urlopen(url) as page:
        assert b"ocrsite wants to see your files" in page.read()
    body = urlencode({**dict(parse_qsl(query)), **button}).encode()
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.build_opener(Stay).open(url, body)
    raised.value.close()
    assert raised.value.code == 302
    return dict(parse_qsl(urlsplit(raised.value.headers["Location"]).query))


def connected(user) -> Connection:
    begun = begin(BACK)
    answer = consented(begun, allowed="1")
    return end(user, begun, answer)


def end(user, begun: Begun, answer: dict[str, str]) -> Connection:
    return finish(
        user,
        begun_state=begun.state,
        verifier=begun.verifier,
        redirect_uri=BACK,
        answer=answer,
    )
