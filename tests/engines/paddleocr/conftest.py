"""One folder of models and one engine for all of these tests: it loads for seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.paddleocr import PaddleOCR


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paddle")


@pytest.fixture
def engine(shared_root: Path, monkeypatch: pytest.MonkeyPatch) -> PaddleOCR:
    """With the networks of the packages alone."""
    places(monkeypatch, shared_root)
    return PaddleOCR()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of models, for this test alone."""
    places(monkeypatch, tmp_path)
    return tmp_path / "models"


def places(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("OCR_MODELS", str(folder / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(folder / "hub"))
    monkeypatch.delenv("PADDLE_THREADS", raising=False)
