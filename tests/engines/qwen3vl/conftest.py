"""A tiny checkpoint that knows a few answers about one picture by heart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from engines import let_go
from engines.qwen3vl import Qwen3VL
from tests.tiny_models import picture, taught_qwen

SETTINGS = ("QWEN_REVISION", "VLM_MAX_PIXELS")


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return taught_qwen(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of models, and no other place to find any."""
    for name in (*SETTINGS, "QWEN_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("VLM_DEVICE", "cpu")
    monkeypatch.setenv("VLM_MAX_TOKENS", "160")
    yield tmp_path / "models"
    let_go()


@pytest.fixture
def qwen(
    checkpoint: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Qwen3VL]:
    monkeypatch.setenv("QWEN_MODEL", str(checkpoint))
    return Qwen3VL()


@pytest.fixture(scope="session")
def receipt() -> Image.Image:
    return picture()
