"""engines.digits.kit.clusters: what is one design, and which side it is on."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engines.digits.kit import clusters
from engines.digits.kit.clusters import Row, borrowed, clustered, sides
from engines.digits.kit.glyphs import SIDE, Raster

ARABIC, LATIN = frozenset({"arabic"}), frozenset({"western"})


def bar(start: int, width: int = 20) -> tuple[Raster, ...]:
    """One glyph: a bar. Moved by 2 it overlaps by 18/22, moved by 4 by 16/24."""
    raster = np.zeros((SIDE, SIDE), bool)
    raster[:, start : start + width] = True
    return (raster,)


def face(family: str, start: int, scripts: frozenset[str] = ARABIC) -> Row:
    path = Path(f"{family} {start}.ttf")
    return Row(path, family, "Regular", "fonts-x", scripts, digits=bar(start))


def designs(*rows: Row) -> list[int]:
    return [row.design for row in clustered(list(rows))]


def test_what_looks_alike_is_one_design_also_by_way_of_a_third() -> None:
    assert designs(face("A", 0), face("B", 2)) == [0, 0]
    assert designs(face("A", 0), face("C", 4)) == [0, 1]
    assert designs(face("A", 0), face("C", 4), face("B", 2)) == [0, 0, 0]


def test_a_family_is_one_design_whatever_its_weights_look_like() -> None:
    assert designs(face("A", 0), face("A", 12)) == [0, 0]
    assert designs(face("A", 0), face("A UI", 12)) == [0, 0]
    assert designs(face("A", 0), face("A Kufi", 12)) == [0, 1]


def test_the_same_drawing_under_another_name_is_kept_once() -> None:
    kept = clustered([face("A", 0), face("B", 0), face("C", 12)])
    assert [row.family for row in kept] == ["A", "C"]


def test_digits_of_other_scripts_are_not_compared() -> None:
    persian = face("B", 0, frozenset({"persian"}))
    assert designs(face("A", 0), persian) == [0, 1]


def test_a_design_is_held_out_whole() -> None:
    rows = clustered([face("Other", 0), face("Amiri", 2), face("Third", 12)])
    assert sides(rows) == {0: "held-out", 2: "train"}


def test_western_digits_that_training_has_seen_are_not_measured_on() -> None:
    both = ARABIC | LATIN
    held, trained = face("Amiri", 0, both), face("Other", 12, both)
    rows = clustered([held, trained])
    side = sides(rows)
    held.western, trained.western = bar(0), bar(4)
    assert not borrowed(held, rows, side)
    assert clusters.cells(held, rows, side)["scripts"] == "arabic western"
    trained.western = bar(2)
    assert borrowed(held, rows, side)
    assert not borrowed(trained, rows, side)
    assert clusters.cells(held, rows, side)["scripts"] == "arabic"
    assert clusters.cells(trained, rows, side)["scripts"] == "arabic western"
