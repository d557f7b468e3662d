"""Which kinds of sources somebody may make here; and of the others, why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from documents.services.sources import why_not_offered
from documents.sources import KINDS, Kind


@dataclass(frozen=True)
class Offer:
    kind: Kind
    reason: str  # why it is not offered; empty where it is


def offers(user: AbstractBaseUser) -> Iterator[Offer]:
    for kind in KINDS.values():
        yield offer(kind, user)


def offer(kind: Kind, user: AbstractBaseUser) -> Offer:
    return Offer(kind, why_not_offered(kind, user))
