"""Differences of two texts, as a person sees them."""

from __future__ import annotations

import pytest

from documents.services.texts.differing import Change, changes, distance


def shown(left: str, right: str) -> str:
    """Where both say the same, that; where not, [left|right]."""
    runs = changes(left, right)
    assert "".join(run.left for run in runs) == left
    assert "".join(run.right for run in runs) == right
    return "".join(
        run.left if run.is_equal else f"[{run.left}|{run.right}]" for run in runs
    )


def test_it_works() -> None:
    assert changes("T0tal 1.20", "Total 1.20") == (
        Change("T", "T"),
        Change("0", "o"),
        Change("tal 1.20", "tal 1.20", True),
    )


def test_each_run_has_an_operation() -> None:
    runs = changes("Arnount 12.50 net", "Amount 1250 net,")
    assert [(run.op, run.left, run.right) for run in runs] == [
        ("equal", "A", "A"),
        ("replace", "rn", "m"),
        ("equal", "ount 12", "ount 12"),
        ("delete", ".", ""),
        ("equal", "50 net", "50 net"),
        ("insert", "", ","),
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("same", "same", "same"),
        ("", "", ""),
        ("", "abc", "[|abc]"),
        ("abc", "", "[abc|]"),
        ("Tota1 12,5O EUR", "Total 12.50 EUR", "Tota[1|l] 12[,5O|.50] EUR"),
        ("Tot al 5", "Total 5", "Tot[ |]al 5"),
        ("The quick brown fox", "The quick fox", "The quick [brown |]fox"),
        ("Café crème", "Cafe creme", "Caf[é|e] cr[è|e]me"),
        # No confetti: a sign that both happen to have says nothing.
        ("foo. bar, baz", "qux. zip, zap", "[foo. bar, baz|qux. zip, zap]"),
        ("1 2 3", "4 5 6", "[1 2 3|4 5 6]"),
        ("Till: 7", "Shop: 9", "[Till|Shop]: [7|9]"),
        # A word that both have stays, between whatever.
        ("Corner of Street", "Xyzabc of Uvwxyz", "[Corner|Xyzabc] of [Street|Uvwxyz]"),
        # Words of which little is the same are other words.
        ("pay cash", "pay card now", "pay [cash|card now]"),
    ],
)
def test_runs_are_readable(left: str, right: str, expected: str) -> None:
    assert shown(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("الكتاب الجديد", "الكناب الجديد", "[الكتاب|الكناب] الجديد"),
        ("رقم ١٢٣٤", "رقم ١٢٨٤", "رقم ١٢[٣|٨]٤"),
        ("مُحَمَّد هنا", "محمد هنا", "[مُحَمَّد|محمد] هنا"),
        ("नमस्ते दुनिया", "नमस्त दुनिया", "[नमस्ते|नमस्त] दुनिया"),
    ],
)
def test_letters_that_join_are_not_parted(left: str, right: str, expected: str) -> None:
    assert shown(left, right) == expected


def test_long_texts_without_a_word_in_common() -> None:
    left, right = "abc " * 5000 + "abc", "xyz " * 5000 + "xyz"
    assert changes(left, right) == (Change(left, right),)


@pytest.mark.parametrize(
    ("left", "right", "count"), [("", "", 0), ("kitten", "sitting", 3), ("", "ab", 2)]
)
def test_distance(left: str, right: str, count: int) -> None:
    assert distance(left, right) == count
