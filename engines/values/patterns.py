"""Patterns and lists that a value must fit: people's own, so they may be anything."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engines.errors import TemplateError
from engines.values.cleaning import in_ascii
from engines.values.types import quoted

if TYPE_CHECKING:
    from re2 import _Regexp as Pattern

LONGEST_PATTERN = 500  # characters
_CLOSE = 60  # per cent of letters alike: a code with one of three letters misread is 67


def check_pattern(pattern: str) -> None:
    """
    Raises:
        TemplateError: *pattern* is no regular expression (RE2's), or too long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise TemplateError(
            f"A pattern has {LONGEST_PATTERN} characters at most. Shorten it."
        )
    _compiled(pattern)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Pattern:
    """*pattern* for RE2, whose time grows with the text: (a+)+$ cannot hang it."""
    import re2

    options = re2.Options()
    options.log_errors = False  # it is told, not written to the server's stderr
    try:
        return re2.compile(pattern, options)
    except UnicodeError:  # half a character: it cannot even be quoted
        raise TemplateError("The pattern is no text.") from None
    except re2.error as error:
        said = error.args[0]
        reason = said.decode(errors="replace") if isinstance(said, bytes) else said
        raise TemplateError(
            f"The pattern {quoted(pattern)} cannot be understood: {reason}."
        ) from None


def fits(pattern: str, *texts: str) -> bool:
    """Whether *pattern* matches one of *texts* from end to end.

    Raises:
        TemplateError: as ``check_pattern``.
    """
    check_pattern(pattern)
    return any(_compiled(pattern).fullmatch(text) for text in texts)


@lru_cache(maxsize=64)  # a list of ten thousand codes is folded once, not per field
def _spellings(choices: frozenset[str]) -> dict[str, str]:
    return {_key(choice): choice for choice in sorted(choices, reverse=True)}


def _key(text: str) -> str:
    return "".join(in_ascii(text).casefold().split())


def chosen(text: str, choices: frozenset[str]) -> str | None:
    """*text* as *choices* spell it, whatever its case and blanks; None: it is none."""
    return _spellings(choices).get(_key(text))


def nearest(text: str, choices: frozenset[str]) -> str | None:
    """The one of *choices* that is most like *text*, if any is."""
    from rapidfuzz import fuzz, process

    spellings = _spellings(choices)
    found = process.extractOne(
        _key(text), list(spellings), scorer=fuzz.ratio, score_cutoff=_CLOSE
    )
    return spellings[found[0]] if found else None
