"""What the model answers, made into a page."""

from __future__ import annotations

import pytest

from engines.kosmos2.grounding import described, full_prompt
from engines.types import Box, Line, Page

QUESTION = "<grounding> Describe this image in detail:"


@pytest.mark.parametrize(
    ("preset", "own", "asked"),
    [
        ("describe", "", QUESTION),
        ("caption", " ", "<grounding> An image of"),
        ("crystal ball", "", QUESTION),
        ("caption", "Question: what? Answer:", "<grounding> Question: what? Answer:"),
        ("", "<grounding>It is", "<grounding>It is"),
        (
            "",
            "</image><image_3>An <phrase>x</phrase></s>",
            "<grounding> An <phrase>x</phrase>",
        ),
        ("", "<s></s>", QUESTION),
    ],
)
def test_what_is_asked(preset: str, own: str, asked: str) -> None:
    assert full_prompt(preset, own) == asked


def test_it_works() -> None:
    entities = [
        ("a  snowman", (3, 12), [(0.25, 0.5, 0.75, 1.0)]),
        ("trees", (18, 23), [(0.0, 0.0, 0.5, 0.5), (0.5, 0.0, 1.0, 0.5)]),
    ]
    caption = "Describe this image in detail: A snowman\nand  trees."
    assert described(caption, entities, QUESTION, (200, 100), ("note",)) == Page(
        200,
        100,
        (
            Line("a snowman", Box(50, 50, 150, 100).polygon),
            Line("trees", Box(0, 0, 100, 50).polygon),
            Line("trees", Box(100, 0, 200, 50).polygon),
        ),
        "A snowman and trees.",
        notes=("note",),
        is_description=True,
    )


def test_the_beginning_of_a_sentence_stays() -> None:
    page = described("An image of a dog.", [], "<grounding> An image of", (9, 9))
    assert page.text == "An image of a dog."


def test_places_without_a_phrase_and_said_twice_are_left_out() -> None:
    box = (0.0, 0.0, 1.0, 1.0)
    entities = [
        ("<patch_index_3><patch_index_9>", (0, 0), [box]),
        ("a dog", (0, 5), [box]),
        ("a dog", (9, 14), [box]),
    ]
    page = described("a dog and a dog", entities, QUESTION, (10, 20))
    assert page.lines == (Line("a dog", Box(0, 0, 10, 20).polygon),)


def test_corners_in_any_order_beside_the_picture() -> None:
    [line] = described(
        "x", [("x", (0, 1), [(1.5, 0.75, 0.5, -0.25)])], "", (10, 20)
    ).lines
    assert line.box == Box(5, 0, 10, 15)


def test_what_is_repeated_is_left_out() -> None:
    once, box = "There is a dog on the grass. ", (0.0, 0.0, 0.5, 0.5)
    caption = "A sunny day in the park. " + once * 40
    late = caption.rindex("a dog")
    entities = [
        ("a park", (18, 22), [(0.0, 0.0, 1.0, 1.0)]),
        ("a dog", (late, late + 5), [box]),
    ]
    page = described(caption, entities, QUESTION, (10, 10))
    assert page.text == f"A sunny day in the park. {once.rstrip('. ')}"
    assert [line.text for line in page.lines] == ["a park"]
    assert page.notes == (
        "The model began to repeat itself: the repetition was left out.",
    )
