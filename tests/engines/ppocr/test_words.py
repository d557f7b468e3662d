"""engines.ppocr.words: what is no word becomes the word that the lattice holds."""

from __future__ import annotations

from engines.ppocr.decoding import Lattice, decode
from engines.ppocr.spacing import split_words
from engines.ppocr.vocabulary import vocabulary
from engines.ppocr.words import mended
from tests.engines.ppocr.lattices import printed

WORDS = {"total": 100, "item": 50, "stem": 10, "invoice": 90, "in": 5, "his": 3}


def read(seen: Lattice) -> list[str]:
    tokens = split_words(decode(seen), seen)
    return [token.text for token in mended(tokens, seen, WORDS)]


def test_it_works():
    assert read(printed("totai", s4={"i": 0.9, "l": 0.05})) == ["total"]


def test_a_sign_that_is_a_letter():
    assert read(printed("Tota]:", s4={"]": 0.5, "l": 0.4})) == ["Total:"]


def test_a_letter_too_many():
    assert read(printed("totall", s5={"l": 0.6})) == ["total"]


def test_a_word_that_exists_is_left_alone():
    assert read(printed("stem", s0={"s": 0.5, "i": 0.4})) == ["stem"]


def test_a_name_without_a_likely_neighbour_is_left_alone():
    assert read(printed("totai")) == ["totai"]


def test_a_short_word_must_be_nearly_as_likely():
    assert read(printed("ltem", s0={"l": 0.9, "i": 0.05})) == ["ltem"]
    assert read(printed("ltem", s0={"l": 0.6, "i": 0.3})) == ["item"]


def test_no_sign_is_made_up():
    seen = printed("totai", s4={"i": 0.6, "l": 0.3}, gap4={":": 0.45})
    assert read(seen) == ["total"]


def test_a_number_is_no_word():
    assert read(printed("102", s1={"0": 0.5, "o": 0.45})) == ["102"]


def test_halves_that_are_words_only_together():
    assert read(printed("invo ice")) == ["invoice"]
    assert read(printed("in voice")) == ["in", "voice"]


def test_vocabulary_of_a_language():
    english = vocabulary(("eng",))
    assert {"invoice", "total", "qty"} <= english.keys()
    assert "totai" not in english


def test_no_vocabulary_where_one_language_has_no_dictionary():
    assert vocabulary(("eng", "pol")) == {}
