"""Reads of documents and batches."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from documents.querysets.history import ListedDocuments
from documents.querysets.people import CHANGING_ROLES
from documents.querysets.rows import WorkspaceRowQuerySet
from documents.querysets.search import SearchedDocuments


class BatchQuerySet(WorkspaceRowQuerySet):
    def with_counts(self) -> Self:
        """Adds ``document_count``: how many are here and not in the trash."""
        alive = Q(documents__isnull=False, documents__trashed=None)
        return self.annotate(document_count=Count("documents", filter=alive))

    def with_outcomes(self) -> Self:
        """Adds how far its documents are, by the newest job of each: ``waiting``,
        ``done``, ``read``, ``without_layout``, ``failed``; how many records its
        ``table`` has, and how many of them are ``to_review``; how many ``receipts``."""
        job, record = (apps.get_model("documents", n) for n in ("Job", "Record"))
        receipt = apps.get_model("documents", "Receipt")
        newest = job.objects.filter(document=OuterRef("pk")).order_by("-created", "-pk")
        states = (
            apps.get_model("documents", "Document")
            .objects.alive()
            .filter(batch=OuterRef("pk"))
            .order_by()
            .annotate(outcome=Subquery(newest.values("state")[:1]))
        )
        records = record.objects.alive().filter(document__batch=OuterRef("pk"))
        records = records.order_by()
        waiting = Q(outcome__in=("queued", "running"))
        return self.annotate(
            total=count_of(states),
            waiting=count_of(states.filter(waiting)),
            done=count_of(states.exclude(waiting)),
            read=count_of(states.filter(outcome="succeeded")),
            without_layout=count_of(states.filter(outcome="needs_template")),
            failed=count_of(states.filter(outcome__in=("failed", "cancelled"))),
            table=count_of(records),
            to_review=count_of(records.filter(state="to_review")),
            receipts=count_of(
                receipt.objects.alive()
                .filter(document__batch=OuterRef("pk"))
                .order_by()
            ),
        )


def count_of(rows: QuerySet) -> Coalesce:
    """How many *rows* there are, as a part of a larger query."""
    counted = rows.annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


class DocumentQuerySet(ListedDocuments, SearchedDocuments):
    def alive(self) -> Self:
        """Without those in the trash."""
        return self.filter(trashed=None)

    def visible_to(self, user: AbstractBaseUser) -> Self:
        """Those of the user's workspaces, but not of the trash."""
        return self.alive().filter(workspace__memberships__user=user)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.alive().filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=CHANGING_ROLES,
        )

    def trash_of(self, user: AbstractBaseUser) -> Self:
        return self.exclude(trashed=None).filter(workspace__memberships__user=user)

    def wanting_layout(self) -> Self:
        """Those without a record; first those whose layout was looked for in vain."""
        record, job = (apps.get_model("documents", n) for n in ("Record", "Job"))
        here = OuterRef("pk")
        lost = job.objects.filter(document=here, state="needs_template")
        unread = self.exclude(Exists(record.objects.filter(document=here)))
        return unread.annotate(lost=Exists(lost)).order_by("-lost", "-created", "-pk")
