"""Currencies beside a number: as ISO code where the print is plain, else as printed.

“$”, “¥”, “kr”, “Rs” and ﷼ are money of several countries: the sign itself is kept, for
a guessed code would be wrong without anyone seeing it.
"""

from __future__ import annotations

import re


def _pairs(table: str) -> dict[str, str]:
    """“€ EUR £ GBP” as a mapping; an underscore stands for a blank."""
    words = [word.replace("_", " ") for word in table.split()]
    return dict(zip(words[::2], words[1::2], strict=True))


_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD
    BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB
    EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
    JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST
    XAF XCD XOF XPF YER ZAR ZMW ZWL"""
_ISO = frozenset(_CODES.split())
# A thousandth is the smallest coin: three decimals are the rule.
THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_SIGNS = _pairs(
    """
    € EUR £ GBP ₹ INR ₽ RUB ₺ TRY ₪ ILS ₩ KRW ₴ UAH ₫ VND ₦ NGN ₱ PHP ₡ CRC ₲ PYG ₸ KZT
    ₼ AZN ₾ GEL ฿ THB \u20c1 SAR US$ USD C$ CAD CA$ CAD A$ AUD AU$ AUD NZ$ NZD HK$ HKD
    S$ SGD R$ BRL MX$ MXN NT$ TWD E£ EGP £E EGP $ $ ¥ ¥ ﷼ ﷼"""
)
_WORDS = _pairs(
    """
    euro EUR euros EUR Euro EUR Euros EUR EURO EUR EUROS EUR eur EUR Eur EUR usd USD
    Usd USD gbp GBP aed AED Aed AED sar SAR egp EGP chf CHF sfr CHF SFr CHF zł PLN
    Kč CZK L.E EGP LE EGP S.R SAR SR SAR KD KWD JD JOD RM MYR FCFA FCFA kr kr Kr kr
    Rs Rs Dhs Dhs DH DH يورو EUR دولار دولار دولار_أمريكي USD درهم درهم دراهم درهم
    درهم_إماراتي AED درهم_اماراتي AED درهم_مغربي MAD ريال ريال ريال_سعودي SAR
    ريال_قطري QAR ريال_عماني OMR جنيه جنيه جنيه_مصري EGP دينار دينار
    دينار_كويتي KWD دينار_أردني JOD دينار_بحريني BHD دينار_تونسي TND"""
)
_INITIALS = _pairs(  # of an Arabic currency and its country
    """
    د.إ AED ر.س SAR ج.م EGP د.ك KWD د.ب BHD ر.ع OMR ر.ق QAR د.أ JOD د.ت TND د.ج DZD
    د.م MAD د.ع IQD د.ل LYD ل.ل LBP ل.س SYP ر.ي YER ج.س SDG"""
)


def _key(printed: str) -> str:
    return re.sub(r"[.\s]", "", printed.casefold())


# Initials are also found from left to right, as a reader sees them.
_BY_KEY = {
    **{code.casefold(): code for code in _ISO},
    **{_key(initials)[::-1]: code for initials, code in _INITIALS.items()},
    **{_key(initials): code for initials, code in _INITIALS.items()},
    **{_key(word): code for word, code in _WORDS.items()},
    **{_key(sign): code for sign, code in _SIGNS.items()},
}


def _alternatives() -> str:
    """Every way of printing one, the longest first; codes in capitals only, for “all”
    and “top” are words."""
    letters = "(?<![^\\W\\d_])(?:{})(?![^\\W\\d_])\\.?"
    initials = [word.split(".") for word in _INITIALS]
    dotted = [rf"{a}\s?\.\s?{b}" for a, b in initials]
    dotted += [rf"{b}\s?\.\s?{a}" for a, b in initials]
    words = sorted(_WORDS, key=len, reverse=True)
    signs = sorted(_SIGNS, key=len, reverse=True)
    named = "|".join([*dotted, *map(re.escape, words), *sorted(_ISO)])
    return letters.format(named) + "|" + "|".join(map(re.escape, signs))


_CURRENCY = re.compile(_alternatives())


def split_currency(text: str) -> tuple[str, tuple[str, ...]]:
    """*text* with ¤ for each currency, and these: ISO codes, or signs as printed."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        found.append(_BY_KEY[_key(match[0])])
        return "¤"

    rest = _CURRENCY.sub(keep, text)
    return rest, tuple(dict.fromkeys(found))
