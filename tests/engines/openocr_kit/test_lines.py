"""engines.openocr.kit.lines: every way to label lines, and all that can be wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from engines.errors import FileError, OcrError
from engines.openocr.kit.lines import Line, named_in, read_lines
from tests.engines.openocr_kit.folders import made_lines, picture


def told(folder: Path) -> list[tuple[str, str]]:
    return [(named.picture.name, named.text) for named in named_in(folder)]


def labelled(folder: Path, rows: str, name: str = "labels.tsv") -> Path:
    picture(folder, "a.png")
    (folder / name).write_text(rows, encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(OcrError) as wrong:
        read_lines(folder)
    return str(wrong.value)


@pytest.mark.parametrize("name", ["labels.txt", "labels.tsv"])
def test_a_table(tmp_path: Path, name: str) -> None:
    labelled(tmp_path, "a.png\t Total  4.50\r\n\nsub/b.png\t7\n", name)
    assert told(tmp_path) == [("a.png", " Total  4.50"), ("b.png", "7")]
    assert named_in(tmp_path)[1].picture == tmp_path / "sub" / "b.png"


def test_pages_with_boxes(tmp_path: Path) -> None:
    lines = [{"text": "4.50", "roi": [10, 5, 110, 25]}, {"text": "x", "roi": [0] * 4}]
    row = {"image": "page.png", "lines": lines}
    (tmp_path / "truth.jsonl").write_text(json.dumps(row) + "\n")
    assert [named.corners for named in named_in(tmp_path)] == [
        (10, 5, 110, 25),
        (0, 0, 0, 0),
    ]


def test_text_beside_pictures(tmp_path: Path) -> None:
    for name, text in (("a.png", "a.gt.txt"), ("b.tif", "b.txt")):
        picture(tmp_path, name)
        (tmp_path / text).write_text(f"text of {name}\n")
    assert told(tmp_path) == [
        ("a.png", "text of a.png\n"),
        ("b.tif", "text of b.tif\n"),
    ]


def test_one_in_ten_is_held_out_for_ever(tmp_path: Path) -> None:
    lines = read_lines(made_lines(tmp_path / "lines", 60))
    assert len(lines.learnt) + len(lines.held_out) == 60
    assert 0 < len(lines.held_out) < 15
    more = read_lines(made_lines(tmp_path / "more", 80))  # the same ones, and others
    held, held_of_more = keys(lines.held_out), keys(more.held_out)
    assert held <= held_of_more
    assert not held_of_more & keys(lines.learnt)


def test_the_same_picture_twice_is_on_one_side(tmp_path: Path) -> None:
    folder = made_lines(tmp_path / "lines", 13)
    (folder / "again.png").write_bytes((folder / "00000.png").read_bytes())
    with (folder / "labels.tsv").open("a") as file:
        file.write("again.png\t1\n")
    lines = read_lines(folder)
    assert len(lines.learnt) + len(lines.held_out) == 13


def test_a_digest_tells_lines_apart(tmp_path: Path) -> None:
    folder = made_lines(tmp_path / "lines", 13)
    before = read_lines(folder).digest()
    assert read_lines(folder).digest() == before
    text = (folder / "labels.tsv").read_text()
    (folder / "labels.tsv").write_text(text.replace("00003.png\t", "00003.png\t9"))
    assert read_lines(folder).digest() != before


def test_what_cannot_be_learnt_is_left_out(tmp_path: Path) -> None:
    folder = made_lines(tmp_path / "lines", 13)
    picture(folder, "narrow.png", (48, 48))
    picture(folder, "wide.png", (4800, 48))
    with (folder / "labels.tsv").open("a") as file:
        file.write("narrow.png\t1234567\nwide.png\t1\n")
    assert read_lines(folder).left_out == {
        "too narrow for their text": 1,
        "wider than 1600 pixels at a height of 48": 1,
    }


def test_a_box_that_is_drawn_too_far_ends_at_the_edge(tmp_path: Path) -> None:
    Image.effect_noise((400, 1200), 90).save(tmp_path / "page.png")
    lines = [
        {"text": str(i), "roi": [-3, 80 * i - 2, 404, 80 * i + 70]} for i in range(15)
    ]
    row = json.dumps({"image": "page.png", "lines": lines})
    (tmp_path / "truth.jsonl").write_text(row)
    assert sorted(read_lines(tmp_path).texts()) == sorted(str(i) for i in range(15))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("b.png\t1\n", "Line 1 of labels.tsv: there is no picture “b.png”."),
        ("a.png\t \n", "Line 1 of labels.tsv: the text is empty."),
        (
            "a.png 1\n",
            "Line 1 of labels.tsv: there is no tab between picture and text.",
        ),
        ("labels.tsv\t1\n", "“labels.tsv” is no picture that can be read."),
        (
            "a.png\tالمجموع\n",
            "“المجموع” runs from the right to the left, and OpenOCR's",
        ),
        ("a.png\t1\n", "There are too few lines to learn from in "),
    ],
)
def test_bad_rows(tmp_path: Path, rows: str, words: str) -> None:
    assert words in refused(labelled(tmp_path, rows))


def test_bad_pages(tmp_path: Path) -> None:
    picture(tmp_path, "page.png")
    truth = tmp_path / "truth.jsonl"
    for row in ("{", "[]", '{"image": "page.png"}', '{"image": 1, "lines": []}'):
        truth.write_text(row)
        assert "Line 1 of truth.jsonl: it is no page with “image”" in refused(tmp_path)
    line = {"text": "1", "roi": [300, 0, 400, 20]}
    truth.write_text(json.dumps({"image": "page.png", "lines": [line]}))
    assert refused(tmp_path) == (
        "Line 1 of truth.jsonl: the box [300, 0, 400, 20] holds nothing of “page.png”, "
        "which has 200 by 40 pixels."
    )


def test_no_folder_no_labels_no_text(tmp_path: Path) -> None:
    assert refused(tmp_path / "none") == f"There is no folder {tmp_path / 'none'}."
    assert refused(tmp_path).startswith(f"There are no labelled lines in {tmp_path}: ")
    picture(tmp_path, "a.png")
    assert refused(tmp_path) == "“a.png” has no a.gt.txt beside it."
    (tmp_path / "a.gt.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(FileError, match=r"“a\.gt\.txt” is no text in UTF-8\."):
        read_lines(tmp_path)


def keys(lines: tuple[Line, ...]) -> set[str]:
    return {line.key for line in lines}
