"""Lines for Tesseract: cut as the engine cuts, boxed, made once."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from engines.digits.kit.fonts import faces
from engines.digits.kit.tesseract.lines import (
    HEIGHT,
    Drawn,
    drawn,
    line_of,
    prepared,
    write_pages,
)
from engines.digits.kit.tesseract.plan import Lot

LOT = Lot("some", "clean", 7, longest=4, script="arabic")


def test_the_same_lot_makes_the_same_lines() -> None:
    one, again = (list(islice(drawn(LOT), 12)) for _ in range(2))
    assert [line.text for line in one] == [line.text for line in again]
    assert all(
        np.array_equal(np.asarray(a.image), np.asarray(b.image))
        for a, b in zip(one, again, strict=True)
    )
    assert {line.image.height for line in one} == {HEIGHT}
    assert all(1 <= len(line.text) <= LOT.longest for line in one)


def test_parts_of_a_lot_differ() -> None:
    texts = [[line.text for line in islice(drawn(LOT, part), 12)] for part in (0, 1)]
    assert texts[0] != texts[1]


def test_ink_reaches_the_frame_and_no_further() -> None:
    line = line_of(5, LOT, faces("train"))
    assert line is not None
    pixels = np.asarray(line.image.convert("L"))
    assert pixels[0].min() > 200  # the frame is white
    assert pixels[:, 0].min() > 200
    assert pixels.min() < 150


def test_a_page_and_a_box_for_each_line(tmp_path: Path) -> None:
    pictures = [Image.new("L", (width, HEIGHT), 255) for width in (50, 70)]
    lines = [Drawn(pictures[0], "١٢,٥"), Drawn(pictures[1], "7%")]
    write_pages(lines, tmp_path / "two")
    assert (tmp_path / "two.box").read_text(encoding="utf-8") == (
        "WordStr 0 0 50 36 0 #١٢,٥\n\t 0 0 50 36 0\n"
        "WordStr 0 0 70 36 1 #7%\n\t 0 0 70 36 1\n"
    )
    with Image.open(tmp_path / "two.tif") as pages:
        assert pages.n_frames == 2
        pages.seek(1)
        assert pages.size == (70, 36)


def test_files_are_made_once(tmp_path: Path) -> None:
    [path] = prepared(LOT, tmp_path)
    assert path.name == "some-000-7.lstmf"
    assert list(tmp_path.iterdir()) == [path]  # nothing of the way is left
    path.write_bytes(b"as it was")
    assert list(prepared(LOT, tmp_path)) == [path]
    assert path.read_bytes() == b"as it was"
