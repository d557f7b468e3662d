"""Glyphs as files: class folders, the sheet of all, boxes paired with pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.digits.kit.folders import (
    Box,
    Pair,
    class_files,
    name_of,
    paired,
    picture_of,
    read_boxes,
    write_boxes,
    write_class_folders,
    write_sheet,
)
from engines.errors import OcrError


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    """Folders of ٠, ٥ and the slash with two glyphs each: bars of their own widths."""
    folder = tmp_path / "classes"
    for wide, char in ((2, "٠"), (8, "٥"), (5, "/")):
        own = folder / name_of(char)
        own.mkdir(parents=True)
        for number in range(2):
            tones = np.full((32, 32), 255, np.uint8)
            tones[10:20, 12 : 12 + wide] = 0
            Image.fromarray(tones).save(own / f"{number}.png")
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with a picture of 20 by 10 pixels and a box that fits it."""
    folder = tmp_path / "pairs"
    folder.mkdir()
    Image.new("L", (20, 10), 255).save(folder / "page.png")
    write_boxes(folder / "page.box", [Box("٥", 2, 1, 8, 9)])
    return folder


def test_class_folders_hold_glyphs_by_their_code_points(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_class_folders(
        tmp_path, 2, classes="٠٥7/", tell=lambda done, total: told.append((done, total))
    )
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.png")} == {
        f"{name}/0000{number}.png"
        for name in ("U+0660", "U+0665", "U+0037", "U+002F")
        for number in range(2)
    }
    assert told == [(done, 8) for done in range(1, 9)]
    assert list(class_files(tmp_path)) == ["/", "7", "٠", "٥"]


def test_the_same_seed_writes_the_same_glyphs(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_class_folders(tmp_path / name, 3, seed, classes="٤")
    one, again, other = (
        [path.read_bytes() for path in sorted((tmp_path / name).rglob("*.png"))]
        for name in ("one", "again", "other")
    )
    assert one == again
    assert not set(one) & set(other)


def test_the_sheet_holds_all_classes_with_their_boxes(
    classes: Path, tmp_path: Path
) -> None:
    boxes = write_sheet(classes, tmp_path / "all.png")
    assert (tmp_path / "all.box").read_text(encoding="utf-8") == (
        "/ 20 100 25 110 0\n/ 60 100 65 110 0\n"
        "٠ 20 60 22 70 0\n٠ 60 60 62 70 0\n"
        "٥ 20 20 28 30 0\n٥ 60 20 68 30 0\n"
    )
    with Image.open(tmp_path / "all.png") as image:
        page = np.asarray(image)
    assert page.shape == (128, 88)
    for box in boxes:
        inside = page[128 - box.top : 128 - box.bottom, box.left : box.right]
        assert (inside == 0).all()
    assert (page == 0).sum() == 2 * 10 * (2 + 8 + 5)


def test_a_sheet_shows_some_of_many(classes: Path, tmp_path: Path) -> None:
    assert len(write_sheet(classes, tmp_path / "all.png", each=1)) == 3


def test_pictures_are_paired_with_their_boxes(pair: Path) -> None:
    (found,) = paired(pair)
    assert found == Pair(pair / "page.png", (Box("٥", 2, 1, 8, 9),))
    shown = np.asarray(picture_of(found))
    framed = {(int(x), int(y)) for y, x in np.argwhere(shown[..., 1] == 0)}
    assert {(1, 0), (8, 0), (1, 9), (8, 9)} <= framed
    assert (5, 5) not in framed


def test_boxes_are_read_as_they_were_written(pair: Path) -> None:
    boxes = (Box("/", 0, 0, 3, 4), Box("٩", 5, 0, 9, 9, 2))
    write_boxes(pair / "page.box", boxes)
    assert read_boxes(pair / "page.box") == boxes


def test_a_sheet_is_a_pair(classes: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet").mkdir()
    boxes = write_sheet(classes, tmp_path / "sheet" / "all.png")
    assert paired(tmp_path / "sheet")[0].boxes == boxes


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("٥ 2 1 8", "Line 1 of “page.box” is no box: “٥ 2 1 8”."),
        ("٥ 2 1 x 9 0", "Line 1 of “page.box” is no box: “٥ 2 1 x 9 0”."),
        ("٥ 8 1 8 9 0", "The box in line 1 of “page.box” holds nothing."),
        (
            "٥ 2 1 21 9 0",
            "The box in line 1 of “page.box” lies outside of “page.png”, "
            "which has 20 by 10 pixels.",
        ),
        ("", "“page.box” holds no box."),
    ],
)
def test_boxes_that_do_not_fit_are_named(pair: Path, line: str, sentence: str) -> None:
    (pair / "page.box").write_text(line, encoding="utf-8")
    with pytest.raises(OcrError) as wrong:
        paired(pair)
    assert str(wrong.value) == sentence


def test_boxes_that_are_no_text_are_named(pair: Path) -> None:
    (pair / "page.box").write_bytes(b"\xff\xfe")
    with pytest.raises(OcrError, match=r"“page\.box” is no text in UTF-8\."):
        paired(pair)


def test_a_picture_without_boxes_is_named(pair: Path) -> None:
    (pair / "page.box").unlink()
    with pytest.raises(OcrError, match=r"“page\.png” has no “page\.box” beside it\."):
        paired(pair)


def test_boxes_without_a_picture_are_named(pair: Path) -> None:
    (pair / "page.png").unlink()
    with pytest.raises(OcrError, match=r"“page\.box” has no picture beside it\."):
        paired(pair)


def test_a_broken_picture_is_named(pair: Path, classes: Path) -> None:
    (pair / "page.png").write_bytes(b"no picture")
    with pytest.raises(OcrError, match=r"“page\.png” is no picture"):
        paired(pair)
    (classes / "U+0665" / "0.png").write_bytes(b"no picture")
    with pytest.raises(OcrError, match=r"“0\.png” is no picture"):
        write_sheet(classes, pair / "all.png")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OcrError, match="There are no pictures with boxes in"):
        paired(tmp_path)
    with pytest.raises(OcrError, match="There are no pictures with boxes in"):
        paired(tmp_path / "missing")
    with pytest.raises(OcrError, match="There are no class folders"):
        class_files(tmp_path)


def test_an_empty_class_is_named(classes: Path) -> None:
    (classes / "U+0661").mkdir()
    with pytest.raises(OcrError, match=r"“U\+0661” holds no PNG picture"):
        class_files(classes)


def test_other_folders_are_no_classes(classes: Path) -> None:
    (classes / "U+notes").mkdir()
    assert set(class_files(classes)) == {"/", "٠", "٥"}
