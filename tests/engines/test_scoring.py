"""engines.scoring: recall, precision and character errors, as published."""

from __future__ import annotations

from engines.scoring import Score, Tally, normalise, score, tally, words


def test_it_works():
    assert score("Total 12.50 paid", "TOTAL  12.50\nRM") == Score(
        recall=2 / 3, precision=2 / 3, cer=4 / 14
    )


def test_order_counts_for_characters_alone():
    swapped = score("b a", "a b")
    assert (swapped.recall, swapped.precision) == (1.0, 1.0)
    assert swapped.cer == 2 / 3


def test_words_keep_the_signs_within_numbers():
    assert words("Tel:03-123, 12.50 a.b 12:30") == {
        "tel": 1,
        "03-123": 1,
        "12.50": 1,
        "a": 1,
        "b": 1,
        "12:30": 1,
    }


def test_words_count_as_often_as_they_stand():
    assert score("a", "a a") == Score(recall=0.5, precision=1.0, cer=2 / 3)


def test_nothing_read_and_nothing_true():
    assert score("", "a") == Score(recall=0.0, precision=0.0, cer=1.0)
    assert score("", "") == Score(recall=0.0, precision=0.0, cer=0.0)


def test_errors_never_exceed_one():
    assert score("abcdefgh", "x").cer == 1.0


def test_tallies_of_pages_add_up():
    both = tally("ab", "abcd") + tally("x Y", "x y")
    assert both == Tally(letters=7, edits=2, words=3, read=3, hits=2)
    assert both.score == Score(recall=2 / 3, precision=2 / 3, cer=2 / 7)


def test_normalise():
    assert normalise(" Ａ\n ﬁ ") == "a fi"
