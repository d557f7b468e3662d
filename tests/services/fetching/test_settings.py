"""FETCH_ALLOWED_NETWORKS, as operators write it."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured

from ocrsite import env

NAME = "FETCH_ALLOWED_NETWORKS"


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "192.168.7.0/24, fd00::/8,10.1.2.3")
    assert env.networks(NAME) == [
        ip_network("192.168.7.0/24"),
        ip_network("fd00::/8"),
        ip_network("10.1.2.3/32"),
    ]


def test_none_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.networks(NAME) == []


@pytest.mark.parametrize("nonsense", ["intranet", "10.0.0.1/8", "10.0.0.0/33", "*"])
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv(NAME, nonsense)
    with pytest.raises(ImproperlyConfigured, match="say networks such as"):
        env.networks(NAME)
