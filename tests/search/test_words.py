"""What counts as a word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.search.words import placed_words, without_article, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Corner Shop", ["corner", "shop"]),
        ("Éléphant Straße naïve ﬁne", ["elephant", "strasse", "naive", "fine"]),
        ("don't x_y", ["don", "t", "x", "y"]),
        ("INV-2024-001", ["inv", "2024", "001"]),
        ("a.b@example.org", ["a", "b", "example", "org"]),
        ("https://example.org/x?y=1", ["https", "example", "org", "x", "y", "1"]),
        ("", []),
        (" .,-!\x00\ud800 ", []),
    ],
)
def test_it_works(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    ["1250.00", "1,250.00", "1.250,00", "1'250.00", "1’250,00", "١٬٢٥٠٫٠٠", "۱۲۵۰٫۰۰"],
)
def test_a_number_is_one_word_however_it_is_grouped(text: str) -> None:
    assert words_of(text) == ["1250.00"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,234,567 1,250 12,5 0.500", ["1234567", "1250", "12.5", "0.500"]),
        ("1.234,567.8 1,234.567", ["1", "234", "567", "8", "1234.567"]),
        ("EUR1,250.00 12.50A", ["eur", "1250.00", "12.50", "a"]),
        ("2024.01.15 192.168.1.10", ["2024", "01", "15", "192", "168", "1", "10"]),
        ("1st A4 x² ½", ["1st", "a4", "x2", "1", "2"]),
    ],
)
def test_numbers_and_what_looks_like_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("أحمد إلى آدم ٱسم", ["احمد", "الي", "ادم", "اسم"]),
        ("الفَاتُورَة مكتبة كتـــاب", ["الفاتوره", "مكتبه", "كتاب"]),
        ("مسؤول شاطئ", ["مسوول", "شاطي"]),
        ("ایران کتاب", ["ايران", "كتاب"]),
        ("ﻓﺎﺗﻮرة ﷼ ﻻ", ["فاتوره", "ريال", "لا"]),
        ("٢٠٢٤ ۲۰۲۴", ["2024", "2024"]),
        ("\u200fفاتورة\u200e", ["فاتوره"]),
    ],
)
def test_arabic(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("東京都", ["東", "京", "都"]),
        ("ใบเสร็จ", list("ใบเสร็จ")),
        ("한국어 영수증", ["한국어", "영수증"]),
        (unicodedata.normalize("NFD", "한국어"), ["한국어"]),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_scripts_without_blanks_and_with_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        *[
            (f"{article}فاتوره", "فاتوره")
            for article in ("ال", "وال", "بال", "فال", "كال", "لل")
        ],
        ("فاتوره", ""),
        ("الله", ""),  # two letters are left
        ("invoice", ""),
    ],
)
def test_articles(word: str, bare: str) -> None:
    assert without_article(word) == bare


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    placed = placed_words(text)
    assert [word for word, _start, _end in placed] == words_of(text)
    for word, start, end in placed:
        assert word in words_of(text[start:end])


@given(st.text())
def test_words_are_letters_and_digits_alone(text: str) -> None:
    """No database, and no language of an index, finds anything to obey in them."""
    for word in words_of(text):
        assert word
        for letter in word.replace(".", ""):
            assert unicodedata.category(letter)[0] in "LNM"
        assert "." not in word or word[0].isdigit()
        assert words_of(word) == [word]
