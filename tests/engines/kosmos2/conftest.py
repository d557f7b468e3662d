"""A tiny checkpoint where the engine looks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines import let_go
from engines.kosmos2 import Kosmos2
from tests.tiny_kosmos import put_tiny_kosmos


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of models, and no other place to find any."""
    for name in ("KOSMOS_MODEL", "KOSMOS_REVISION", "VLM_DEVICE", "VLM_MAX_TOKENS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    yield tmp_path / "models"
    let_go()


@pytest.fixture
def checkpoint(models: Path) -> Path:
    return put_tiny_kosmos(models)


@pytest.fixture
def kosmos(checkpoint: Path) -> Kosmos2:
    return Kosmos2()
