"""Places for models: all empty."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models; the hub's cache is empty, no setting names anything."""
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("TINY_MODEL", raising=False)
    monkeypatch.delenv("TESSERACT_MODELS", raising=False)
    return tmp_path / "models"
