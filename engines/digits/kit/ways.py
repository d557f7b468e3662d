"""The ways in which a value that a person typed may stand on paper.

A correction says what a crop means, seldom how it is printed: people type 52500 for
AED ٥٢٬٥٠٠, and 2024-01-15 for ١٥/١/٢٠٢٤. Training needs the print, in visual order; the
network picks the likeliest of these ways (``engines.digits.kit.corrections``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from engines.digits.alphabet import (
    ARABIC,
    COMMA,
    LATIN,
    LETTERS,
    PERSIAN,
    WESTERN,
    as_ascii,
    in_symbols,
)

_COMMAS = str.maketrans("٫٬،", COMMA * 3)
_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_AMOUNT = re.compile(r"(-?)(\d[\d,. ]*?)(?:[.,](\d{1,2}))?(-?)")
_IN_THREES = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_LETTERS = re.compile("[^\\W\\d_]+[.]?|[$€£¥₹﷼]")


def ways(text: str, kind: str) -> tuple[str, ...]:
    """*text*, typed for a value of *kind*, as it may be printed: in the symbols of the
    alphabet, from left to right; the typed form itself is the first.

    >>> ways("5%", "digits")[:5]
    ('5%', '٥%', '%٥', '٥٪', '٪٥')
    """
    typed = as_ascii(text.strip()).translate(_COMMAS)
    exact = [in_symbols(way) for way in painted(text.strip())]
    forms = dict.fromkeys(
        form for one in forms_of(typed, kind) for form in scripts(one)
    )
    found = dict.fromkeys(in_symbols(way) for form in forms for way in painted(form))
    lettered = (way for bare in found for way in beside_letters(bare) if bare)
    return tuple(dict.fromkeys(way for way in (*exact, *found, *lettered) if way))


def forms_of(typed: str, kind: str) -> Iterator[str]:
    """*typed* (with 0-9), and other forms of the same value."""
    yield typed
    if kind == "date" and (parts := _DATE.fullmatch(typed)):
        yield from dates(parts[1], parts[3], parts[4])
    bare = " ".join(_LETTERS.sub(" ", typed).split())
    if kind in ("amount", "integer") and (parts := _AMOUNT.fullmatch(bare)):
        before, whole, decimals, after = parts.groups()
        digits = re.sub(r"\D", "", whole)
        yield from grouped(digits, decimals, before or after)


def beside_letters(way: str) -> Iterator[str]:
    """*way* with letters on one side, which people leave out: AED, درهم."""
    if LATIN not in way and LETTERS not in way:
        for letters in (LATIN, LETTERS):
            yield from (letters + way, way + letters)


def dates(first: str, second: str, third: str) -> Iterator[str]:
    """Three numbers of a date in the usual orders and styles."""
    if len(first) > 2:
        orders = [
            (first, second, third),
            (third, second, first),
            (second, third, first),
        ]
    else:
        orders = [(first, second, third), (third, second, first)]
    for order, mark in product(orders, "/-."):
        for padded, short in product((True, False), repeat=2):
            yield mark.join(styled(part, padded, short) for part in order)


def styled(part: str, padded: bool, short: bool) -> str:
    """A day, month or year with or without its first zero, or its century."""
    if len(part) == 4:
        return part[2:] if short else part
    return part.zfill(2) if padded else part.lstrip("0") or part


def grouped(digits: str, decimals: str | None, sign: str) -> Iterator[str]:
    """An amount with the usual marks, the sign before or behind it."""
    for group, point in product(("", COMMA, "."), (".", COMMA)):
        number = _IN_THREES.sub(group, digits)
        if decimals:
            number += point + decimals
        yield from (sign + number, number + sign) if sign else (number,)


def scripts(form: str) -> Iterator[str]:
    """*form* in each script's digits."""
    yield form
    for digits in (ARABIC, PERSIAN):
        eastern = form.translate(str.maketrans(WESTERN, digits))
        yield from (eastern, eastern.replace("%", "٪"))


def painted(typed: str) -> Iterator[str]:
    """*typed* as typed, and as the bidirectional algorithm (UAX #9) paints it."""
    from bidi import get_display

    yield typed
    yield str(get_display(typed, base_dir="L"))
    yield str(get_display(typed, base_dir="R"))
