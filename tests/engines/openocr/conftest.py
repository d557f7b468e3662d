"""OpenOCR for tests: one engine for all, a folder of models of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.holding import let_go
from engines.openocr import OpenOCR


@pytest.fixture(scope="session")
def engine() -> Iterator[OpenOCR]:
    yield OpenOCR()
    let_go()


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where OpenOCR's models are looked for: an empty folder."""
    folder = tmp_path / "models"
    (folder / "openocr").mkdir(parents=True)
    monkeypatch.setenv("OCR_MODELS", str(folder))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return folder / "openocr"
