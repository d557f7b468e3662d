"""The currency of a receipt: by its sign, else by the country that it tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from engines.receipts.ledger import Ledger
from engines.receipts.rows import Row
from engines.receipts.types import Finding
from engines.roi import DateOrder
from engines.values.cleaning import in_ascii
from engines.values.currencies import split_currency

# Words that are printed in one country alone: names of companies, taxes, places.
_HINTS = tuple(
    (currency, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    for currency, words in (
        (
            "MYR",
            r"sdn\.?\s?bhd|malaysia|kuala lumpur|selangor|jalan|jln|"
            r"perniagaan|syarikat|restoran|kedai|jumlah|sst id",
        ),
        ("SGD", r"singapore|pte\.?\s?ltd"),
        ("IDR", r"indonesia|jakarta|npwp|pt\.? [a-z]+ tbk"),
        ("CAD", r"canada|hst|qst|tvq|toronto|ontario|montr[eé]al|qu[eé]bec|vancouver"),
        ("AUD", r"australia|abn|pty\.?\s?ltd|sydney|melbourne"),
        ("NZD", r"new zealand|auckland|nzbn"),
        ("HKD", r"hong kong|kowloon"),
        ("INR", r"india|gstin|cgst|sgst|mumbai|delhi|bengaluru"),
        ("GBP", r"united kingdom|london|vat reg(?:istration)? no\.? gb"),
        ("CHF", r"schweiz|suisse|svizzera|z[uü]rich|chf"),
        ("EUR", r"gmbh|mwst|sarl|s\.?a\.?r\.?l|tva|siret|iva|deutschland|france"),
        ("AED", r"u\.?a\.?e|dubai|abu dhabi|sharjah|دبي|الإمارات|أبوظبي"),
        ("SAR", r"saudi arabia|riyadh|jeddah|الرياض|جدة|السعودية"),
        ("EGP", r"egypt|cairo|القاهرة|مصر"),
        ("KWD", r"kuwait|الكويت"),
        ("BHD", r"bahrain|البحرين"),
        ("OMR", r"oman|muscat|مسقط"),
        ("QAR", r"qatar|doha|الدوحة"),
        ("JOD", r"jordan|amman|عمان الأردن"),
        ("MAD", r"maroc|morocco|casablanca|المغرب"),
        ("USD", r"u\.?s\.?a|[A-Z]{2} \d{5}(?:-\d{4})?"),
    )
)
_MONTH_FIRST = frozenset(("USD", "PHP"))
_YEAR_FIRST = frozenset(("CNY", "JPY", "KRW", "HUF", "SEK", "TWD"))
# Between day and month first, Canada has no habit; of others the day is first.
_EITHER = frozenset(("CAD",))
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "BND"))
# “RM”, “Amount (RM)”, “TOTAL EUR:”
_HEAD = re.compile(r"(?:[^\W\d_]{2,10}\W{0,3}){0,2}(?:RM|€|£|[A-Z]{3}|\W{1,3})\W{0,3}")
# One sign for several currencies: the sign, and those it may be.
_SHARED = {
    "$": _DOLLARS,
    "¥": frozenset(("JPY", "CNY")),
    "kr": frozenset(("SEK", "NOK", "DKK", "ISK")),
    "Rs": frozenset(("INR", "PKR", "LKR", "NPR", "MUR")),
    "﷼": frozenset(("SAR", "QAR", "OMR", "YER", "IRR")),
    "ريال": frozenset(("SAR", "QAR", "OMR", "YER")),
    "درهم": frozenset(("AED", "MAD")),
    "DH": frozenset(("AED", "MAD")),
    "Dhs": frozenset(("AED",)),
    "جنيه": frozenset(("EGP", "SDG")),
    "دينار": frozenset(("KWD", "BHD", "JOD", "IQD", "LYD", "TND", "DZD")),
    "دولار": _DOLLARS,
    "FCFA": frozenset(("XOF", "XAF")),
}


def find_currency(ledger: Ledger, total: Finding, default: str = "") -> Finding:
    """That of the total, else the page's; *default* decides where a sign is shared."""
    own = split_currency(in_ascii(total.raw))[1]
    country = country_currency(ledger.rows)
    printed = own or _most_printed(ledger)
    if country not in ("", "SAR") and printed == ("SAR",):
        own = printed = ()  # SR is riyals, and Malaysia's code of a tax
    sign = printed[0] if printed else ""
    if len(sign) == 3 and sign.isascii() and sign.isupper() and sign not in _SHARED:
        return _at(sign, sign, ledger, total if own else None)
    if sign:
        return _of_shared(sign, country, default, _at(sign, "", ledger, None))
    if country:
        return Finding(country, confidence=0.8)
    if default:
        reason = f"No currency is printed: {default} is what is usual here."
        return Finding(default, confidence=0.5, reason=reason)
    return Finding()


def country_currency(rows: Sequence[Row]) -> str:
    """The currency of the country that most words on the page tell of."""
    text = "\n".join(row.plain for row in rows)
    counted = {
        currency: sum(1 for _ in hint.finditer(text)) for currency, hint in _HINTS
    }
    best = max(counted, key=lambda currency: counted[currency])
    return best if counted[best] else ""


def date_order_in(currency: str) -> DateOrder:
    """How dates are written where one pays with *currency*; "" where nobody knows."""
    if not currency or currency in _EITHER:
        return ""
    if currency in _MONTH_FIRST:
        return "mdy"
    return "ymd" if currency in _YEAR_FIRST else "dmy"


def _most_printed(ledger: Ledger) -> tuple[str, ...]:
    """The currency beside most amounts; else one that a column is headed with."""
    beside = Counter(entry.money.currency for entry in ledger.entries)
    del beside[""]
    if not beside:
        beside.update(
            currency
            for row in ledger.rows
            for cell in row.cells
            if _HEAD.fullmatch(cell.plain)
            for currency in split_currency(cell.plain)[1]
        )
    return tuple(currency for currency, _ in beside.most_common(1))


def _at(currency: str, value: str, ledger: Ledger, total: Finding | None) -> Finding:
    """Where *currency* is printed: beside the total, else first on the page."""
    if total is not None:
        return Finding(value, total.raw, total.page, total.polygon, 0.98)
    for row in ledger.rows:
        for cell in row.cells:
            if currency in split_currency(cell.plain)[1]:
                place = cell.line.polygon if cell.line else None
                return Finding(value, cell.text, cell.page, place, 0.95)
    return Finding(value, confidence=0.9)


def _of_shared(sign: str, country: str, default: str, found: Finding) -> Finding:
    """The currency behind a *sign* of several, as country or *default* tell."""
    may_be = _SHARED.get(sign, frozenset())
    if country in may_be:
        return replace(found, value=country, confidence=0.9)
    if default in may_be:
        return replace(found, value=default, confidence=0.7)
    if len(may_be) == 1:
        return replace(found, value=next(iter(may_be)), confidence=0.9)
    reason = f"“{sign}” is money of several countries."
    # Tills print “$” in countries too where it is no sign of theirs.
    return replace(found, value=country, confidence=0.5, reason=reason)
