"""What kind of value some print looks like."""

from __future__ import annotations

import re
from functools import lru_cache

from engines.roi import Kind
from engines.values.amounts import parse_amount
from engines.values.cleaning import in_ascii, without_noise
from engines.values.codes import parse_code, validated
from engines.values.currencies import split_currency
from engines.values.dates import parse_date
from engines.values.types import LONGEST, Habits

# Only looks matter here, not which of two dates is meant.
_ANY = Habits(date_order="dmy")
_WITH_CENTS = re.compile(r"\d[.,٫]\d{2,3}(?!\d)|\d[ '٬,.]\d{3}(?!\d)")
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9/._#-]*")
_LONGEST_INTEGER = 6  # digits; more are a number of something, not how many


@lru_cache(maxsize=4096)
def look_of(text: str) -> Kind:
    plain = without_noise(in_ascii(text))
    if not re.search(r"\d", plain) or len(plain) > LONGEST:
        return "text"
    if _looks_like_date(plain):
        return "date"
    if _looks_like_amount(plain):
        return "amount"
    if re.fullmatch(r"[0-9]+", plain):
        counts = len(plain) <= _LONGEST_INTEGER and not plain.startswith("0")
        return "integer" if counts else "digits"
    code = parse_code(plain).text
    is_one_word = " " not in plain or bool(validated(code, "iban"))
    return "code" if is_one_word and _CODE.fullmatch(code) else "text"


def _looks_like_date(plain: str) -> bool:
    found = parse_date(plain, _ANY)
    is_row_of_digits = plain.isdigit()
    starts_with_it = re.match(r"[^\W\d_]{0,9}\.?[\s\d]", plain)
    return bool(found.text and starts_with_it and not is_row_of_digits) and not (
        "more than" in found.doubt or "letters" in found.doubt
    )


def _looks_like_amount(plain: str) -> bool:
    rest, currencies = split_currency(plain)
    bare = not re.search(r"[^\W\d_]", rest)
    if not bare or "%" in plain or not (currencies or _WITH_CENTS.search(plain)):
        return False
    return bool(parse_amount(plain, _ANY).text)
