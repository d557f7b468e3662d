"""What a receipt says: its six values, each with its place and its doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

from engines.types import Polygon

OTHER = "other"  # the category of what fits none


@dataclass(frozen=True, slots=True)
class Finding:
    """One value: ``value`` is normalised, empty where there is none.

    ``raw`` is what was printed, on ``page`` (from 1) at ``polygon``, in pixels of the
    upright page; None where nobody knows. ``reason`` is a sentence where a person
    should look at it, else empty.
    """

    value: str = ""
    raw: str = ""
    page: int = 1
    polygon: Polygon | None = None
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptReading:
    """``date`` is ISO, ``total`` and ``tax`` are plain numbers, ``currency`` is an ISO
    code, ``category`` one of the names that were asked for, or "other"."""

    merchant: Finding = field(default_factory=Finding)
    date: Finding = field(default_factory=Finding)
    total: Finding = field(default_factory=Finding)
    currency: Finding = field(default_factory=Finding)
    tax: Finding = field(default_factory=Finding)
    category: Finding = field(default_factory=Finding)

    @property
    def is_receipt(self) -> bool:
        """Whether this is a receipt or invoice at all, and no other print."""
        known = self.date.value or self.merchant.confidence >= 0.7
        return bool(self.total.value and known)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of spending, and the words that tell of it; its name is one of them."""

    name: str
    words: tuple[str, ...] = ()
