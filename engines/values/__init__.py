"""What print means: amounts, dates, integers, codes, in ASCII and normalised."""

from __future__ import annotations

from dataclasses import dataclass

from engines.roi import DateOrder, Region, Value

CHECKS: tuple[str, ...] = ()  # "iban", "eu_vat", "luhn", "ean", "ca_bn", "eg_tax"


@dataclass(frozen=True, slots=True)
class Habits:
    """How values are printed here: the template's word, else what the page shows."""

    date_order: DateOrder = ""
    decimal: str = ""
    languages: tuple[str, ...] = ("eng",)


def parse_value(raw: str, region: Region, habits: Habits) -> Value:
    """What *raw* means as *region*'s kind; its pattern, check and list are held up too.

    Never raises on print: what means nothing has no text, and a doubt that says why.
    """
    raise NotImplementedError


def normal_value(text: str, region: Region, habits: Habits) -> Value:
    """As ``parse_value``, for what a person typed; ISO dates and plain numbers pass."""
    raise NotImplementedError


def check_pattern(pattern: str) -> None:
    """
    Raises:
        TemplateError: *pattern* is no regular expression (RE2's), or too long.
    """
    raise NotImplementedError
