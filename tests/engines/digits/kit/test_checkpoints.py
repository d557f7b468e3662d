"""engines.digits.kit.checkpoints: a whole state, or the one before."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engines.digits.kit.checkpoints import (
    has_checkpoint,
    load_checkpoint,
    save_checkpoint,
)


def test_a_state_comes_back(tmp_path: Path) -> None:
    assert not has_checkpoint(tmp_path)
    save_checkpoint(tmp_path, {"seen": 7, "losses": [(7, 0.5)]})
    assert has_checkpoint(tmp_path)
    assert load_checkpoint(tmp_path) == {"seen": 7, "losses": [(7, 0.5)]}
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_the_one_before_stays_where_writing_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_checkpoint(tmp_path, {"seen": 7})

    def break_off(state: object, path: Path) -> None:
        path.write_bytes(b"half of")
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", break_off)
    with pytest.raises(KeyboardInterrupt):
        save_checkpoint(tmp_path, {"seen": 8})
    assert load_checkpoint(tmp_path) == {"seen": 7}
