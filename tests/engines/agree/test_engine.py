"""The engine "agree": who takes part, and what becomes of what they read."""

from __future__ import annotations

import pytest
from PIL import Image

from documents.models import Reading
from engines import (
    Alternative,
    Availability,
    EngineError,
    EngineUnavailable,
    LineReader,
    Options,
    Page,
    Word,
    get_engine,
    read_page,
    register,
)
from tests.engines.agree.readers import line_of
from tests.engines.pictures import ARABIC_FONT, RECEIPT, written

PAPER = Image.new("RGB", (400, 300), "white")
SAYS = ("Total amount 12.50", "Thank you")


def seated(**seats: tuple[str, tuple[str, ...]]) -> None:
    """Engines under names, each a class of ``readers``, with the lines it reads."""
    for name, (kind, _) in seats.items():
        register(name, f"tests.engines.agree.readers.{kind}")
    for name, (_, lines) in seats.items():
        engine = get_engine(name)
        engine.name, engine.lines = name, lines


def agreed(*names: str) -> Page:
    return read_page(
        PAPER, engine="agree", options=Options(extra={"engines": names}), turn=0
    )


def words_of(page: Page) -> dict[str, Word]:
    return {word.text: word for line in page.lines for word in line.words}


def others_of(page: Page) -> dict[str, tuple[Alternative, ...]]:
    found = words_of(page).items()
    return {text: word.alternatives for text, word in found if word.alternatives}


def test_it_works() -> None:
    seated(first=("Reader", SAYS), second=("Reader", SAYS))
    page = agreed("first", "second")
    assert (page.text, page.engine, page.notes) == (
        "Total amount 12.50\nThank you",
        "first+second",
        (),
    )
    assert [line.polygon for line in page.lines] == [
        line_of(text, row).polygon for row, text in enumerate(SAYS)
    ]
    assert others_of(page) == {}
    assert all(word.confidence >= 0.9 for word in words_of(page).values())


def test_where_they_differ_it_is_less_sure_and_keeps_both() -> None:
    seated(
        first=("LineReader", ("Total amount 12.50",)),
        second=("LineReader", ("Total amount 12.60",)),
    )
    page = agreed("first", "second")
    assert others_of(page) == {"12.50": (Alternative("12.60", "second"),)}
    words = words_of(page)
    assert words["12.50"].confidence < 0.85 < words["amount"].confidence


def test_a_doubtful_word_gives_way_to_what_the_others_read() -> None:
    seated(
        first=("Doubtful", ("Tctal amount 12.50",)),
        second=("LineReader", ("Total amount 12.50",)),
        third=("LineReader", ("Total amount 12.50",)),
    )
    page = agreed("first", "second", "third")
    assert page.text == "Total amount 12.50"
    assert others_of(page) == {"Total": (Alternative("Tctal", "first"),)}


def test_joined_words_are_told_as_such() -> None:
    seated(first=("Reader", ("TAX INVOICE",)), second=("Reader", ("TAXINVOICE",)))
    joined = (Alternative("TAXINVOICE", "second"),)
    assert others_of(agreed("first", "second")) == {"TAX": joined, "INVOICE": joined}


def test_a_line_that_the_other_has_not() -> None:
    seated(first=("Reader", SAYS), second=("Reader", SAYS[:1]))
    nothing = (Alternative("", "second"),)
    page = agreed("first", "second")
    assert others_of(page) == {"Thank": nothing, "you": nothing}


def test_a_line_that_the_first_has_not() -> None:
    seated(first=("Reader", SAYS[:1]), second=("Reader", SAYS))
    nothing = (Alternative("", "first"),)
    page = agreed("first", "second")
    assert page.text == "Total amount 12.50\nThank you"
    assert others_of(page) == {"Thank": nothing, "you": nothing}


def test_each_script_is_read_by_who_knows_it() -> None:
    lines = ("المدينة المنورة طريق الملك", "Paid in cash, thank you")
    options = Options(languages=("ara", "eng"))
    page = read_page(written(lines, font=ARABIC_FONT), engine="agree", options=options)
    assert (page.text, page.notes) == ("\n".join(lines), ())
    assert page.engine == "ppocr+arabic+tesseract"


def test_it_reads_from_the_right() -> None:
    seated(
        first=("Reader", ("المجموع ١٢٫٥٠ ريال",)),
        second=("Reader", ("المجموع ١٢٫٦٠ ريال",)),
    )
    page = agreed("first", "second")
    assert page.text == "المجموع ١٢٫٥٠ ريال"
    assert others_of(page) == {"١٢٫٥٠": (Alternative("١٢٫٦٠", "second"),)}


def test_who_fails_is_left_out() -> None:
    seated(first=("Reader", SAYS), failing=("Failing", ()), third=("Reader", SAYS))
    page = agreed("first", "failing", "third")
    assert (page.engine, page.notes) == (
        "first+third",
        ("Failing failed on this page and was left out: This page is too hard.",),
    )


def test_where_the_first_fails_the_next_one_leads() -> None:
    seated(failing=("Failing", ()), second=("Reader", SAYS), third=("Reader", SAYS))
    page = agreed("failing", "second", "third")
    assert (page.text, page.engine, page.notes) == (
        "Total amount 12.50\nThank you",
        "second+third",
        ("Failing failed on this page and was left out: This page is too hard.",),
    )


def test_where_all_fail_so_does_it() -> None:
    seated(failing=("Failing", ()))
    with pytest.raises(EngineError, match="This page is too hard"):
        agreed("failing")


def test_one_alone_reads_and_says_so() -> None:
    seated(first=("Reader", SAYS), missing=("Missing", ()))
    page = agreed("first", "missing")
    assert (page.text, page.engine) == ("Total amount 12.50\nThank you", "first")
    assert page.notes == (
        "Missing did not take part: It is not installed.",
        "Only First could read this page: nobody else agrees or differs.",
    )
    assert {word.confidence for word in words_of(page).values()} == {0.98}


def test_who_knows_no_language_of_the_page_is_not_asked() -> None:
    seated(tesseract=("Reader", ()))  # knows English
    page = read_page(PAPER, engine="agree", options=Options(("chi_sim",)), turn=0)
    assert (page.lines, page.notes) == (
        (),
        (
            "Tesseract did not take part: It knows none of the languages.",
            "Only PP-OCR could read this page: nobody else agrees or differs.",
        ),
    )


def test_who_describes_pictures_does_not_vote() -> None:
    seated(first=("Reader", SAYS))
    page = agreed("first", "kosmos-2")
    assert page.notes == (
        "Kosmos-2 did not take part: It describes pictures, and reads no text.",
        "Only First could read this page: nobody else agrees or differs.",
    )


def test_without_any_it_says_so() -> None:
    seated(missing=("Missing", ()))
    with pytest.raises(EngineUnavailable, match="No engine can run on this machine"):
        agreed("missing")


def test_who_is_not_there_cannot_be_asked() -> None:
    with pytest.raises(EngineUnavailable, match="There is no engine “nobody”"):
        agreed("agree", "nobody")


def test_it_reads_a_single_line() -> None:
    seated(
        first=("LineReader", ("Total 12.50",)), second=("LineReader", ("Total 12.60",))
    )
    engine = get_engine("agree")
    assert isinstance(engine, LineReader)
    options = Options(extra={"engines": ("first", "second")})
    line = engine.read_line(PAPER.crop((0, 0, 110, 20)), options)
    assert line.text == "Total 12.50"
    assert line.words[1].alternatives == (Alternative("12.60", "second"),)


def test_no_reader_of_lines_no_line() -> None:
    seated(first=("Reader", SAYS))
    options = Options(extra={"engines": ("first",)})
    with pytest.raises(EngineUnavailable, match="None of the engines reads single"):
        get_engine("agree").read_line(PAPER, options)


def test_it_says_who_is_missing() -> None:
    assert get_engine("agree").availability() == Availability(ok=True)
    seated(tesseract=("Missing", ()))
    found = Availability(True, "It is not installed.", "Install it.")
    assert get_engine("agree").availability() == found
    seated(tesseract=("Missing", ()), ppocr=("Missing", ()))
    assert not get_engine("agree").availability().ok


def test_its_version_changes_with_any_of_its_engines() -> None:
    version = get_engine("agree").version
    for name in ("arabic", "ppocr", "tesseract", "digits"):
        assert get_engine(name).version in version
    assert len(version) <= Reading._meta.get_field("engine_version").max_length


def test_its_version_changes_with_any_that_may_be_chosen(monkeypatch) -> None:
    register("mine", "nowhere.Engine")  # misspelt: it takes no part
    register("third", "tests.fakes.Fine")
    version = get_engine("agree").version
    monkeypatch.setattr("tests.fakes.Fine.version", "2")
    assert get_engine("agree").version != version


def test_those_that_read_print_can_be_chosen() -> None:
    register("third", "tests.fakes.Fine")
    register("card", "tests.fakes.Graphic")
    schema = get_engine("agree").options_schema
    names = [one["const"] for one in schema["properties"]["engines"]["items"]["oneOf"]]
    assert {"ppocr", "tesseract", "third"} <= set(names)
    assert not {"auto", "embedded", "agree", "card", "vlm-http"} & set(names)


def test_real_engines_agree_on_clear_print() -> None:
    engine = get_engine("agree")
    engine.warm_up()
    assert {"ara", "eng"} <= set(engine.languages())
    page = read_page(written(), engine="agree")
    assert (page.text, page.engine) == ("\n".join(RECEIPT), "ppocr+tesseract")
    assert min(word.confidence for word in words_of(page).values()) >= 0.9
