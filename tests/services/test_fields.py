"""Fields: confirmed, corrected, rejected, taken back, held against others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import (
    CodeList,
    Errand,
    Field,
    LabelledCrop,
    Membership,
    Record,
)
from documents.models.people import Role
from documents.services import fields
from tests.answering import Answering
from tests.made_roi import made_record, made_region, made_template

TOTAL = {"total": ("12.00", 0.62, "doubtful")}


@pytest.fixture
def record(alice: User) -> Record:
    return made_record(alice)


@pytest.fixture
def total(record: Record) -> Field:
    return record.fields.get(name="total")


@pytest.fixture
def mona(alice: User) -> User:
    """A second reviewer of alice's workspace."""
    mona = User.objects.create_user("mona", "mona@example.org", "second look")
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=mona, role=Role.REVIEWER)
    return mona


def history(field: Field) -> list[tuple[str, str, str, str, str]]:
    return [
        (str(change.by), change.act, change.before, change.after, change.reason)
        for change in field.changes.all()
    ]


def label(field: Field) -> list[tuple[str, str]]:
    return list(LabelledCrop.objects.filter(field=field).values_list("text", "kind"))


def test_it_works(alice: User, total: Field) -> None:
    after = fields.confirm(total, user=alice)
    assert (after.state, after.value, after.read_value) == (
        "confirmed",
        "12.00",
        "12.00",
    )
    assert history(total) == [("alice", "confirmed", "12.00", "12.00", "")]
    assert label(total) == [("12.00", "amount")]


def test_a_correction_is_normalised(alice: User, total: Field) -> None:
    after = fields.correct(total, " 1,250.00 EUR ", user=alice, reason="smudged")
    assert (after.state, after.value, after.currency, after.read_value) == (
        "corrected",
        "1250.00",
        "EUR",
        "12.00",
    )
    assert history(total) == [("alice", "corrected", "12.00", "1250.00 EUR", "smudged")]
    assert label(total) == [("1,250.00 EUR", "amount")]


def test_a_correction_keeps_the_currency_that_was_read(
    alice: User, total: Field
) -> None:
    Field.objects.update(currency="AED")
    total.refresh_from_db()
    assert fields.correct(total, "13.00", user=alice).currency == "AED"
    assert fields.correct(total, "", user=alice).currency == ""


def test_what_is_none_of_the_kind_is_refused(alice: User, total: Field) -> None:
    with pytest.raises(fields.InvalidValue) as refused:
        fields.correct(total, "twelve", user=alice)
    assert str(refused.value).endswith(".")
    total.refresh_from_db()
    assert (total.state, total.value) == ("needs_review", "12.00")
    assert (history(total), label(total)) == ([], [])


def test_a_value_may_be_empty(alice: User, total: Field) -> None:
    after = fields.correct(total, "  ", user=alice)
    assert (after.state, after.value) == ("corrected", "")
    assert label(total) == []


def test_reject(alice: User, total: Field) -> None:
    after = fields.reject(total, user=alice, reason="no invoice has it")
    assert (after.state, after.value, after.read_value) == ("rejected", "", "12.00")
    assert history(total) == [("alice", "rejected", "12.00", "", "no invoice has it")]
    assert label(total) == []


def test_a_list_holds_for_what_is_typed(alice: User) -> None:
    codes = CodeList.objects.create(
        workspace=alice.personal_workspace, name="numbers", values="A-17\nA-18"
    )
    region = made_region("number", list=str(codes.pk)) | {"kind": "code"}
    template = made_template(alice, regions=(region,))
    record = made_record(template, {"number": ("A-77", 0.4, "invalid")})
    number = record.fields.get()
    with pytest.raises(fields.InvalidValue):
        fields.correct(number, "A-19", user=alice)
    assert fields.correct(number, "A-18", user=alice).value == "A-18"
    codes.delete()
    assert fields.correct(number, "A-20", user=alice).value == "A-20"


def test_undo_takes_one_change_after_the_other_back(alice: User, total: Field) -> None:
    fields.confirm(total, user=alice)
    total.refresh_from_db()
    fields.correct(total, "13.00 EUR", user=alice)
    total.refresh_from_db()
    fields.correct(total, "14.00", user=alice)
    total.refresh_from_db()
    steps = []
    for _ in range(3):
        after = fields.undo(total, user=alice)
        steps.append((after.state, after.value, after.currency, label(total)))
    assert steps == [
        ("corrected", "13.00", "EUR", [("13.00", "amount")]),
        ("confirmed", "12.00", "", [("12.00", "amount")]),
        ("needs_review", "12.00", "", []),
    ]
    with pytest.raises(fields.NothingToUndo):
        fields.undo(total, user=alice)
    assert [act for _by, act, *_rest in history(total)] == [
        *("confirmed", "corrected", "corrected"),
        *("reopened", "reopened", "reopened"),
    ]


def test_an_automatic_value_is_automatic_again(alice: User, record: Record) -> None:
    number = record.fields.get(name="number")
    fields.correct(number, "A-18", user=alice)
    number.refresh_from_db()
    after = fields.undo(number, user=alice)
    assert (after.state, after.value) == ("auto", "A-17")


def test_nobody_takes_the_change_of_another_back(
    alice: User, mona: User, total: Field
) -> None:
    fields.confirm(total, user=alice)
    total.refresh_from_db()
    with pytest.raises(fields.NothingToUndo):
        fields.undo(total, user=mona)
    total.refresh_from_db()
    assert total.state == "confirmed"


def test_two_at_once_never_overwrite(alice: User, mona: User, total: Field) -> None:
    hers = Field.objects.get(pk=total.pk)
    fields.correct(total, "13.00", user=alice)
    with pytest.raises(fields.Overtaken) as refused:
        fields.confirm(hers, user=mona)
    assert str(refused.value) == ("alice has changed this meanwhile. Look at it again.")
    with pytest.raises(fields.Overtaken):
        fields.reject(hers, user=mona)
    total.refresh_from_db()
    assert (total.state, total.value) == ("corrected", "13.00")
    assert len(history(total)) == 1


def test_what_was_seen_is_held_up(alice: User, total: Field) -> None:
    seen = fields.mark_of(total)
    fields.insist_on_seen(total, seen)
    fields.confirm(total, user=alice)
    total.refresh_from_db()
    with pytest.raises(fields.Overtaken):
        fields.insist_on_seen(total, seen)


def test_a_claim_keeps_others_away_for_five_minutes(
    alice: User, mona: User, record: Record, total: Field
) -> None:
    assert fields.claim(record.fields.all(), user=alice) == 4
    assert fields.claim(record.fields.all(), user=mona) == 0
    for act in (fields.confirm, fields.reject):
        with pytest.raises(fields.Claimed) as refused:
            act(total, user=mona)
    assert str(refused.value).startswith("alice is at this until ")
    Field.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert fields.claim(record.fields.all(), user=mona) == 4
    with pytest.raises(fields.Claimed):
        fields.insist_on_claim(total, user=alice)
    assert fields.confirm(total, user=mona).state == "confirmed"


def test_a_claim_is_renewed_and_let_go(alice: User, mona: User, record: Record) -> None:
    fields.claim(record.fields.all(), user=alice)
    Field.objects.update(claimed_until=timezone.now() + timedelta(seconds=5))
    assert fields.claim(record.fields.all(), user=alice) == 4
    left = record.fields.first().claimed_until - timezone.now()
    assert left > timedelta(minutes=4)
    assert fields.release(record.fields.all(), user=mona) == 0
    assert fields.release(record.fields.all(), user=alice) == 4
    assert fields.claim(record.fields.all(), user=mona) == 4


def test_a_decision_lets_the_field_go(alice: User, mona: User, total: Field) -> None:
    fields.claim(Field.objects.all(), user=alice)
    after = fields.confirm(Field.objects.get(pk=total.pk), user=alice)
    assert (after.claimed_by, after.claimed_until) == (None, None)


BOX = ((20.0, 20.0), (240.0, 20.0), (240.0, 60.0), (20.0, 60.0))


@pytest.mark.django_db(transaction=True)
def test_a_field_is_read_again_in_a_moved_box(alice: User, total: Field) -> None:
    fields.confirm(total, user=alice)
    total.refresh_from_db()
    with Answering():
        after = fields.reread(total, BOX, user=alice)
    assert (after.value, after.polygon) == ("99.00", [list(corner) for corner in BOX])
    assert history(total)[-1] == ("alice", "read", "12.00", "99.00", "")
    assert label(total) == []  # it was of the other box
    with pytest.raises(fields.NothingToUndo):
        fields.undo(after, user=alice)


def test_what_another_holds_is_not_read_again(
    alice: User, mona: User, total: Field
) -> None:
    fields.claim(Field.objects.all(), user=mona)
    with pytest.raises(fields.Claimed):
        fields.reread(total, BOX, user=alice)
    assert not Errand.objects.exists()
