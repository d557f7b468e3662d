"""Fields: confirmed, corrected, rejected, read again in a moved box, claimed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Field, FieldChange, LabelledCrop
from documents.services import errands
from documents.services.claims import (
    CLAIM_MINUTES,
    Claimed,
    Overtaken,
    claim,
    free_for,
    insist_on_claim,
    release,
    who_holds,
)
from documents.services.records import settle
from documents.services.typed import InvalidValue, normal
from engines import Polygon

__all__ = [
    "CLAIM_MINUTES",
    "Claimed",
    "InvalidValue",
    "NothingToUndo",
    "Overtaken",
    "claim",
    "confirm",
    "correct",
    "insist_on_claim",
    "insist_on_seen",
    "mark_of",
    "reject",
    "release",
    "reread",
    "undo",
    "who_holds",
]
Act = FieldChange.Act
State = Field.State
STATE_AFTER = {
    Act.CONFIRMED: State.CONFIRMED,
    Act.CORRECTED: State.CORRECTED,
    Act.REJECTED: State.REJECTED,
}


class NothingToUndo(Exception):
    """The last change of the field was not the user's, or there is none."""


def confirm(field: Field, *, user: AbstractBaseUser) -> Field:
    """The value is right as it stands (empty too).

    Raises:
        Claimed: someone else holds it, or changed it since *field* was loaded.
    """
    return _change(field, user, Act.CONFIRMED, printed=field.raw or field.value)


def correct(
    field: Field, value: str, *, user: AbstractBaseUser, reason: str = ""
) -> Field:
    """Set *value*, normalised by the field's kind; keep its crop as a labelled sample.

    Raises:
        InvalidValue: it is none of the kind.
        Claimed: as for ``confirm``.
    """
    printed = value.strip()
    found = normal(field, printed)
    return _change(
        field,
        user,
        Act.CORRECTED,
        reason,
        printed=printed,
        value=found.text,
        currency=found.currency or (field.currency if printed else ""),
    )


def reject(field: Field, *, user: AbstractBaseUser, reason: str = "") -> Field:
    """The layout holds no such value here: emptied, out of the queue.

    Raises:
        Claimed: as for ``confirm``.
    """
    return _change(field, user, Act.REJECTED, reason, value="", currency="")


def undo(field: Field, *, user: AbstractBaseUser) -> Field:
    """Take the user's last change of *field* back.

    Raises:
        NothingToUndo: the change that counts is not theirs.
        Claimed: as for ``confirm``.
    """
    standing = standing_changes(field)
    if not standing or standing[-1].by_id != user.pk:
        raise NothingToUndo(_("There is no change of yours to take back."))
    last, earlier = standing[-1], standing[:-1]
    if last.act not in STATE_AFTER:
        raise NothingToUndo(_("A value that was read again stays. Type the other one."))
    value, currency = _parted(field, last.before)
    state = State.NEEDS_REVIEW if field.cause else State.AUTO
    printed = ""
    if earlier and earlier[-1].act in STATE_AFTER:
        state = STATE_AFTER[Act(earlier[-1].act)]
        printed = value if state == State.CORRECTED else field.raw or value
    return _change(
        field,
        user,
        Act.REOPENED,
        printed=printed,
        state=state,
        value=value,
        currency=currency,
    )


def standing_changes(field: Field) -> list[FieldChange]:
    """The changes of *field* that nobody took back, oldest first."""
    standing: list[FieldChange] = []
    for change in field.changes.all():
        if change.act != Act.REOPENED:
            standing.append(change)
        elif standing:
            standing.pop()
    return standing


def reread(field: Field, polygon: Polygon, *, user: AbstractBaseUser) -> Field:
    """Have a worker read *field* in a box drawn by hand; waits for the answer.

    Raises:
        errands.TooSlow, errands.Refused.
        Claimed: someone else holds it.
    """
    insist_on_claim(field, user=user)
    corners = [[x, y] for x, y in polygon]
    question = {"field": str(field.pk), "polygon": corners, "user": user.pk}
    errands.ask(field.workspace, "reread", question)
    # What a person said of the old box says nothing of the new one.
    LabelledCrop.objects.filter(field=field).delete()
    field.refresh_from_db()
    return field


def insist_on_seen(field: Field, seen: str) -> None:
    """*seen* is the ``mark_of`` what the reader was shown.

    Raises:
        Overtaken: the field says something else by now.
    """
    if seen != mark_of(field):
        raise Overtaken(overtaken(field))


def mark_of(field: Field) -> str:
    """Changes whenever the value does, or a person has decided on it."""
    decided = field.state if field.state in STATE_AFTER.values() else ""
    content = "\0".join((field.value, field.currency, decided))
    return sha256(content.encode()).hexdigest()[:16]


def overtaken(field: Field) -> str:
    last = field.changes.select_related("by").last()
    if last is None or last.by is None:
        return _("The value has changed meanwhile. Look at it again.")
    words = _("%(name)s has changed this meanwhile. Look at it again.")
    return words % {"name": last.by}


def shown(field: Field) -> str:
    """The value as the history keeps it: amounts with their currency."""
    return f"{field.value} {field.currency}".strip()


def _parted(field: Field, text: str) -> tuple[str, str]:
    """The reverse of ``shown``."""
    if field.kind != "amount":
        return text, ""
    value, _blank, currency = text.partition(" ")
    return value, currency


@transaction.atomic
def _change(
    field: Field,
    user: AbstractBaseUser,
    act: Act,
    reason: str = "",
    *,
    printed: str = "",
    **columns: Any,
) -> Field:
    """Write *columns*, unless someone else holds the field or was faster."""
    before = shown(field)
    columns.setdefault("state", STATE_AFTER.get(act))
    unchanged = Field.objects.filter(
        pk=field.pk, state=field.state, value=field.value, currency=field.currency
    )
    changed = unchanged.filter(free_for(user)).update(
        **columns, claimed_by=None, claimed_until=None, updated=timezone.now()
    )
    if not changed:
        insist_on_claim(field, user=user)
        raise Overtaken(overtaken(field))
    field.refresh_from_db()
    _write_down(field, user, act, before, reason)
    _label(field, printed)
    settle(field.record)
    field.refresh_from_db()
    return field


def _write_down(
    field: Field, user: AbstractBaseUser, act: Act, before: str, reason: str = ""
) -> None:
    FieldChange.objects.create(
        field=field, by=user, act=act, before=before, after=shown(field), reason=reason
    )


def _label(field: Field, printed: str) -> None:
    """Keep the crop with what a person says is printed on it, or forget it."""
    if not (printed and field.crop):
        LabelledCrop.objects.filter(field=field).delete()
        return
    LabelledCrop.objects.update_or_create(
        field=field,
        defaults={
            "workspace_id": field.workspace_id,
            "text": printed,
            "kind": field.kind,
        },
    )
