"""documents.services.options"""

from __future__ import annotations

import pytest

from documents.services.jobs import create_job
from documents.services.options import InvalidOption, checked_options, own_schema
from documents.services.wishes import digest, options_of


def test_it_lets_pass_what_the_engine_takes() -> None:
    options = {"mode": "good", "boxes": True, "tokens": 7, "with": ["a"], "hint": "x"}
    assert checked_options("choosy", options) == options
    assert "max_side" not in own_schema("choosy")["properties"]


@pytest.mark.parametrize(
    ("engine", "options", "words"),
    [
        ("fine", {"mode": "good"}, "The engine “fine” has no options."),
        (
            "choosy",
            {"speed": 1},
            "The engine “choosy” has no option “speed”. "
            "It has: mode, form, boxes, tokens, with, hint.",
        ),
        (
            "choosy",
            {"mode": "best"},
            "“mode” cannot be so: 'best' is not one of ['fast', 'good'].",
        ),
        (
            "choosy",
            {"tokens": 100},
            "“tokens” cannot be so: 100 is greater than the maximum of 99.",
        ),
        (
            "choosy",
            {"with": ["a", "c"]},
            "“with.1” cannot be so: 'c' is not one of ['a', 'b'].",
        ),
    ],
)
def test_it_says_what_cannot_be(engine, options, words) -> None:
    with pytest.raises(InvalidOption) as refused:
        checked_options(engine, options)
    assert str(refused.value) == words


def test_they_reach_the_engine_and_part_its_readings(alice, document) -> None:
    plain = create_job(document, user=alice, engine="choosy")
    told = create_job(document, user=alice, engine="choosy", options={"mode": "good"})
    assert options_of(told).extra == {"mode": "good"}
    assert digest(plain) != digest(told)
