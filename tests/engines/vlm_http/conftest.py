"""A server process for all tests here, and the settings that lead to it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from engines import Options
from engines.vlm_http import client
from tests.engines.pictures import written
from tests.vlm_server import running, told_of

KEY = "sk-very-secret"
ALONE = Options(extra={"support": False})  # no second engine is asked


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running("--key", KEY) as address:
        yield address


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine's, places of one's own, and short pauses."""
    for name in [name for name in os.environ if name.startswith("VLM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)


@pytest.fixture
def behaving(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Callable[[], dict[str, Any]]]:
    """Set the server's behaviour, and other settings; tells what was asked of it."""

    def choose(behaviour: str, **settings: object) -> Callable[[], dict[str, Any]]:
        name = uuid4().hex
        chosen = {
            "VLM_URL": f"{server}/{behaviour}/{name}/v1",
            "VLM_MODEL": "tiny-vl",
            "VLM_KEY": KEY,
            **settings,
        }
        for setting, value in chosen.items():
            monkeypatch.setenv(setting, str(value))
        return lambda: told_of(server, name)

    return choose


@pytest.fixture(scope="session")
def receipt() -> Image.Image:
    return written(("CORNER BAKERY", "Total 13.20", "Thank you"))
