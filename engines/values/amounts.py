"""Amounts, whole numbers and rows of digits, as printed by people of many countries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from engines.roi import Value
from engines.values.cleaning import LOOKS_LIKE, in_ascii, without_noise
from engines.values.currencies import THREE_DECIMALS, split_currency
from engines.values.numbers import MARKS, NUMBER, Number, read_number
from engines.values.types import Habits, more_than, quoted

# A label that a crop catches in front of a number is no part of it; a single letter may
# well be: a digit misread.
_WORD = re.compile(r"[^\W\d_]+[.:]*")
_NO_CENTS = re.compile(r"(?:([.,])-{1,2}|/-)$")  # 12.- and 12,-- and, in India, 12/-
_TIGHT = re.compile(r"\s*([.,٫٬،'])\s*")  # readers see blanks beside points


@dataclass(frozen=True, slots=True)
class Printed:
    """A number's print, taken apart; ``more`` are words behind it."""

    body: str
    negative: bool = False
    more: list[str] = field(default_factory=list)
    decimal: str = ""  # the mark that it shows to part decimals: 1.234,-
    doubt: str = ""


def parse_amount(raw: str, habits: Habits) -> Value:
    text, currencies = split_currency(in_ascii(raw))
    printed = take_apart(text.replace("%", "¤"))
    three = bool(THREE_DECIMALS.intersection(currencies))
    number = number_of(printed, habits, three)
    if number is None:
        return Value(doubt=f"{quoted(raw)} is no amount.")
    return Value(
        text=signed(number.text, printed.negative),
        currency=currencies[0] if len(currencies) == 1 else "",
        doubt=printed.doubt
        or number.doubt
        or _two_currencies(currencies)
        or more_than("an amount", printed.more),
    )


def parse_integer(raw: str, habits: Habits) -> Value:
    printed = take_apart(in_ascii(raw))
    number = number_of(printed, habits, three=False)
    if number is None:
        return Value(doubt=f"{quoted(raw)} is no whole number.")
    number = _as_whole(number, printed.body, habits)
    if number.decimals.strip("0"):
        doubt = f"{quoted(raw)} is no whole number."
    else:
        doubt = number.doubt or more_than("a whole number", printed.more)
    text = signed(replace(number, decimals="").text, printed.negative)
    return Value(text, doubt=printed.doubt or doubt)


def _as_whole(number: Number, body: str, habits: Habits) -> Number:
    """*number* read again, where it can only be whole: “1,234” has no decimals."""
    single = re.fullmatch(r"(\d{1,3})[.,٫٬،](\d{3})", body)
    if single and not habits.decimal and single[2] != "000":
        return Number(single[1] + single[2])
    return number


def parse_digits(raw: str) -> Value:
    """A row of digits: leading zeros stay, blanks, dashes and brackets go."""
    text = without_noise(in_ascii(raw))
    words = text.split()
    while words and _is_label(words[0]):
        words.pop(0)
    row = re.sub(r"[\s()+-]", "", " ".join(words))
    if re.fullmatch(r"[0-9]+", row):
        return Value(row)
    mended = row.translate(LOOKS_LIKE)
    if re.fullmatch(r"[0-9]+", mended) and re.search(r"[0-9]", row):
        return Value(mended, doubt=letters_in(raw))
    digits = re.sub(r"[^0-9]", "", row)
    return Value(digits, doubt=f"{quoted(raw)} is more than digits, or none.")


def take_apart(text: str) -> Printed:
    """*text* (ASCII, without currency) as sign, digits with marks, and words behind."""
    # Between two numbers a currency stays, so that they are not taken for one.
    text = re.sub(r"(?<=\d)\s*¤\s*(?=\d)", "&", text).replace("¤", " ")
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text).replace("[", "(").replace("]", ")")
    words = without_noise(text).split()
    while words and _is_label(words[0]):
        words.pop(0)
    more: list[str] = []
    while words and _is_label(words[-1]):
        more.insert(0, words.pop())
    body = without_noise(" ".join(words))
    bracketed = body.startswith("(") and body.endswith(")")
    doubt = "" if bracketed or not set("()") & set(body) else _half_a_bracket(body)
    body = body.strip("() ") if bracketed or doubt else body
    no_cents = _NO_CENTS.search(body)
    body = _NO_CENTS.sub("", body)
    minus = body.startswith("-") or body.endswith("-")
    body = _TIGHT.sub(r"\1", without_noise(body.strip("-+ ")))
    decimal = no_cents[1] or "" if no_cents else ""
    return Printed(body, bracketed or minus, more, decimal, doubt)


def number_of(printed: Printed, habits: Habits, three: bool) -> Number | None:
    """The number in *printed*; None where there is none, or more than one."""
    body = printed.body
    decimal = printed.decimal or habits.decimal
    if re.match(rf"[{MARKS}]\d+$", body):
        number = read_number("0" + body, decimal or body[0], three)
        return replace(number, doubt=f"{quoted(body)} begins with its decimal mark.")
    body = body.lstrip(MARKS)
    if NUMBER.fullmatch(body):
        return read_number(body, decimal, three)
    mended = body.translate(LOOKS_LIKE)
    if re.search(r"[0-9]", body) and NUMBER.fullmatch(mended):
        number = read_number(mended, decimal, three)
        return replace(number, doubt=letters_in(body))
    return None


def signed(text: str, negative: bool) -> str:
    return f"-{text}" if negative and text.strip("0.") else text


def letters_in(print_: str) -> str:
    return f"There are letters among the digits of {quoted(print_)}."


def _is_label(word: str) -> bool:
    """Whether *word* is one, and not digits of which each was taken for a letter."""
    if not _WORD.fullmatch(word):
        return False
    letters = word.rstrip(".:")
    unlike_digits = sum(char == char.translate(LOOKS_LIKE) for char in letters)
    return len(letters) > 1 and (unlike_digits > 1 or letters != word)


def _half_a_bracket(body: str) -> str:
    return f"A bracket of {quoted(body)} is missing: it may be less than nothing."


def _two_currencies(currencies: tuple[str, ...]) -> str:
    if len(currencies) < 2:
        return ""
    return f"There is more than one currency: {', '.join(currencies)}."
