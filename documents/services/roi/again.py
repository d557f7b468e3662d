"""A new version of a layout reads the records of older ones again."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from documents.models import Document, Record, RoiTemplate
from documents.models.jobs import Lane
from documents.services.jobs import create_job


@transaction.atomic
def read_unapproved_again(
    template: RoiTemplate, *, user: AbstractBaseUser | None
) -> int:
    """Read the records of older versions with the newest, never approved ones; how
    many."""
    records = outdated(template)
    count = records.count()
    # Where the layout was found by itself it is to be looked for again: other pages
    # of the document are of other layouts.
    wanted = records.order_by().values_list("document", "job__any_template").distinct()
    for document, any_template in wanted:
        create_job(
            Document.objects.get(pk=document),
            user=user,
            template=None if any_template else template,
            any_template=any_template,
            text=False,
            lane=Lane.BULK,
        )
    return count


def outdated(template: RoiTemplate) -> QuerySet[Record]:
    """Records that older versions of *template* read and nobody has approved."""
    return (
        Record.objects.alive()
        .filter(version__template=template, state=Record.State.TO_REVIEW)
        .exclude(version__number=template.version)
    )
