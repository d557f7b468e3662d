"""What clients ask a Drive in its own little languages: queries, and masks of fields.

Only what Google's guides allow and the product has use for: all else is a bad request.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.drive_files import File

Test = Callable[[File], bool]
TERMS: dict[str, Callable[[str], Test]] = {
    r"'([\w-]+)' in parents": lambda key: lambda file: key in file.parents,
    r"trashed = (false)": lambda _: lambda file: not file.is_trashed,
    r"(sharedWithMe)": lambda _: lambda file: bool(file.readers),
    r"mimeType = '([\w./+-]+)'": lambda kind: lambda file: file.kind == kind,
    r"mimeType contains '([\w./+-]+)'": lambda kind: (
        lambda file: file.kind.startswith(kind)
    ),
}


class BadRequest(Exception):
    """The parameter that is wrong."""


def understood(query: str) -> Test:
    """
    Raises:
        BadRequest: Google would not understand *query*.
    """
    tests = [any_of(part) for part in split(query, " and ")]
    return lambda file: all(test(file) for test in tests)


def any_of(part: str) -> Test:
    if part.startswith("(") and part.endswith(")"):
        tests = [term(one) for one in split(part[1:-1], " or ")]
        return lambda file: any(test(file) for test in tests)
    return term(part)


def term(text: str) -> Test:
    for pattern, made in TERMS.items():
        if match := re.fullmatch(pattern, text):
            return made(match[1])
    raise BadRequest("q")


def split(text: str, by: str) -> list[str]:
    """The parts of *text* between *by*, but for what is in brackets."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth and text.startswith(by, at):
            parts.append(text[start:at])
            start = at + len(by)
    return [*parts, text[start:]]


def parent_in(query: str) -> str:
    match = re.search(r"'([\w-]+)' in parents", query)
    return match[1] if match else ""


def masked(told: Any, mask: str) -> Any:
    """*told* with no more than the fields that *mask* names."""
    if isinstance(told, list):
        return [masked(one, mask) for one in told]
    kept = {}
    for part in commas(mask):
        name, _, within = part.partition("(")
        if not re.fullmatch(r"[A-Za-z0-9]+", name):
            raise BadRequest("fields")
        if name in told:
            deeper = within.removesuffix(")")
            kept[name] = masked(told[name], deeper) if within else told[name]
    return kept


def commas(mask: str) -> list[str]:
    return split(mask, ",")
