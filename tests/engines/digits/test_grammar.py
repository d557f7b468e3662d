"""The forms of dates and amounts, and decoding that knows them."""

from __future__ import annotations

import pytest

from engines.digits.beam import decode_as, laid_over, likeliest
from engines.digits.grammar import Grammar, grammar
from tests.engines.digits.lattices import scores_of


def form_of(kind: str) -> Grammar:
    form = grammar(kind)
    assert form is not None
    return form


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "12/27/2021"),
        ("date", "٢٠٢٤-٠١-١٥"),
        ("date", "١٢/٢٧"),
        ("date", "1.2.99"),
        ("date", "27A2021"),
        ("date", "ع٢٠٢٤/١/٥"),
        ("amount", "1,234.50"),
        ("amount", "1.234,50"),
        ("amount", "A٥٢٥٠٠"),
        ("amount", "(12,50)"),
        ("amount", "٥٠-"),
        ("amount", "٪٥"),
        ("amount", "12,34,567"),
        ("integer", "1,234"),
        ("integer", "7"),
    ],
)
def test_a_form_is_known(kind: str, text: str) -> None:
    assert form_of(kind).accepts(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "12/27/202"),
        ("date", "12/27-2021"),
        ("date", "42/27/2021"),
        ("date", ""),
        ("amount", "1,23.50"),
        ("amount", "12/27"),
        ("amount", "A"),
        ("integer", "12.50"),
        ("integer", "1,2345"),
    ],
)
def test_another_form_is_not(kind: str, text: str) -> None:
    assert not form_of(kind).accepts(text)


def test_a_row_of_digits_has_no_form() -> None:
    assert grammar("digits") is None


def test_the_likeliest_date_is_found() -> None:
    doubt = {"4": 0.6, "1": 0.4}
    seen = scores_of([doubt, "2", "/", "2", "7", "/", "2", "_", "0", "_", "2", "1"])
    found = decode_as(seen, form_of("date"))
    assert "".join(symbol.symbol for symbol in found) == "12/27/2021"
    assert found[0].confidence == pytest.approx(0.4, abs=0.01)
    assert [(s.start, s.end) for s in found[:2]] == [(0, 1), (1, 2)]


def test_digits_are_of_one_script() -> None:
    seen = scores_of(["٢", "_", {"0": 0.7, "٥": 0.3}, "٣"])
    found = decode_as(seen, form_of("integer"))
    assert "".join(symbol.symbol for symbol in found) == "٢٥٣"


def test_paths_to_one_text_are_summed() -> None:
    # The best path is blank throughout (0.36), but more than half of all say 1.
    frame = {"1": 0.4, "_": 0.6}
    text, chance = likeliest(scores_of([frame, frame]), form_of("integer"))
    assert text == "1"
    assert chance == pytest.approx(-0.446, abs=0.01)  # log(0.16 + 0.24 + 0.24)


def test_what_is_too_unlikely_is_not_forced() -> None:
    seen = scores_of("12/27")
    assert decode_as(seen, form_of("integer"), least=-3.0) == ()
    assert decode_as(seen, form_of("integer")) != ()


def test_a_text_is_laid_over_its_frames() -> None:
    found = laid_over(scores_of("_5_55__7"), "557")
    assert [(s.start, s.end) for s in found] == [(1, 2), (3, 5), (7, 8)]
