"""Fields: confirmed, corrected, rejected, read again in a moved box, claimed."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from documents.models import Field
from engines import Polygon

CLAIM_MINUTES = 5


class InvalidValue(Exception):
    """What was typed is no value of the field's kind; the message says why."""


class Claimed(Exception):
    """Another reviewer is at it; the message says who and until when."""


def confirm(field: Field, *, user: AbstractBaseUser) -> Field:
    """The value is right as it stands (empty too)."""
    raise NotImplementedError


def correct(
    field: Field, value: str, *, user: AbstractBaseUser, reason: str = ""
) -> Field:
    """Set *value*, normalised by the field's kind; keep its crop as a labelled sample.

    Raises:
        InvalidValue: it is none of the kind.
    """
    raise NotImplementedError


def reject(field: Field, *, user: AbstractBaseUser, reason: str = "") -> Field:
    """The layout holds no such value here: emptied, out of the queue."""
    raise NotImplementedError


def undo(field: Field, *, user: AbstractBaseUser) -> Field:
    """Take the user's last change of *field* back."""
    raise NotImplementedError


def reread(field: Field, polygon: Polygon, *, user: AbstractBaseUser) -> Field:
    """Have a worker read *field* in a box drawn by hand; waits for the answer.

    Raises:
        errands.TooSlow, errands.Refused.
    """
    raise NotImplementedError


def claim(fields: QuerySet[Field], *, user: AbstractBaseUser) -> int:
    """Hold *fields* for CLAIM_MINUTES against other reviewers; how many were free."""
    raise NotImplementedError


def insist_on_claim(field: Field, *, user: AbstractBaseUser) -> None:
    """
    Raises:
        Claimed: someone else holds it.
    """
    raise NotImplementedError
