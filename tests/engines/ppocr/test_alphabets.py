"""engines.ppocr.alphabets: no character of a script that was not asked for."""

from __future__ import annotations

from engines.ppocr.alphabets import LETTERS, alphabet, columns


def test_it_works():
    english = alphabet(("eng",))
    assert english is not None
    assert {"a", "Z", "7", " ", "€", "£", "°"} <= english
    assert not {"ρ", "à", "ß", "α", "中", "Ａ"} & english


def test_each_language_adds_its_letters_in_both_cases():
    letters = alphabet(("eng", "fra"))
    assert letters is not None
    assert {"é", "É", "ç", "Œ"} <= letters
    assert "ñ" not in letters


def test_an_unknown_language_lets_every_character_pass():
    assert alphabet(("eng", "ara")) is None
    assert alphabet(("jpn",)) is None
    assert alphabet(()) is None


def test_every_letter_is_one_character():
    assert all(len(c.lower()) == 1 for x in LETTERS.values() for c in x)


def test_columns_keep_the_blank():
    assert columns(["", "a", "ρ", " "], frozenset("a ")) == [0, 1, 3]
    assert columns(["", "a", "ρ"], None) == [0, 1, 2]
