"""Records: made of a job's pages, checked by rules, approved, split by hand."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from documents.models import Job, Record


class CannotApprove(Exception):
    """Fields of the record still wait for someone; the message says which."""


def assemble(job: Job) -> list[Record]:
    """The records of a job that has ended: by layout matches and page order.

    A page that is a layout's first begins a record; others go with the one before.
    Called in the transaction that closes the job; idempotent. Older unapproved records
    of the same pages are replaced. Rules, twins, samples and automatic approval follow.
    """
    raise NotImplementedError


def settle(record: Record) -> None:
    """Run the rules again, look for a twin, repeat the shared columns, set the state.

    Called after every change of a field: an edit reopens approval, and flags earlier
    exports.
    """
    raise NotImplementedError


def approve(record: Record, *, user: AbstractBaseUser | None) -> None:
    """
    Raises:
        CannotApprove: fields wait, or a rule is broken that nobody confirmed.
    """
    raise NotImplementedError


def reopen(record: Record, *, user: AbstractBaseUser) -> None:
    raise NotImplementedError


def split(record: Record, page: int, *, user: AbstractBaseUser) -> Record:
    """Let a record of its own begin at *page* of the document, read anew there.

    Raises:
        ValueError: *page* is not a later page of the record.
    """
    raise NotImplementedError


def merge(record: Record, *, user: AbstractBaseUser) -> Record:
    """Join *record* to the one before it in the document, which is returned.

    Raises:
        ValueError: there is none before it, or one of the two is approved.
    """
    raise NotImplementedError


def delete_record(record: Record) -> None:
    """It was no invoice: gone, with its fields and crops."""
    raise NotImplementedError
