"""engines.digits.kit.calibrating: which symbols are right."""

from __future__ import annotations

import pytest

from engines.digits.decoding import Symbol
from engines.digits.kit.calibrating import judged, sample_of


def verdicts(read: str, text: str, sure: str = "") -> str:
    """A sign for each symbol, + for right; *sure* holds tenths, a digit for each."""
    symbols = [
        Symbol(char, int(chance) / 10, number, number + 1)
        for number, (char, chance) in enumerate(
            zip(read, sure or "9" * len(read), strict=True)
        )
    ]
    return "".join("-+"[is_right] for _, is_right in judged(symbols, text))


@pytest.mark.parametrize(
    ("read", "text", "right"),
    [
        ("123", "123", "+++"),
        ("173", "123", "+-+"),
        ("1233", "123", "++" + "+-"),
        ("١٢۴", "12٤", "+++"),  # worth the same
        ("5", "", "-"),
        ("", "5", ""),
        ("79", "5", "--"),
    ],
)
def test_what_is_printed_is_right(read: str, text: str, right: str) -> None:
    assert verdicts(read, text) == right


def test_the_less_sure_neighbour_answers_for_what_is_missing() -> None:
    assert verdicts("13", "123", sure="96") == "+-"
    assert verdicts("13", "123", sure="69") == "-+"
    assert verdicts("12", "123") == "+-"


def test_samples_are_told_by_their_seed() -> None:
    one, again, other = (sample_of(seed) for seed in (5, 5, 6))
    assert (one.text, one.image.tobytes()) == (again.text, again.image.tobytes())
    assert one.image.tobytes() != other.image.tobytes()
