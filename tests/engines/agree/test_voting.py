"""The vote on the words of one line."""

from __future__ import annotations

import pytest

from engines import Alternative, Line
from engines.agree.looks import Look, Seen
from engines.agree.voting import voted
from tests.engines.agree.readers import line_of

KNOWN = {"total": 1000, "amount": 1000, "tax": 1000, "invoice": 1000}
LEADER, OTHER = "first", "second"


def vote(line: Line, again: list[str], anew: list[str]) -> Line:
    looks = [
        *(Look(LEADER, text) for text in again),
        *(Look(OTHER, text) for text in anew),
    ]
    return voted(Seen(LEADER, line, tuple(looks)), KNOWN)


def sureness(line: Line) -> list[float]:
    return [word.confidence or 0.0 for word in line.words]


def test_it_works() -> None:
    line = line_of("Total amount", 0)
    same = vote(line, ["Total amount"] * 2, ["Total amount"] * 2)
    assert (same.text, same.polygon) == (line.text, line.polygon)
    assert [word.box for word in same.words] == [word.box for word in line.words]
    assert [word.alternatives for word in same.words] == [(), ()]
    assert min(sureness(same)) > 0.9


def test_the_more_agree_the_surer_it_is() -> None:
    line, right, wrong = line_of("Total", 0), "Total", "Tofal"
    steps = [
        vote(line, [right, right], [right, right]),
        vote(line, [right, right], [right, wrong]),
        vote(line, [right, right], [wrong, wrong]),
        vote(line, [right, wrong], [wrong, wrong]),
    ]
    sure = [sureness(step)[0] for step in steps]
    assert sure == sorted(set(sure), reverse=True)


def test_the_lines_confidence_is_that_of_its_words() -> None:
    line = vote(line_of("Total 12.50", 0), ["Total 12.50"], ["Total 12.60"])
    first, second = sureness(line)
    assert line.confidence == pytest.approx((first + second) / 2)
    assert first > second


def test_a_sure_majority_is_followed() -> None:
    line = vote(
        line_of("Tctal: amount", 0, 0.6), ["Total: amount"] * 2, ["Total: amount"] * 2
    )
    assert line.text == "Total: amount"
    assert line.words[0].alternatives == (Alternative("Tctal:", LEADER),)
    assert line.words[1].alternatives == ()


def test_a_minority_is_not() -> None:
    line = vote(line_of("Total", 0), ["Total"] * 2, ["Tofal", "Total"])
    assert line.text == "Total"
    assert line.words[0].alternatives == (Alternative("Tofal", OTHER),)


def test_a_sign_between_digits_is_never_lost() -> None:
    line = vote(line_of("12.50", 0, 0.5), ["1250"] * 2, ["1250"] * 2)
    assert line.text == "12.50"
    assert line.words[0].alternatives == (Alternative("1250", OTHER),)


def test_alternatives_come_with_the_likeliest_first() -> None:
    line = vote(line_of("Total", 0), ["Tatal", "Total"], ["Tofal", "Tofal", ""])
    assert [other.text for other in line.words[0].alternatives] == [
        "Tofal",
        "Tatal",
        "",
    ]


def test_a_line_that_nobody_else_saw_stays_as_it_is() -> None:
    line = line_of("Total", 0)
    assert vote(line, [], []) == line
    assert vote(line, ["Tofal"], []) == line
    bare = Line("Total")
    assert vote(bare, ["Tofal"], ["Tofal"]) == bare


@pytest.mark.parametrize("text", ["30 00", "17 21:00", "05 02-18"])
def test_a_number_that_may_be_cut_in_two_is_doubtful(text: str) -> None:
    assert max(sureness(vote(line_of(text, 0), [text] * 2, [text] * 2))) < 0.85


@pytest.mark.parametrize("text", ["2021-12-27 14:05", "30 pcs", "7.80 5.40"])
def test_other_numbers_side_by_side_are_not(text: str) -> None:
    assert max(sureness(vote(line_of(text, 0), [text] * 2, [text] * 2))) > 0.85


def test_signs_around_a_word_matter_less_than_its_letters() -> None:
    line, same = line_of("Total:", 0), ["Total:"] * 2
    sign = vote(line, same, ["Total", "Total"])
    letter = vote(line, same, ["Tofal:", "Tofal:"])
    assert sureness(sign)[0] > sureness(letter)[0]
