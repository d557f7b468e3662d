"""What a comma-like mark is printed for, told by the digits around it.

Many typefaces draw , ٫ ٬ and ، alike, so that the network knows one of them only. In
Arabic-Indic and Persian numbers the grouping says which it was; Western ones keep it.
What a number with such marks is worth is left to ``engines.values``.
"""

from __future__ import annotations

import re

from engines.digits.alphabet import ARABIC, COMMA, OWN_PERSIAN, PERSIAN

DECIMAL, THOUSANDS, LIST = "٫", "٬", "،"
_EASTERN = ARABIC + OWN_PERSIAN
_DIGITS = rf"[0-9{_EASTERN}]"
_NUMBER = re.compile(rf"{_DIGITS}+(?:[.{COMMA}]{_DIGITS}+)*")
# Persian draws 4, 5 and 6 of its own; the others are Arabic's, at places of their own.
_IN_PERSIAN = str.maketrans(ARABIC, PERSIAN)


def printed(symbols: str) -> str:
    """*symbols* (visual order) as they were printed; as long as before.

    >>> printed("١٢,٣٤٥,٦٧")
    '١٢٬٣٤٥٫٦٧'
    """
    text = _NUMBER.sub(lambda number: with_marks(number[0]), symbols)
    if any(char in OWN_PERSIAN for char in text):
        return text.translate(_IN_PERSIAN)
    return text


def with_marks(number: str) -> str:
    """*number*, digits with points and commas between, its commas told apart."""
    if COMMA not in number or not any(char in _EASTERN for char in number):
        return number
    groups = re.split(rf"[.{COMMA}]", number)
    marks = [char for char in number if char in f".{COMMA}"]
    kinds = comma_kinds(groups, marks)
    return groups[0] + "".join(
        (kind if mark == COMMA else mark) + group
        for kind, mark, group in zip(kinds, marks, groups[1:], strict=True)
    )


def comma_kinds(groups: list[str], marks: list[str]) -> list[str]:
    """For each of *marks* between *groups* what it is, if it is a comma.

    Three digits behind it make it a mark of thousands, unless more than three or a lone
    zero stand before the first, or points have grouped the digits already: 1.234,567.
    """
    head, *tails = groups
    *before, last = marks
    in_threes = all(len(group) == 3 for group in tails[:-1])
    indian = {len(group) for group in tails[:-1]} == {2} and len(head) <= 2
    is_grouped = (in_threes or indian) and may_lead(head)
    ends_grouped = len(tails[-1]) == 3 and (not before or COMMA in before)
    if len(marks) > 1 and COMMA in before and not is_grouped:
        return [LIST] * len(marks)  # ٣،٤،٥ are three numbers
    if is_grouped and ends_grouped and last == COMMA and "." not in before:
        return [THOUSANDS] * len(marks)
    return [*[THOUSANDS] * len(before), DECIMAL]


def may_lead(group: str) -> bool:
    """Whether *group* may stand before the first mark of thousands."""
    return len(group) <= 3 and group[0] not in "0٠"
