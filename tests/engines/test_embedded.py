"""Engine "embedded": the text inside a PDF, and when it is not to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from engines import Box, EngineError, Line, Page, PageImage, load_page, read_page
from engines.embedded import checkable, doubt_about, likeness, share_missed
from tests.engines.pictures import RECEIPT, page_pdf, saved, text_pdf, written


def loaded(tmp_path: Path, data: bytes) -> PageImage:
    return load_page(saved(tmp_path / "a.pdf", data))


def doubt(page: PageImage) -> str | None:
    assert page.text_layer is not None
    return doubt_about(page, page.text_layer)


def saying(page: PageImage, lines: Sequence[str]) -> PageImage:
    """The same picture, but its layer says *lines* in the same places."""
    layer = page.text_layer
    assert layer is not None
    said = [
        replace(line, text=text) for line, text in zip(layer.lines, lines, strict=True)
    ]
    changed = replace(layer, lines=tuple(said))
    return PageImage(page.image, page.dpi, lambda: changed)


def test_it_works(tmp_path: Path) -> None:
    page = read_page(saved(tmp_path / "a", text_pdf()), engine="embedded")
    assert page.text == "\n".join(RECEIPT)
    assert (page.engine, page.notes, page.confidence) == ("embedded", (), None)
    words = page.lines[6].words
    assert [word.text for word in words] == ["Total", "13.20"]
    assert words[0].box.right < words[1].box.left


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_lie_on_their_print(tmp_path: Path, rotate: int) -> None:
    data = text_pdf(["Word"], rotate=rotate)
    page = loaded(tmp_path, data)
    assert page.text_layer is not None
    (line,) = page.text_layer.lines
    inked = page.image.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert inked is not None
    assert line.box.left <= inked[0] + 3
    assert line.box.right >= inked[2] - 3
    assert line.box.top <= inked[1] + 3
    assert line.box.bottom >= inked[3] - 3
    assert line.box.width < inked[2] - inked[0] + 40


def test_what_stands_apart_is_another_line(tmp_path: Path) -> None:
    content = (
        "BT /F1 18 Tf 30 400 Td (Total) Tj 250 0 Td (13.20) Tj ET "
        "BT /F1 18 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (WATERMARK) Tj ET"
    )
    layer = loaded(tmp_path, page_pdf(content)).text_layer
    assert layer is not None
    assert [line.text for line in layer.lines] == ["Total", "13.20"]
    assert layer.text == "Total 13.20"


def test_words_need_no_written_space(tmp_path: Path) -> None:
    content = "BT /F1 18 Tf 30 400 Td (Total) Tj 48 0 Td (of) Tj 22 0 Td (all) Tj ET"
    layer = loaded(tmp_path, page_pdf(content)).text_layer
    assert layer is not None
    assert [line.text for line in layer.lines] == ["Total of all"]


def test_pictures_carry_no_text(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="carries no text"):
        read_page(written(), engine="embedded")
    written().save(tmp_path / "scan.pdf")
    with pytest.raises(EngineError, match="carries no text"):
        read_page(tmp_path / "scan.pdf", engine="embedded")


def test_a_plausible_layer_is_trusted(tmp_path: Path) -> None:
    assert doubt(loaded(tmp_path, text_pdf())) is None


def test_too_little_is_doubted(tmp_path: Path) -> None:
    page = loaded(tmp_path, text_pdf(["Page 1 of 2"]))
    assert doubt(page) == "there is too little of it"


def test_garbled_letters_are_doubted(tmp_path: Path) -> None:
    page = loaded(tmp_path, text_pdf())
    garbled = [line.replace("e", "\ufffd").replace("a", "\ue001") for line in RECEIPT]
    assert doubt(saying(page, garbled)) == "it is garbled"


def test_a_reversed_layer_is_doubted(tmp_path: Path) -> None:
    page = loaded(tmp_path, text_pdf())
    reversed_lines = [line[::-1] for line in RECEIPT]
    assert doubt(saying(page, reversed_lines)) == "it does not say what the page shows"


def test_words_on_each_other_are_doubted(tmp_path: Path) -> None:
    drawn = " ".join(f"({line}) Tj 0 -4 Td" for line in RECEIPT)
    page = loaded(tmp_path, page_pdf(f"BT /F1 18 Tf 30 400 Td {drawn} ET"))
    assert doubt(page) == "its words lie on each other"


def test_a_layer_beside_the_page_is_doubted(tmp_path: Path) -> None:
    drawn = " ".join(f"({line}) Tj 0 -36 Td" for line in RECEIPT)
    page = loaded(tmp_path, page_pdf(f"BT /F1 18 Tf 600 400 Td {drawn} ET"))
    assert page.text_layer is None or doubt(page) == "it lies beside the page"


def test_missing_print_is_doubted(tmp_path: Path) -> None:
    page = loaded(tmp_path, text_pdf())
    layer = page.text_layer
    assert layer is not None
    half = replace(layer, lines=layer.lines[:3])
    scan = PageImage(page.image, page.dpi, lambda: half)
    assert doubt(scan) == "much of the print on the page is not in it"


def test_a_blank_picture_under_a_layer_is_doubted(tmp_path: Path) -> None:
    page = loaded(tmp_path, text_pdf())
    blank = Image.new("RGB", page.image.size, "white")
    hidden = PageImage(blank, page.dpi, lambda: page.text_layer)
    assert doubt(hidden) == "it does not say what the page shows"


def line(text: str, top: float) -> Line:
    return Line(text, Box(0, top, 100, top + 10).polygon)


def test_only_plain_lines_are_checked() -> None:
    lines = [
        line("plain print", 0),
        line("печать", 20),
        line("短い", 40),
        line("ab", 60),
        line("الفاتورة 12345678", 80),
        Line("no place at all"),
    ]
    assert [text for text, _ in checkable(lines)] == [
        "plain print",
        "الفاتورة 12345678",
    ][:1]
    assert len(checkable([line("plain print", 20 * n) for n in range(99)])) == 5


def test_likeness() -> None:
    assert likeness("Total: 5,00", "total 500") == 1.0
    assert likeness("abcd", "dcba") < 0.6
    assert likeness("", "") == 1.0


def test_share_missed() -> None:
    seen = [Box(0, 0, 100, 10), Box(0, 20, 300, 30)]
    assert share_missed(seen, [line("covered", 2)]) == 0.75
    assert share_missed([], []) == 0.0
    assert share_missed(seen, Page(9, 9).lines) == 1.0
