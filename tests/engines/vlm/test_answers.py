"""Answers made into pages: lines, places, notes."""

from __future__ import annotations

import pytest
from PIL import Image

from engines.types import Box, Line, Options, Page
from engines.vlm.answers import Answer, blank_page, page_of

PICTURE = Image.new("RGB", (400, 200), "white")
ALONE = {"support": False}
TWO = (
    '[{"bbox_2d": [100, 50, 500, 150], "text_content": "Total 12.50"},\n'
    ' {"bbox_2d": [0, 500, 1000, 1000], "label": "Thank\\nyou"}]'
)
TOTAL = Line("Total 12.50", Box(40, 10, 200, 30).polygon)
THANKS = Line("Thank you", Box(0, 100, 400, 200).polygon)
NOT_EVERYWHERE = "The model did not say where everything stands."


def page(text: str, ended: str = "stop", tokens: int = 9, **extra: object) -> Page:
    answer = Answer(text, ended, tokens)  # type: ignore[arg-type]  # one of three words
    return page_of(answer, PICTURE, Options(extra={**ALONE, **extra}), "qwen3-vl")


def boxed(text: str) -> Page:
    return page(text, boxes=True)


def test_it_works() -> None:
    assert page("Second\n\n  First  \n") == Page(
        *(400, 200),
        lines=(Line("Second"), Line("First")),
        text="Second\n\n  First",
        engine="qwen3-vl",
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("```markdown\n# Bill\n```", "# Bill"),
        ("```\n# Bill\n", "# Bill"),  # cut short
        ('```json\n{"total": 1}\n```\n', '{"total": 1}'),
        ("<think>A bill? Yes.</think>\nBill", "Bill"),
        ("Bill\r\nNo. 7\rEnd\x00\x1b", "Bill\nNo. 7\nEnd"),
        ("Use ``` for code", "Use ``` for code"),
    ],
)
def test_what_is_around_the_text_is_left_out(text: str, plain: str) -> None:
    assert page(text).text == plain


def test_receipts_stay_as_they_were_said() -> None:
    said = '{"merchant": "Mensa",\n "total": 4.2}'
    found = page(f"```json\n{said}\n```", preset="receipt")
    assert found.text == said
    assert [line.text for line in found.lines] == [
        '{"merchant": "Mensa",',
        '"total": 4.2}',
    ]


@pytest.mark.parametrize(
    ("ended", "notes"),
    [
        ("stop", ()),
        (
            "length",
            ("The answer was cut off at 9 tokens: there may be more on the page.",),
        ),
        (
            "loop",
            ("The model began to repeat itself and was stopped: text may be missing.",),
        ),
    ],
)
def test_how_it_ended_is_noted(ended: str, notes: tuple[str, ...]) -> None:
    assert page("Total", ended).notes == notes


def test_an_empty_answer_is_noted() -> None:
    assert page(" \n") == Page(
        400, 200, engine="qwen3-vl", notes=("The model answered nothing.",)
    )


def test_a_blank_page_says_why_it_is_empty() -> None:
    assert blank_page(PICTURE, "qwen3-vl") == Page(
        *(400, 200),
        engine="qwen3-vl",
        notes=("There is nothing on this page: the model was not asked.",),
    )


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        f"```json\n{TWO}\n```",
        f"Here is the text:\n```json\n{TWO}\n```",
        TWO.replace("bbox_2d", "bbox"),
        TWO.replace("[100, 50, 500, 150]", "[500, 150, 100, 50]"),  # inside out
        TWO.replace("1000, 1000", "1020, 5000"),  # beyond the edge
    ],
)
def test_places_are_found(text: str) -> None:
    assert boxed(text) == Page(
        *(400, 200),
        lines=(TOTAL, THANKS),
        text="Total 12.50\nThank you",
        engine="qwen3-vl",
    )


@pytest.mark.parametrize(
    "cut",
    [
        ', "text_content": "Thank you',
        ', "text_content": "Thank you"',
        ', "text_content": "Thank you"}',
    ],
)
def test_what_was_cut_short_is_salvaged(cut: str) -> None:
    text = TWO.split(', "label"')[0]
    assert boxed(text + cut).lines == (TOTAL, THANKS)


def test_an_answer_cut_within_a_box_keeps_the_lines_before_it() -> None:
    text = TWO.split(", 1000]")[0]
    assert boxed(text).lines == (TOTAL,)


def test_quotes_that_were_not_escaped_are_salvaged() -> None:
    text = TWO.replace("Total 12.50", 'Total "net" 12.50')
    assert boxed(text).lines == (
        Line('Total "net" 12.50', TOTAL.polygon),
        THANKS,
    )


@pytest.mark.parametrize("sides", ["[10, 10, 10, 90]", '["a", 1, 2, 3]', "[1, 2]", "7"])
def test_places_that_cannot_be_are_left_out(sides: str) -> None:
    found = boxed(TWO.replace("[100, 50, 500, 150]", sides))
    assert found.lines == (Line("Total 12.50"), THANKS)
    assert found.notes == (NOT_EVERYWHERE,)


def test_an_answer_without_places_is_plain_text() -> None:
    found = boxed("Total 12.50\nThank you")
    assert found.lines == (Line("Total 12.50"), Line("Thank you"))
    assert found.notes == (NOT_EVERYWHERE,)


def test_places_that_were_not_asked_for_are_text() -> None:
    assert page("[{}]").lines == (Line("[{}]"),)


def test_a_description_has_no_lines() -> None:
    assert page("A cat.\nIt sleeps.", preset="describe") == Page(
        *(400, 200),
        text="A cat.\nIt sleeps.",
        engine="qwen3-vl",
        is_description=True,
    )


def test_a_description_names_things_with_their_places() -> None:
    things = '```json\n[{"bbox_2d": [100, 50, 500, 150], "label": "a cat"}]\n```'
    cat = Line("a cat", TOTAL.polygon)
    found = page(f"A cat sleeps.\n\n{things}", preset="describe", boxes=True)
    assert found == Page(
        *(400, 200),
        lines=(cat,),
        text="A cat sleeps.",
        engine="qwen3-vl",
        is_description=True,
    )
    assert page(things, preset="describe", boxes=True).text == "a cat"
