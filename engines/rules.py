"""Rules across fields: ``total = net + tax``, ``due >= date``, with a tolerance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engines.roi import Kind


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: which, the fields in it, and a sentence on it."""

    rule: str
    names: tuple[str, ...]
    reason: str


def check_rules(rules: Iterable[str], names: Mapping[str, Kind]) -> None:
    """
    Raises:
        TemplateError: a rule cannot be understood, or speaks of an unknown field.
    """
    raise NotImplementedError


def broken_rules(
    rules: Iterable[str], values: Mapping[str, str], kinds: Mapping[str, Kind]
) -> list[Broken]:
    """Those of *rules* that normalised *values* (by name) break, or cannot be checked
    because a value in them is missing."""
    raise NotImplementedError
