"""Reads of receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, F, Q, QuerySet, Sum

from documents.querysets.people import CHANGING_ROLES


def _with_words(receipts: QuerySet, words: str) -> QuerySet:
    return receipts.filter(
        Q(merchant__icontains=words) | Q(document__name__icontains=words)
    )


FILTERS: dict[str, Callable[[QuerySet, Any], QuerySet]] = {
    "q": _with_words,
    "category": lambda receipts, name: receipts.filter(category=name),
    "currency": lambda receipts, code: receipts.filter(currency=code),
    "batch": lambda receipts, key: receipts.filter(document__batch=key),
    "document": lambda receipts, key: receipts.filter(document=key),
    "since": lambda receipts, day: receipts.filter(date__gte=day),
    "until": lambda receipts, day: receipts.filter(date__lte=day),
}


class ReceiptQuerySet(QuerySet):
    def alive(self) -> Self:
        """Not of documents in the trash."""
        return self.filter(document__trashed=None)

    def visible_to(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.values("workspace")
        return self.alive().filter(workspace__in=mine)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.filter(role__in=CHANGING_ROLES)
        return self.alive().filter(workspace__in=mine.values("workspace"))

    def matching(self, wishes: dict[str, Any]) -> Self:
        """Those that fit *wishes*: q, category, currency, batch, document, since and
        until (dates of receipts, which leave out those without one)."""
        found = self
        for name, value in wishes.items():
            found = FILTERS[name](found, value)
        return found

    def in_order(self) -> Self:
        """By category, then by date; those without a date come last."""
        return self.order_by("category", F("date").asc(nulls_last=True), "pk")

    def sums(self) -> list[dict[str, Any]]:
        """For each category and currency: how many, and the sums of total and tax."""
        by_kind = self.order_by("category", "currency").values("category", "currency")
        return list(
            by_kind.annotate(receipts=Count("pk"), total=Sum("total"), tax=Sum("tax"))
        )
