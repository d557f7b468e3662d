"""Who is at which fields: held for five minutes, so that two never collide."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.models import Field

CLAIM_MINUTES = 5


class Claimed(Exception):
    """Another reviewer is at it; the message says who and until when."""


class Overtaken(Claimed):
    """Someone else has changed it meanwhile; nothing of theirs is overwritten."""


def claim(fields: QuerySet[Field], *, user: AbstractBaseUser) -> int:
    """Hold *fields* for CLAIM_MINUTES against other reviewers; how many were free."""
    until = timezone.now() + timedelta(minutes=CLAIM_MINUTES)
    # By key: the rows may come with joins and an order, which no update takes.
    keys = list(fields.values_list("pk", flat=True))
    mine = Field.objects.filter(free_for(user), pk__in=keys)
    return mine.update(claimed_by=user, claimed_until=until)


def release(fields: QuerySet[Field], *, user: AbstractBaseUser) -> int:
    """Let others have what *user* holds of *fields*."""
    held = Field.objects.filter(pk__in=fields.values("pk"), claimed_by=user)
    return held.update(claimed_by=None, claimed_until=None)


def insist_on_claim(field: Field, *, user: AbstractBaseUser) -> None:
    """
    Raises:
        Claimed: someone else holds it.
    """
    held = Field.objects.exclude(free_for(user)).filter(pk=field.pk)
    if holder := held.select_related("claimed_by").first():
        raise Claimed(who_holds(holder))


def who_holds(field: Field) -> str:
    until = timezone.localtime(field.claimed_until)
    return _("%(name)s is at this until %(time)s.") % {
        "name": field.claimed_by,
        "time": date_format(until, "TIME_FORMAT"),
    }


def free_for(user: AbstractBaseUser) -> Q:
    """Fields that nobody else holds now."""
    nobody = Q(claimed_by=None) | Q(claimed_until__lt=timezone.now())
    return nobody | Q(claimed_by=user)
