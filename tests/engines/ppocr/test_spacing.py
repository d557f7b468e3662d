"""engines.ppocr.spacing: spaces that the network suspects, and those that are none."""

from __future__ import annotations

from engines.ppocr.decoding import Lattice, decode
from engines.ppocr.spacing import split_words
from tests.engines.ppocr.lattices import Step, lattice, printed


def split(seen: Lattice) -> list[str]:
    return [token.text for token in split_words(decode(seen), seen)]


def letters(text: str) -> list[Step]:
    return [step for letter in text for step in ({letter: 0.99}, {})]


def test_it_works():
    assert split(printed("at home")) == ["at", "home"]


def test_a_suspected_space_between_letters_that_stand_apart():
    steps = [*letters("TAX"), {" ": 0.2}, {}, *letters("ICO")]
    assert split(lattice(steps)) == ["TAX", "ICO"]


def test_no_space_where_letters_stand_close():
    assert split(printed("TAXICO", gap2={" ": 0.2})) == ["TAXICO"]


def test_no_space_without_a_suspicion():
    steps = [*letters("TAX"), {" ": 0.05}, {}, *letters("ICO")]
    assert split(lattice(steps)) == ["TAXICO"]


def test_a_sure_space_between_letters_that_touch_is_none():
    steps = [{"a": 0.9}, {}, {}, {}, {"b": 0.9}, {" ": 0.9}, {"c": 0.9}, {}, {}, {}]
    assert split(lattice([*steps, {"d": 0.9}])) == ["abcd"]


def test_only_spaces():
    assert split(printed("  ")) == []
