"""Words that exist: each language's dictionary, and the abbreviations of commerce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

# Tesseract's codes to those of pyspellchecker's dictionaries.
DICTIONARIES = {
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "ita": "it",
    "nld": "nl",
    "por": "pt",
    "spa": "es",
}
ABBREVIATIONS = """
acct addr amt approx attn ave avg bal bhd blvd cert cust dept desc disc div doc excl ext
fax fig govt gst hrs incl inv iva ltd max mfg mgr min misc mkt mst nett nos oct pcs phd
pkg pos pte qty rcpt rec recd ref reg rep req rev rtn sdn sep sgd sku sst std tel temp
tin tva txn usd ust vat vol wed
"""
COMMON = 1000  # how often a dictionary counts a word that any business page may hold
SHORTEST = 3  # shorter words are too easily made

Vocabulary = Mapping[str, int]  # words in small letters, and how common they are


@lru_cache(maxsize=8)
def vocabulary(languages: tuple[str, ...]) -> Vocabulary:
    """The words of *languages*; none where one of them has no dictionary.

    A page in Polish and English must not have its Polish words made English.
    """
    if any(code not in DICTIONARIES for code in languages):
        return {}
    from spellchecker import SpellChecker

    words = dict.fromkeys(ABBREVIATIONS.split(), COMMON)
    for code in languages:
        counts = SpellChecker(language=DICTIONARIES[code]).word_frequency
        for word, count in counts.items():
            words[word] = max(count, words.get(word, 0))
    return words


def letter_runs(text: str) -> list[str]:
    """The runs of letters in *text*, in small letters, an apostrophe kept inside."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.casefold())


def are_words(runs: list[str], words: Vocabulary) -> bool:
    """Whether each of *runs* is a word; there is at least one, and none is short."""
    return bool(runs) and all(len(run) >= SHORTEST and run in words for run in runs)
