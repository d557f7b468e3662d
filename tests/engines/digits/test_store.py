"""engines.digits.store: which model is read with, and what its weights are called."""

from __future__ import annotations

import os
from hashlib import sha256

import pytest

from engines.digits import free_folder, is_model, use_model
from engines.digits.store import (
    SHIPPED,
    VARIABLE,
    WEIGHTS,
    model_folder,
    model_version,
)


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch):
    monkeypatch.setenv(VARIABLE, "")


def test_it_works(tmp_path):
    assert model_folder() == SHIPPED
    use_model(tmp_path)
    assert model_folder() == tmp_path
    assert os.environ[VARIABLE] == str(tmp_path)  # processes started from here know it


def test_a_folder_is_a_model_by_its_weights(tmp_path):
    assert not is_model(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"weights")
    assert is_model(tmp_path)


def test_the_version_changes_with_the_weights(tmp_path):
    weights = tmp_path / WEIGHTS
    assert model_version(tmp_path) == "none"
    versions = set()
    for content, changed in ((b"old", 1), (b"new", 2), (b"old", 3)):
        weights.write_bytes(content)
        os.utime(weights, ns=(changed, changed))
        versions.add(model_version(tmp_path))
    assert versions == {sha256(text).hexdigest()[:12] for text in (b"old", b"new")}


def test_the_version_is_that_of_the_chosen_model(tmp_path):
    (tmp_path / WEIGHTS).write_bytes(b"chosen")
    use_model(tmp_path)
    assert model_version() == model_version(tmp_path) != model_version(SHIPPED)


def test_a_free_folder_overwrites_nothing(tmp_path):
    names = []
    for _ in range(3):
        folder = free_folder(tmp_path, "line-2026-11-21")
        folder.mkdir()
        names.append(folder.name)
    assert names == ["line-2026-11-21", "line-2026-11-21-2", "line-2026-11-21-3"]
