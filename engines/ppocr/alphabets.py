"""Which characters a page in given languages can hold.

The network knows 18,708 characters; a page in English holds about a hundred. Those of
other scripts are taken away before decoding, so that no Greek ρ stands for a p.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SYMBOLS = "£€¥¢§©®™°±×÷·•…–—‘’“”«»½¼¾²³µ№✓✔"
COMMON = frozenset(ASCII + SYMBOLS)

# The letters beyond a to z of each language that the network can read, in lower case.
LETTERS = {
    "eng": "",
    "afr": "áéèêëíîïóôöúûüŉ",
    "cat": "àçéèíïóòúü·ŀ",
    "ces": "áčďéěíňóřšťúůýž",
    "cym": "âêîôûŵŷáéíóúàèìòùäëïöü",
    "dan": "æøåé",
    "deu": "äöüß",
    "est": "äõöüšž",
    "fin": "äöåšž",
    "fra": "àâæçéèêëîïôœùûüÿ",
    "gle": "áéíóú",
    "hrv": "čćđšž",
    "hun": "áéíóöőúüű",
    "ind": "é",
    "isl": "áðéíóúýþæö",
    "ita": "àèéìíîòóùú",
    "lat": "āēīōūæœ",
    "lav": "āčēģīķļņšūž",
    "lit": "ąčęėįšųūž",
    "msa": "é",
    "nld": "áéèëïíóöúü",
    "nor": "æøåéèêóòâôü",
    "pol": "ąćęłńóśźż",
    "por": "áâãàçéêíóôõúü",
    "ron": "ăâîșțşţ",
    "slk": "áäčďéíĺľňóôŕšťúýž",
    "slv": "čšž",
    "spa": "áéíñóúü¡¿ªº",
    "sqi": "çë",
    "swa": "",
    "swe": "åäöéü",
    "tgl": "ñáàâéèêíìîóòôúùû",
    "tur": "çğıöşüâîû",
}
# Scripts too large to list: their languages see every character.
WHOLE = ("chi_sim", "chi_tra", "jpn")
LANGUAGES = (*LETTERS, *WHOLE)


@lru_cache(maxsize=64)
def alphabet(languages: tuple[str, ...]) -> frozenset[str] | None:
    """The characters that *languages* are written in; None stands for all.

    One language outside the list opens the whole set: better a stray character than
    letters that can never be read.
    """
    if not languages or any(code not in LETTERS for code in languages):
        return None
    letters = "".join(LETTERS[code] for code in languages)
    # "ß".upper() is "SS": only single capitals are characters of their own.
    capitals = "".join(c.upper() for c in letters if len(c.upper()) == 1)
    turkish = "İ" if "tur" in languages else ""
    return COMMON | frozenset(letters + capitals + turkish)


def columns(characters: Sequence[str], allowed: frozenset[str] | None) -> list[int]:
    """Where *characters* are blank or allowed; the blank is the first one."""
    return [
        index
        for index, character in enumerate(characters)
        if index == 0 or allowed is None or character in allowed
    ]
