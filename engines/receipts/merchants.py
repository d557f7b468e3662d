"""Who sold: a name at the top, with a company's suffix or in the largest print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from engines.receipts.rows import Row
from engines.receipts.types import Finding

_TOP = 12  # rows in which a name may stand
_LONGEST = 120  # characters
_SUFFIX = re.compile(
    r"(?<!\w)(?:sdn\.?\s?b[hn]d|s/b|berhad|bhd|pte|ltd|limited|llc|l\.l\.c|inc|corp|"
    r"corporation|co|company|gmbh|ag|kg|ohg|ug|e\.?k|sarl|s\.?a\.?r\.?l|sas|s\.?a|spa|"
    r"s\.?r\.?l|bv|b\.v|nv|plc|llp|pty|enterprise|trading|oy|ab|aps)\b\.?|"
    r"شركة|مؤسسة|محلات|مطعم|ذ\.م\.م|صيدلية",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:restaurant|restoran|cafe|café|bistro|bakery|market|mart|store|shop|hotel|"
    r"pharmacy|farmasi|clinic|klinik|hardware|grocer|books?tore|perniagaan|syarikat|"
    r"kedai|pizza|grill|coffee|kitchen|boutique|salon|station|centre|center)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:jalan|jln|lot|taman|tmn|street|st|road|rd|avenue|ave|blvd|lane|floor|level|"
    r"unit|suite|rue|stra(?:ss|ß)e|str|kuala|selangor|johor|batu|bandar|seksyen|"
    r"kawasan|p\.?o\.? box|plaza|no)\b[.,: ]|شارع|طريق|\b\d{5}\b|،",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:tel|fax|phone|gst|sst|vat|tax|trn|id|reg|abn|www|http\S*|invoice|receipt|"
    r"bill|cash|date|time|table|cashier|order|welcome|customer|copy|page|original|"
    r"duplicate|merchant|server|check|number|tin|npwp|siret|thank|facture|rechnung|"
    r"factura|quittung|client|bon de commande|purchase|quotation|statement)\b"
    r"|@|\.com|\.my\b|located in|فاتورة|هاتف|تاريخ|الرقم|رقم",
    re.IGNORECASE,
)
_REGISTERED = re.compile(
    r"\s*\(?\s*(?:co\.?\s?(?:no|reg)\.?:?\s*)?\d[\d-]{4,}\s?-?\s?[A-Z]?\s?\)?\s*$",
    re.IGNORECASE,
)

_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_NUMBER = re.compile(
    r"\(?\s?(?:co\W{0,3}(?:reg|no)\W{0,3})?\d{5,}\s?-?\s?[A-Z]?\s?\)?", re.I
)


def find_merchant(rows: Sequence[Row]) -> Finding:
    """The likeliest name among the first rows of the first page."""
    first = [row for row in rows if row.page == 1]
    usual = median([row.height for row in first]) if first else 0.0
    scored = [
        (_score(row, place, usual) + _is_registered(first[place + 1 :]), -place, row)
        for place, row in enumerate(first[:_TOP])
    ]
    score, _, row = max(scored, default=(0.0, 0, None), key=lambda one: one[:2])
    if row is None or score <= 0:
        return Finding()
    name = _REGISTERED.sub("", row.text).strip(" -*:,.")[:_LONGEST]
    confidence = min(0.95, 0.45 + 0.1 * score)
    line = row.cells[0].line
    place = line.polygon if line and len(row.cells) == 1 else row.cells[0].place_of("")
    reason = "" if score >= 2.5 else "This may not be the merchant's name."
    return Finding(name, row.text, row.page, place, round(confidence, 2), reason)


def _is_registered(below: Sequence[Row]) -> float:
    """More where a company's number stands under the name: (519537-X)."""
    return 1.5 * bool(below and _NUMBER.fullmatch(below[0].text.strip()))


def _score(row: Row, place: int, usual: float) -> float:
    text = row.text.strip()
    letters = sum(char.isalpha() for char in text)
    digits = sum(char.isdigit() for char in text)
    if letters < 3 or digits > letters or len(text) > _LONGEST:
        return -1.0
    if _AMOUNT.search(text):
        return -1.0
    suffix = bool(_SUFFIX.search(text))
    score = 2.0 - 0.35 * place + max(3.0 * suffix, 2.0 * bool(_TRADE.search(text)))
    score -= (1.0 if suffix else 4.0) * bool(_ADDRESS.search(text))
    score -= 4.0 * bool(_NO_NAME.search(text))
    if usual:
        score += min(1.5, max(0.0, row.height / usual - 1.2) * 2)
    return score - 1.0 * text.islower() * (place == 0)
