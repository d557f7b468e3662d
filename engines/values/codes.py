"""Codes, and the checks that some of them carry in themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from engines.errors import TemplateError
from engines.roi import Value
from engines.values.cleaning import in_ascii, without_noise
from engines.values.types import quoted

# name: what people call it, and the module of python-stdnum that holds its rules
_CHECKS = {
    "iban": ("IBAN", "stdnum.iban"),
    "eu_vat": ("EU VAT number", "stdnum.eu.vat"),
    "luhn": ("number with a Luhn check digit", "stdnum.luhn"),
    "ean": ("EAN", "stdnum.ean"),
    "ca_bn": ("Canadian business number", "stdnum.ca.bn"),
    "eg_tax": ("Egyptian tax number", "stdnum.eg.tn"),
}
CHECKS: tuple[str, ...] = tuple(_CHECKS)
_MIXED_UP = ("O0", "I1", "S5", "B8", "Z2", "G6")


def parse_code(raw: str) -> Value:
    """A code in capitals without blanks; its other marks are its own."""
    text = "".join(without_noise(in_ascii(raw)).split()).upper()
    return Value(text) if text else Value(doubt=f"{quoted(raw)} is no code.")


def checked(value: Value, check: str, *, compact: bool) -> Value:
    """*value* held up to *check*; *compact* writes it as the check's owner does.

    A code that holds once a letter is read as the digit like it, or the other way
    round, is mended, with a doubt.

    Raises:
        TemplateError: there is no such *check*.
    """
    if check not in _CHECKS:
        raise TemplateError(f"There is no check {quoted(check)}.")
    name, _ = _CHECKS[check]
    whole = validated(value.text, check)
    if whole:
        return Value(whole if compact else value.text, value.currency, value.doubt)
    near = {found for text in _near(value.text) if (found := validated(text, check))}
    if len(near) == 1:
        doubt = f"{quoted(value.text)} is no valid {name}, but with one letter changed."
        return Value(near.pop(), value.currency, doubt)
    return Value(
        value.text, value.currency, f"{quoted(value.text)} is no valid {name}."
    )


def validated(text: str, check: str) -> str:
    """*text* as its owner writes it, "" where the check fails."""
    from stdnum.exceptions import ValidationError

    bare = re.sub(r"[\s.\-/]", "", text)
    with suppress(ValidationError):
        return str(import_module(_CHECKS[check][1]).validate(bare))
    return ""


def _near(text: str) -> Iterator[str]:
    for place, char in enumerate(text):
        for pair in _MIXED_UP:
            if char in pair:
                other = pair[1 - pair.index(char)]
                yield text[:place] + other + text[place + 1 :]
