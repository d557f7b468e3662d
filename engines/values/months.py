"""Names of months: English, French, German, and Arabic from Egypt, the Gulf, the Levant
and the Maghreb; of each also its usual short forms."""

from __future__ import annotations

import re

from engines.values.cleaning import name_key

_NAMES = (
    "january jan janvier janv januar jänner jän يناير كانون_الثاني جانفي",
    "february feb février févr fév februar feber فبراير شباط فيفري",
    "march mar mars märz mär maerz مارس آذار",
    "april apr avril avr أبريل إبريل نيسان أفريل",
    "may mai مايو أيار ماي",
    "june jun juin juni يونيو يونيه حزيران جوان",
    "july jul juillet juil juli يوليو يوليه تموز جويلية يوليوز",
    "august aug août aoû آب أغسطس أوت غشت",
    "september sep sept septembre سبتمبر أيلول شتنبر",
    "october oct octobre oktober okt أكتوبر تشرين_الأول",
    "november nov novembre نوفمبر تشرين_الثاني نونبر",
    "december dec décembre déc dezember dez ديسمبر كانون_الأول دجنبر",
)
_HIJRI = (
    "محرم صفر ربيع_الأول ربيع_الآخر ربيع_الثاني جمادى_الأولى جمادى_الآخرة رجب شعبان "
    "رمضان شوال ذو_القعدة ذو_الحجة muharram safar rajab shaaban ramadan shawwal"
)
_CLOSE = 75  # per cent of letters alike: “Decernber” is 84 like december


def _keys(names: str) -> list[str]:
    return [name_key(name).replace("_", " ") for name in names.split()]


MONTHS = {key: n for n, names in enumerate(_NAMES, 1) for key in _keys(names)}


def _any_of(names: list[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    spaced = "|".join(name.replace(" ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])\.?")


_MONTH = _any_of(list(MONTHS))
_HIJRI_MONTH = _any_of(_keys(_HIJRI))


def is_hijri(key: str) -> bool:
    """Whether *key* (``name_key`` of a date) names a month of the Islamic calendar."""
    return bool(_HIJRI_MONTH.search(key) or re.search(r"\d\s?(?:هـ|ه)(?!\w)", key))


def with_months(key: str) -> str:
    """*key* with each month's name as its number in braces: 27 {12} 2021."""

    def number(match: re.Match[str]) -> str:
        name = " ".join(match[0].rstrip(".").split())
        return f" {{{MONTHS[name]}}} "

    return _MONTH.sub(number, key)


def nearest_month(words: list[str]) -> tuple[str, int] | None:
    """The one of *words* that is most like a month's name, and its month."""
    from rapidfuzz import fuzz, process

    names = [name for name in MONTHS if len(name) > 3]
    found = [
        (best[1], word, MONTHS[best[0]])
        for word in words
        if (best := process.extractOne(word, names, scorer=fuzz.ratio))
    ]
    score, word, month = max(found, default=(0, "", 0))
    return (word, month) if score >= _CLOSE else None
