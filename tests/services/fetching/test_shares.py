"""No user has all places for files that are fetched."""

from __future__ import annotations

from contextlib import ExitStack
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from documents.services.fetching import fetched
from documents.services.fetching.shares import SHARE, one_more_for
from documents.services.waiting import TooManyWait
from tests.hosts import open_host, picture, says

SENTENCE = "You have too many files fetched at once. Try again in a moment."


@pytest.fixture(autouse=True)
def allowed(settings) -> None:
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]


def test_it_works(alice: User, charlie: User) -> None:
    """Whose share is full is told so; another user's files are fetched meanwhile."""
    with open_host() as host, ExitStack() as hers:
        host.answers["/till.png"] = says(picture())
        url = f"http://127.0.0.1:{host.port}/till.png"
        for _ in range(SHARE):
            hers.enter_context(one_more_for(alice.pk))
        with pytest.raises(TooManyWait, match=SENTENCE), fetched(url, alice):
            pass
        assert host.connections == 0
        with fetched(url, charlie) as file:
            assert Path(file.temporary_file_path()).read_bytes() == picture()


def test_a_place_is_given_back(alice: User) -> None:
    """Whatever became of the file."""
    for _ in range(SHARE + 1):
        with pytest.raises(ValueError, match="a bug"), one_more_for(alice.pk):
            raise ValueError("a bug")
    with ExitStack() as hers:
        for _ in range(SHARE):
            hers.enter_context(one_more_for(alice.pk))


def test_the_share_is_half_of_those_who_may_wait() -> None:
    assert SHARE == 4  # of 8, which are half of 16 threads
