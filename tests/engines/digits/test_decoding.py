"""From scores, made by hand, to symbols."""

from __future__ import annotations

import pytest

from engines.digits.calibration import Calibration
from engines.digits.decoding import WIDE, Symbol, decode
from tests.engines.digits.lattices import scores_of


def text(symbols: tuple[Symbol, ...]) -> str:
    return "".join(symbol.symbol for symbol in symbols)


def test_it_works() -> None:
    found = decode(scores_of("_11_22_"))
    assert [(s.symbol, s.start, s.end) for s in found] == [("1", 1, 3), ("2", 4, 6)]
    assert [s.confidence for s in found] == pytest.approx([1, 1], abs=1e-4)


def test_nothing_is_read_where_nothing_is() -> None:
    assert decode(scores_of("____")) == ()
    assert decode(scores_of("")) == ()


def test_the_same_digit_twice_needs_a_blank_between() -> None:
    assert text(decode(scores_of("55_5"))) == "55"


def test_a_number_is_in_one_script() -> None:
    like_both = {"0": 0.6, "٥": 0.4}
    assert text(decode(scores_of(["٢", "_", like_both, "_", "٣"]))) == "٢٥٣"
    assert text(decode(scores_of(["2", "_", {"0": 0.4, "٥": 0.6}, "_", "3"]))) == "203"


def test_where_another_script_won_something_is_printed() -> None:
    seen = ["٢", "_", {"0": 0.7, "_": 0.25, "٥": 0.05}, "_", "٣", "_", "٤"]
    assert text(decode(scores_of(seen))) == "٢٥٣٤"


def test_persian_digits_are_kept_where_they_are() -> None:
    seen = ["۴", "_", {"٥": 0.55, "۵": 0.45}, "_", "١"]
    assert text(decode(scores_of(seen))) == "۴۵١"


def test_letters_part_scripts() -> None:
    assert text(decode(scores_of("12_AA_٣٤"))) == "12A٣٤"


def test_a_wide_gap_parts_scripts() -> None:
    close, wide = "_" * (WIDE - 10), "_" * (WIDE + 2)
    assert text(decode(scores_of(f"888{wide}٣_٤"))) == "8٣٤"
    assert not text(decode(scores_of(f"8{close}٣_٤"))).startswith("8")


def test_only_scripts_that_may_be_printed_are_read() -> None:
    seen = scores_of([{"٢": 0.6, "2": 0.4}, "_", {"٥": 0.7, "0": 0.3}])
    assert text(decode(seen)) == "٢٥"
    assert text(decode(seen, scripts=("western",))) == "20"


def test_a_digit_is_as_sure_as_its_frame() -> None:
    (symbol,) = decode(scores_of(["_", {"7": 0.7, "_": 0.3}, {"7": 0.4, "_": 0.6}]))
    assert symbol.confidence == pytest.approx(0.7, abs=0.01)


def test_a_digit_alone_is_as_doubtful_as_its_script() -> None:
    doubt = {"٥": 0.6, "0": 0.4}
    (alone,) = decode(scores_of([doubt]))
    assert alone.symbol == "٥"
    assert alone.confidence == pytest.approx(0.6, abs=0.01)
    among = decode(scores_of(["٢", *"_____", doubt, *"_____", "٣"]))
    assert among[1].confidence > 0.99


def test_what_is_worth_the_same_is_no_doubt() -> None:
    (symbol,) = decode(scores_of([{"١": 0.55, "1": 0.45}]))
    assert (symbol.symbol, symbol.confidence > 0.99) == ("١", True)
    (symbol,) = decode(scores_of([{"٤": 0.5, "۴": 0.5}]))
    assert symbol.confidence > 0.99


def test_what_may_stand_unseen_between_two_is_a_doubt_of_both() -> None:
    unseen = {"_": 0.6, ".": 0.4}
    found = decode(scores_of(["1", "_", unseen, "_", "5", "_", "6"]))
    assert text(found) == "156"
    assert [s.confidence for s in found] == pytest.approx([0.6, 0.6, 1.0], abs=0.01)


def test_a_symbol_that_fades_is_no_doubt() -> None:
    found = decode(scores_of(["1", {"_": 0.6, "1": 0.4}, {"_": 0.7, "5": 0.3}, "5"]))
    assert [s.confidence for s in found] == pytest.approx([1, 1], abs=0.01)


def test_confidence_is_calibrated() -> None:
    halved = Calibration((0.0, 1.0), (0.0, 0.5))
    (symbol,) = decode(scores_of("5"), halved)
    assert symbol.confidence == pytest.approx(0.5, abs=0.01)
