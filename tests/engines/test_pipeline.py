"""read_page: a page's whole way, with engines that answer at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engines import (
    PIPELINE_VERSION,
    Box,
    EngineError,
    EngineUnavailable,
    FileError,
    Line,
    Options,
    Page,
    PageImage,
    Word,
    read_page,
)
from engines.pipeline import tidy
from tests.engines.pictures import saved, text_pdf, written


@pytest.fixture(autouse=True)
def readers(enlist) -> None:
    enlist("blocks", "Blocks")
    enlist("speaker", "Speaker")
    enlist("failing", "Failing")


@pytest.fixture
def picture() -> Image.Image:
    """A black box at the top left of a white page."""
    page = Image.new("RGB", (300, 400), "white")
    page.paste("black", (20, 30, 120, 50))
    return page


def black(left: float, top: float, right: float, bottom: float) -> Line:
    box = Box(left, top, right, bottom)
    return Line("black", box.polygon, (Word("black", box, 0.3333),), 0.3333)


def test_it_works(picture: Image.Image) -> None:
    page = read_page(picture, engine="blocks")
    assert page == Page(300, 400, (black(20, 30, 120, 50),), "black", "blocks")


def test_it_reads_files_and_loaded_pages(tmp_path: Path, picture: Image.Image) -> None:
    picture.save(tmp_path / "a.tiff", save_all=True, append_images=[picture])
    from_image = read_page(picture, engine="blocks")
    assert read_page(tmp_path / "a.tiff", number=2, engine="blocks") == from_image
    assert read_page(PageImage(picture), engine="blocks") == from_image
    assert read_page(picture.convert("P"), engine="blocks") == from_image


@pytest.mark.parametrize(
    ("turn", "size", "box"),
    [
        (0, (300, 400), (20, 30, 120, 50)),
        (1, (400, 300), (350, 20, 370, 120)),
        (2, (300, 400), (180, 350, 280, 370)),
        (3, (400, 300), (30, 180, 50, 280)),
    ],
)
def test_the_answer_is_in_the_upright_frame(
    picture: Image.Image,
    turn: int,
    size: tuple[int, int],
    box: tuple[int, int, int, int],
) -> None:
    page = read_page(picture, engine="blocks", turn=turn)
    assert page == Page(*size, (black(*box),), "black", "blocks")


def test_it_finds_the_turn_itself() -> None:
    lying = PageImage(written()).turned(1)
    assert read_page(lying, engine="blocks").width == written().width
    assert read_page(lying, engine="blocks", turn=0).width == written().height


def test_steps_are_mapped_back(picture: Image.Image) -> None:
    plain = read_page(picture, engine="blocks", turn=0)
    larger = read_page(
        picture, engine="blocks", options=Options(preprocess="upscale"), turn=0
    )
    assert larger == plain


def test_engines_without_places_keep_their_text(picture: Image.Image) -> None:
    page = read_page(picture, engine="speaker", options=Options(prompt="the text"))
    assert page == Page(300, 400, (Line("said"),), "the text", "speaker", ("spoken",))


def test_a_blank_page_has_no_lines() -> None:
    blank = Image.new("RGB", (30, 40), "white")
    assert read_page(blank, engine="blocks") == Page(30, 40, engine="blocks")


def test_errors_come_through(tmp_path: Path, picture: Image.Image) -> None:
    with pytest.raises(EngineError, match="too hard"):
        read_page(picture, engine="failing")
    with pytest.raises(EngineUnavailable, match="no engine “nobody”"):
        read_page(picture, engine="nobody")
    with pytest.raises(EngineError, match="no preprocessing “bleach”"):
        read_page(picture, engine="blocks", options=Options(preprocess="bleach"))
    with pytest.raises(FileError, match="no page 9"):
        read_page(saved(tmp_path / "a", text_pdf()), number=9, engine="blocks")


def test_results_are_tidy() -> None:
    box = Box(0.123, 1.987, 10.04, 20.06)
    page = Page(9, 9, (Line("a", box.polygon, (Word("a", box, 0.123456),), 2 / 3),))
    tidied = Box(0.1, 2.0, 10.0, 20.1)
    assert tidy(page).lines == (
        Line("a", tidied.polygon, (Word("a", tidied, 0.1235),), 0.6667),
    )


def test_the_version_is_part_of_cache_keys() -> None:
    assert PIPELINE_VERSION.isascii()
