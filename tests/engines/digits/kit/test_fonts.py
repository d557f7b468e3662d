"""faces and designs.csv: typefaces on two sides that share no design."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from engines.digits.kit import clusters, fonts, glyphs
from engines.digits.kit.fonts import FontsMissing, faces, files_of, here, listed


def test_no_design_and_no_family_is_on_both_sides() -> None:
    for column in ("design", "family"):
        sides = defaultdict(set)
        for row in listed():
            sides[row[column]].add(row["split"])
        assert {key: side for key, side in sides.items() if len(side) > 1} == {}


def test_the_list_holds_what_it_says() -> None:
    held = {row["design"] for row in listed() if row["split"] == "held-out"}
    trained = {row["design"] for row in listed() if row["split"] == "train"}
    assert (len(held), len(trained)) == (14, 43)
    families = {row["family"] for row in listed() if row["split"] == "held-out"}
    assert all(
        any(family.startswith(name) for family in families)
        for name in clusters.HELD_OUT
    )
    assert {row["package"] for row in listed()} <= set(clusters.packages())
    assert not families & set(clusters.BROKEN)


@pytest.mark.parametrize("script", ["arabic", "persian", "western"])
def test_faces_across_the_sides_do_not_look_alike(script: str) -> None:
    """By what is installed here, not by what the list says."""
    held, trained = (
        [
            glyphs.rasters(face.path, face.index, glyphs.CHARACTERS[script])
            for face in faces(side, script)
        ]
        for side in ("held-out", "train")
    )
    worst = max(glyphs.likeness(one, other) for one in held for other in trained)
    assert worst <= clusters.ALIKE


def test_every_installed_face_draws_what_the_list_says() -> None:
    lacking = {
        face.path.name: sorted(face.scripts - glyphs.scripts_of(face.path, face.index))
        for face in here()
    }
    assert len(lacking) > 30
    assert {name: scripts for name, scripts in lacking.items() if scripts} == {}


def test_what_is_installed_agrees_with_the_list() -> None:
    seen = {face.path.name: face for face in here()}
    face = seen["DejaVuSans.ttf"]
    row = clusters.row_of(face.path, "fonts-dejavu-core")
    assert row is not None
    assert face.family == row.family
    assert face.scripts <= row.scripts
    assert (face.split, face.is_display) == ("held-out", False)


def test_a_blank_glyph_is_not_drawn() -> None:
    face = next(face for face in here() if face.family == "KacstOne")
    assert face.draws("٥")
    assert not face.draws("漢")
    assert not face.draws(" ")
    (quran,) = (
        path for path in files_of("fonts-kacst") if path.stem == "mry_KacstQurn"
    )
    assert ord("٫") in glyphs.codes(quran, 0)  # it has the glyph, with no ink on it
    assert not glyphs.draws(quran, 0, "٫")


def test_a_face_of_other_shapes_is_another_design() -> None:
    trained = faces("train", "arabic")
    sides = {face.design for face in trained}
    assert len(sides) > 10
    one = glyphs.rasters(trained[0].path, 0, glyphs.CHARACTERS["arabic"])
    assert glyphs.likeness(one, one) == 1.0
    upside = tuple(np.flipud(raster) for raster in one)
    assert glyphs.likeness(one, upside) < clusters.ALIKE


def test_without_fonts_it_says_which_packages_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "ROOTS", (tmp_path,))
    caches = (fonts.here, fonts.faces)
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(FontsMissing, match=r"make fonts, .* fonts-hosny-amiri"):
            faces("train")
    finally:
        for cached in caches:
            cached.cache_clear()


def test_digits_that_are_trained_on_are_what_they_are_called() -> None:
    """A two at the place of the four, ۴۵۶ at the places of ٤٥٦: wrong labels."""
    for face in faces("train", "arabic"):
        two, four, six = glyphs.rasters(face.path, face.index, "٢٤٦")
        assert glyphs.likeness((two,), (four,)) < 0.9, face.family
        if face.draws("۶") and face.draws("۴"):
            persian = glyphs.rasters(face.path, face.index, "۴۶")
            assert glyphs.likeness((four, six), persian) < 0.9, face.family
