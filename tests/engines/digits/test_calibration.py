"""How sure the network is, and how often it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.digits.calibration import (
    AS_IT_IS,
    Calibration,
    fit,
    load_calibration,
    save_calibration,
)


def test_it_works() -> None:
    table = Calibration((0.2, 0.6), (0.1, 0.9))
    found = [table.of(chance) for chance in (0.0, 0.2, 0.5, 0.6, 1.0)]
    assert found == pytest.approx([0.1, 0.1, 0.7, 0.9, 0.9])


def test_what_is_said_too_boldly_is_lowered() -> None:
    said = [0.9] * 1_000 + [0.5] * 1_000
    right = [i % 4 > 0 for i in range(1_000)] + [i % 5 > 0 for i in range(1_000)]
    table = fit(said, right)
    # 0.5 was right more often than 0.9: the two are taken together.
    assert table.of(0.9) == pytest.approx(0.775, abs=0.01)
    assert table.of(0.7) == pytest.approx(0.775, abs=0.01)


def test_it_rises() -> None:
    said = [i / 2_000 for i in range(2_000)]
    table = fit(said, [(i * 7_919) % 2_000 < i for i in range(2_000)])
    assert list(table.right) == sorted(table.right)
    assert list(table.said) == sorted(set(table.said))
    assert table.of(0.25) == pytest.approx(0.25, abs=0.1)
    assert table.of(0.75) == pytest.approx(0.75, abs=0.1)


def test_nothing_is_certain() -> None:
    assert fit([1.0] * 500, [True] * 500).of(1.0) < 1.0


def test_it_is_kept_beside_the_weights(tmp_path: Path) -> None:
    table = Calibration((0.0, 0.5, 1.0), (0.0, 0.25, 0.75))
    save_calibration(table, tmp_path)
    assert load_calibration(tmp_path) == table


@pytest.mark.parametrize("content", ["", "[]", '{"said": [1], "right": []}', "{}"])
def test_a_broken_table_is_none(tmp_path: Path, content: str) -> None:
    assert load_calibration(tmp_path) == AS_IT_IS
    (tmp_path / "calibration.json").write_text(content)
    assert load_calibration(tmp_path) == AS_IT_IS
