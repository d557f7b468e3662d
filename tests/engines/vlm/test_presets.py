"""Ways to ask a model, and what options make of them."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from engines.types import Options
from engines.vlm.presets import (
    LINES_WITH_PLACES,
    OPTIONS,
    PRESETS,
    THINGS_WITH_PLACES,
    most_tokens,
    prompt_of,
    wants_boxes,
    wants_support,
)


def asked(prompt: str = "", **extra: object) -> Options:
    return Options(prompt=prompt, extra=extra)


def test_it_works() -> None:
    assert list(PRESETS) == ["read", "receipt", "describe", "markdown"]
    assert prompt_of(Options()) == PRESETS["read"].prompt
    assert prompt_of(asked(preset="markdown")) == PRESETS["markdown"].prompt
    keys = ("merchant", "date", "total", "currency", "tax", "category")
    assert all(f'"{key}"' in prompt_of(asked(preset="receipt")) for key in keys)


def test_ones_own_prompt_takes_its_place() -> None:
    assert prompt_of(asked("  Who signed? ", preset="receipt")) == "Who signed?"
    assert prompt_of(asked("   ")) == PRESETS["read"].prompt


@pytest.mark.parametrize(
    ("options", "added"),
    [
        (asked(boxes=True), LINES_WITH_PLACES),
        (asked("Who signed?", boxes=True), LINES_WITH_PLACES),
        (asked(preset="describe", boxes=True), THINGS_WITH_PLACES),
        (asked(preset="receipt", boxes=True), ""),  # it is an answer of another kind
        (asked(preset="markdown", boxes=True), ""),
        (asked(boxes=False), ""),
    ],
)
def test_places_are_asked_for_where_they_can_be(options: Options, added: str) -> None:
    plain = prompt_of(
        Options(prompt=options.prompt, extra={**options.extra, "boxes": 0})
    )
    assert prompt_of(options) == f"{plain} {added}".strip()
    assert wants_boxes(options) == bool(added)


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (Options(), True),
        (asked(preset="markdown"), True),
        (asked(support=False), False),
        (asked(preset="receipt", support=True), False),  # JSON stands on no page
        (asked(preset="describe"), False),
        (asked("Who signed?"), False),
    ],
)
def test_print_alone_is_compared(options: Options, wanted: bool) -> None:
    assert wants_support(options) == wanted


def test_the_smaller_number_of_tokens_holds() -> None:
    assert most_tokens(Options(), 4096) == 4096
    assert most_tokens(asked(max_tokens=100), 4096) == 100
    assert most_tokens(asked(max_tokens=9000), 4096) == 4096


def test_options_have_titles_and_usual_values() -> None:
    schema = {"type": "object", "properties": OPTIONS}
    Draft202012Validator.check_schema(schema)
    usual = {name: option["default"] for name, option in OPTIONS.items()}
    assert usual == {
        "preset": "read",
        "boxes": False,
        "max_tokens": 4096,
        "support": True,
    }
    check = Draft202012Validator(schema)
    assert check.is_valid(usual)
    assert not check.is_valid({"preset": "sing"})
    assert all({"title", "description"} <= set(option) for option in OPTIONS.values())
