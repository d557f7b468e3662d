"""Engine "auto": which reader a page, or a line, goes to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from documents.models import Reading
from engines import (
    Availability,
    EngineUnavailable,
    Options,
    PageImage,
    get_engine,
    load_page,
    read_page,
)
from tests.engines.pictures import ARABIC_FONT, RECEIPT, saved, text_pdf, written

ARABIC = ("شركة التقنية الحديثة للتجارة", "المدينة المنورة طريق الملك")
MIXED = (*ARABIC, "Invoice number 2024", "Paid in cash, thank you")


def printed(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)


def test_it_works() -> None:
    page = read_page(written())
    assert (page.text, page.engine, page.notes) == (printed(RECEIPT), "ppocr", ())


def test_a_trusted_text_layer_is_taken(tmp_path: Path) -> None:
    page = read_page(saved(tmp_path / "a", text_pdf()))
    assert (page.text, page.engine, page.notes) == (printed(RECEIPT), "embedded", ())


def test_a_doubted_text_layer_is_read_instead(tmp_path: Path) -> None:
    loaded = load_page(saved(tmp_path / "a", text_pdf()))
    little = load_page(saved(tmp_path / "b", text_pdf(["Page 1"]))).text_layer
    page = read_page(PageImage(loaded.image, loaded.dpi, lambda: little))
    assert (page.text, page.engine) == (printed(RECEIPT), "ppocr")
    assert page.notes == (
        "The text inside the PDF was not used: there is too little of it.",
    )


def test_each_line_goes_to_who_can_read_it() -> None:
    picture = written(MIXED, font=ARABIC_FONT)
    page = read_page(picture, options=Options(languages=("ara", "eng")))
    assert (page.text, page.engine) == (printed(MIXED), "ppocr+arabic")
    assert page.notes == ()
    first, last = page.lines[0], page.lines[-1]
    assert [word.text for word in first.words] == ARABIC[0].split()
    assert first.words[0].box.left > first.words[-1].box.left
    assert last.words[0].box.left < last.words[-1].box.left
    assert abs(last.words[0].box.left - 64) < 8


def test_an_arabic_page_is_noticed() -> None:
    page = read_page(written(ARABIC, font=ARABIC_FONT))
    assert (page.text, page.engine) == (printed(ARABIC), "ppocr+arabic")
    assert page.notes == (
        "The page looks Arabic, and was read so. Choose Arabic as its language.",
    )


def test_numbers_in_arabic_are_read_by_who_knows_them() -> None:
    lines = (*ARABIC, "فاتورة رقم ٣٤٨٢", "Invoice number 2024")
    page = read_page(written(lines, font=ARABIC_FONT))
    assert page.text == printed(lines)


def test_one_line_of_arabic_is_noticed_among_others() -> None:
    lines = (*RECEIPT, ARABIC[0])
    page = read_page(written(lines, font=ARABIC_FONT))
    assert (page.text, page.engine) == (printed(lines), "ppocr+arabic")


def test_the_crop_of_an_arabic_line_is_noticed() -> None:
    page = written(ARABIC[:1], font=ARABIC_FONT)
    strip = page.crop((50, 40, page.width - 50, 100))
    assert read_page(strip, turn=0).text == ARABIC[0]


def test_a_blank_page_is_empty() -> None:
    page = read_page(Image.new("RGB", (600, 800), "white"))
    assert (page.lines, page.text, page.notes) == ((), "", ())


def test_it_reads_bare_pictures() -> None:
    page = get_engine("auto").read(written(), Options())
    assert page.text == printed(RECEIPT)


def test_without_ppocr_tesseract_reads(enlist) -> None:
    enlist("ppocr", "Missing")
    page = read_page(written(), options=Options(languages=("eng", "ara")))
    assert (page.text, page.engine) == (printed(RECEIPT), "tesseract")
    assert get_engine("auto").availability() == Availability(ok=True)


def test_without_tesseract_arabic_is_left_to_ppocr(enlist) -> None:
    enlist("tesseract", "Missing")
    options = Options(languages=("eng", "ara"))
    page = read_page(written(), options=options)
    assert (page.text, page.engine) == (printed(RECEIPT), "ppocr")
    assert page.notes == ("PP-OCR does not know ara; it read what it could.",)


def test_without_any_reader_it_says_so(enlist) -> None:
    enlist("ppocr", "Missing")
    enlist("tesseract", "Missing")
    assert get_engine("auto").availability() == Availability(
        ok=False, reason="It is not installed.", remedy="Install it."
    )
    with pytest.raises(EngineUnavailable, match="No engine can run on this machine"):
        read_page(written())


def test_it_knows_what_its_readers_know() -> None:
    engine = get_engine("auto")
    engine.warm_up()
    assert {"ara", "eng"} <= set(engine.languages())
    assert engine.languages() == tuple(sorted(engine.languages()))


def test_its_version_changes_with_any_of_its_readers() -> None:
    """Else a cached reading would outlive the engine that made it."""
    version = get_engine("auto").version
    for name in ("embedded", "ppocr", "tesseract", "digits"):
        assert get_engine(name).version in version


def test_its_version_has_room_where_readings_are_kept() -> None:
    """It names the engines that it may choose, each with a version of its own."""
    room = Reading._meta.get_field("engine_version").max_length
    assert len(get_engine("auto").version) <= room
