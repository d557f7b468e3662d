"""Which mark of a number parts its decimals, and which only group its digits.

Two marks tell themselves apart; a single one before three digits does not, and only the
habits of the page can say what it is. Between ، ٫ ٬ and a comma readers see little
difference, so the digits decide, and the mark alone only where they allow both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engines.values.cleaning import in_ascii
from engines.values.types import quoted

MARKS = ".,٫٬،' "
NUMBER = re.compile(rf"\d+(?:[{MARKS}]\d+)*")
_CLASSES = str.maketrans("٫٬،", ",,,")
# Not within a date, a time, a phone number or a version.
_WITH_CENTS = re.compile(
    rf"(?<![\d/:\-.,])\d+(?:[{MARKS}]\d{{3}})*([.,٫،])\d{{2}}(?![\d/:\-]|[.,]\d)"
)
_MOST_DECIMALS = 4  # of a unit price; more in an amount is a grouping mark not seen


@dataclass(frozen=True, slots=True)
class Number:
    """Digits before and after the decimal mark; ``doubt`` where that is not plain."""

    whole: str
    decimals: str = ""
    doubt: str = ""

    @property
    def text(self) -> str:
        whole = self.whole.lstrip("0") or "0"
        return f"{whole}.{self.decimals}" if self.decimals else whole


def read_number(print_: str, decimal: str = "", three: bool = False) -> Number:
    """What *print_* (which ``NUMBER`` matches in full) says.

    *decimal* is the mark that parts decimals here, empty where nobody knows. *three*
    says that three decimals are the rule (of dinars).
    """
    groups = re.split(rf"[{MARKS}]", print_)
    marks = re.findall(rf"[{MARKS}]", print_)
    if not marks:
        return Number(print_)
    kinds = [mark.translate(_CLASSES) for mark in marks]
    if kinds[-1] in " '":
        return _grouped(print_, groups, kinds)
    if len(marks) == 1:
        return _with_one_mark(print_, groups, marks[0], decimal, three)
    if kinds[-1] in kinds[:-1]:
        return _with_one_kind(print_, groups, marks, kinds, decimal)
    return _with_two_kinds(print_, groups, kinds, decimal, three)


def decimal_of(raws: Iterable[str]) -> str:
    """The mark that parts decimals on a page, as its plain amounts (1,234.50) show;
    "" where they show none or two. *raws* may be whole lines."""
    marks = {
        found[1].translate(_CLASSES)
        for raw in raws
        for found in _WITH_CENTS.finditer(in_ascii(raw))
    }
    return marks.pop() if len(marks) == 1 else ""


def _grouped(print_: str, groups: list[str], kinds: list[str]) -> Number:
    plain = len(set(kinds)) == 1 and _is_regular(groups)
    return Number("".join(groups), doubt="" if plain else _oddly(print_))


def _with_one_mark(
    print_: str, groups: list[str], mark: str, decimal: str, three: bool
) -> Number:
    head, tail = groups
    kind = mark.translate(_CLASSES)
    split, joined = Number(head, tail), Number(head + tail)
    if decimal == kind:
        return split
    # 1.50, 1234.567 and 0.125 have no grouping mark: those stand every three digits.
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        if len(tail) > _MOST_DECIMALS:
            return Number(head, tail, _oddly(print_))
        return Number(head, tail, _against(print_, mark, decimal))
    if decimal or (mark == "٬" and not three):
        return joined
    usual, other = (split, joined) if three else (joined, split)
    doubt = f"{quoted(print_)} may be {usual.text} or {other.text}."
    return Number(usual.whole, usual.decimals, doubt)


def _with_one_kind(
    print_: str, groups: list[str], marks: list[str], kinds: list[str], decimal: str
) -> Number:
    *head, tail = groups
    two_kinds = len(set(kinds)) > 1
    if len(tail) == 3 and not ("٫" in marks[-1] and "٫" not in marks[:-1]):
        plain = not two_kinds and decimal != kinds[-1] and _is_regular(groups)
        return Number("".join(groups), doubt="" if plain else _oddly(print_))
    told_apart = marks[-1] == "٫" and "٫" not in marks[:-1] and not two_kinds
    plain = told_apart and len(tail) < 3 and _is_regular(head)
    # Of ٬ and ٫ a reader may take one for the other: ١٢٬٣٤٥٫٦٧ is plain all the same.
    return Number("".join(head), tail, "" if plain else _oddly(print_))


def _with_two_kinds(
    print_: str, groups: list[str], kinds: list[str], decimal: str, three: bool
) -> Number:
    *head, tail = groups
    known = decimal == kinds[-1]
    plain = len(set(kinds[:-1])) == 1 and _is_regular(head)
    if not plain or (len(tail) > 2 and not known and not three):
        return Number("".join(head), tail, _oddly(print_))
    return Number("".join(head), tail, _against(print_, kinds[-1], decimal))


def _is_regular(groups: list[str]) -> bool:
    """Whether digits stand in threes, or as in India: 1,23,45,678."""
    first, *others = groups
    sizes = [len(group) for group in others]
    if not first.strip("0"):
        return not others
    in_threes = len(first) <= 3 and set(sizes) <= {3}
    indian = len(first) <= 2 and sizes[-1:] == [3] and set(sizes[:-1]) == {2}
    return in_threes or indian or not others


def _oddly(print_: str) -> str:
    return f"The digits of {quoted(print_)} are not parted as usual."


def _against(print_: str, mark: str, decimal: str) -> str:
    """The doubt where decimals follow another mark than the one that is used here."""
    if decimal and mark in ".," and mark != decimal:
        return f"Decimals follow “{decimal}” here, not as in {quoted(print_)}."
    return ""
