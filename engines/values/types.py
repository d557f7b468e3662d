"""How values are printed here, and words that sentences about them share."""

from __future__ import annotations

from dataclasses import dataclass

from engines.roi import DateOrder

LONGEST = 200  # characters of an amount, date, code: more is a paragraph, not a value
QUOTED = 60  # characters that a sentence quotes


@dataclass(frozen=True, slots=True)
class Habits:
    """How values are printed here: the template's word, else what the page shows."""

    date_order: DateOrder = ""
    decimal: str = ""
    languages: tuple[str, ...] = ("eng",)


def quoted(text: str) -> str:
    return f"“{text if len(text) <= QUOTED else text[:QUOTED] + '…'}”"


def more_than(what: str, more: list[str]) -> str:
    """The doubt where words stand behind a value: “5 thousand” is not 5."""
    return f"There is more than {what} here: {quoted(' '.join(more))}." if more else ""
