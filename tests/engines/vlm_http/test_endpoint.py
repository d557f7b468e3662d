"""What the environment says of the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines import Availability, EngineUnavailable, get_engine
from engines.vlm_http.endpoint import Endpoint, endpoint

EXAMPLE = "Set VLM_URL to an endpoint such as http://127.0.0.1:8000/v1."


def test_it_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sk-secret\n")
    settings = {
        "VLM_URL": "https://GPU.example:8443/api/v1/",
        "VLM_MODEL": "Qwen/Qwen3-VL-2B-Instruct",
        "VLM_KEY_FILE": str(tmp_path / "key"),
        "VLM_ALLOWED_HOSTS": "localhost, gpu.example",
        "VLM_CONCURRENCY": "2",
        "VLM_TIMEOUT": "30",
        "VLM_RETRIES": "0",
        "REMOTE_TIMEOUT": "90",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    found = endpoint()
    assert found == Endpoint(
        scheme="https",
        host="gpu.example",
        port=8443,
        path="/api/v1",
        model="Qwen/Qwen3-VL-2B-Instruct",
        key="sk-secret",
        concurrency=2,
        timeout=30,
        retries=0,
        page=90,
    )
    assert "sk-secret" not in repr(found)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("http://127.0.0.1:8000/v1", "127.0.0.1:8000", "/v1"),
        ("http://localhost:11434", "localhost:11434", ""),
        ("http://[::1]:8080/v1/", "[::1]:8080", "/v1"),
        ("https://gpu.example/v1/chat/completions", "gpu.example", "/v1"),
        ("http://gpu.example:80/v1", "gpu.example", "/v1"),
    ],
)
def test_addresses(
    monkeypatch: pytest.MonkeyPatch, url: str, authority: str, path: str
) -> None:
    monkeypatch.setenv("VLM_URL", url)
    assert (endpoint().authority, endpoint().path) == (authority, path)
    assert get_engine("vlm-http").availability() == Availability(ok=True)


@pytest.mark.parametrize(
    "url",
    [
        *("gpu.example:8000/v1", "ftp://gpu.example", "http://", "http://gpu:x/v1"),
        *("http://gpu:0/v1", "http://[::1/v1", "http://gpu/v1?key=1", "http://gpu/#v1"),
        *("http://gpu .example/v1", "http://gpü.example/v1", "file:///etc/passwd"),
    ],
)
def test_what_is_no_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("VLM_URL", url)
    refusal = Availability(False, "VLM_URL is no address of a server.", EXAMPLE)
    assert get_engine("vlm-http").availability() == refusal


def test_no_address() -> None:
    reason = "No server of a vision model is named in VLM_URL."
    assert get_engine("vlm-http").availability() == Availability(False, reason, EXAMPLE)
    with pytest.raises(EngineUnavailable) as caught:
        endpoint()
    assert str(caught.value) == f"{reason}\n{EXAMPLE}"


def test_a_password_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VLM_URL", "http://me:secret@gpu.example/v1")
    assert get_engine("vlm-http").availability() == Availability(
        False,
        "VLM_URL carries a user name or a password.",
        "Leave them out, and set VLM_KEY where the server wants a key.",
    )


@pytest.mark.parametrize("key", ["sk-é", "two words", "sk\nX-Header: 1"])
def test_what_is_no_key(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("VLM_URL", "http://gpu.example/v1")
    monkeypatch.setenv("VLM_KEY", key)
    reason = "VLM_KEY holds signs that no key has."
    refusal = Availability(False, reason, "Copy the key once more.")
    assert get_engine("vlm-http").availability() == refusal


@pytest.mark.parametrize(
    ("allowed", "ok"),
    [
        ("", True),
        ("gpu.example", True),
        ("GPU.example:8000", True),
        ("gpu.example:8001", False),
        ("other.example,example", False),
    ],
)
def test_allowed_hosts(monkeypatch: pytest.MonkeyPatch, allowed: str, ok: bool) -> None:
    monkeypatch.setenv("VLM_URL", "http://gpu.example:8000/v1")
    monkeypatch.setenv("VLM_ALLOWED_HOSTS", allowed)
    refusal = Availability(
        False,
        "“gpu.example” is not among VLM_ALLOWED_HOSTS.",
        "Add it there, or name another server in VLM_URL.",
    )
    found = get_engine("vlm-http").availability()
    assert found == (Availability(ok=True) if ok else refusal)
