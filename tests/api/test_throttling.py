"""How often one caller may ask."""

from __future__ import annotations

import pytest

from documents.api.throttling import PerCaller
from tests.api.conftest import with_key

URL = "/api/v1/engines/"


@pytest.fixture(autouse=True)
def _twice_a_minute(monkeypatch):
    monkeypatch.setitem(PerCaller.THROTTLE_RATES, "caller", "2/min")


def test_each_key_and_each_browser_has_its_own_allowance(api, alice):
    first, second = with_key(alice, ["read"]), with_key(alice, ["read"])
    api.force_authenticate(alice)
    for caller in (first, second, api):
        assert [caller.get(URL).status_code for _ in range(3)] == [200, 200, 429]


def test_it_says_when_to_come_again(alice):
    caller = with_key(alice, ["read"])
    for _ in range(3):
        response = caller.get(URL)
    assert int(response["Retry-After"]) <= 60
    answer = response.json()
    assert answer["errors"][0].pop("detail").startswith("Request was throttled.")
    assert answer == {
        "type": "client_error",
        "errors": [{"code": "throttled", "attr": None}],
    }
