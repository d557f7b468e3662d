"""What must be looked at: broken rules, twins, samples; what a person settles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from documents.models import Document, Field, Record, RoiTemplate
from documents.services.documents import trash_documents
from documents.services.fields import confirm, correct, undo
from documents.services.judging import decimal, is_sampled
from documents.services.records import approve, delete_record
from documents.services.shared_fields import set_shared_fields
from tests.made_roi import made_region, made_template
from tests.services.conftest import MakeDocument
from tests.services.extracted import one_record, states

AUTO = ("auto", "")
RULE = ("needs_review", "rule")
TWIN = ("needs_review", "twin")
SUMS = {"net": "10.00", "tax": "2.00", "total": "12.00"}
OFF = {**SUMS, "total": "13.00"}
SURE = {"number": "A-1", "date": "2021-12-27", "total": "12.00"}


@pytest.fixture
def sums(alice: User) -> RoiTemplate:
    return made_template(
        alice, regions=("net", "tax", "total"), rules=["total = net + tax"]
    )


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    return made_template(alice)


def fixed(record: Record, name: str) -> Field:
    return record.fields.get(name=name)


def test_a_rule_that_holds(sums: RoiTemplate, document: Document) -> None:
    record = one_record(document, sums, **SUMS)
    assert (record.state, record.broken) == (Record.State.APPROVED, [])


def test_a_total_off_by_one_is_reviewed_however_sure(
    sums: RoiTemplate, document: Document
) -> None:
    record = one_record(document, sums, **OFF)
    assert states(record) == dict.fromkeys(SUMS, RULE)
    assert set(record.fields.values_list("confidence", flat=True)) == {1.0}
    assert [(one["rule"], one["values"]) for one in record.broken] == [
        ("total = net + tax", OFF)
    ]
    reasons = set(record.fields.values_list("reason", flat=True))
    assert reasons == {record.broken[0]["reason"]}


def test_an_edit_that_mends_a_rule_lets_the_others_go(
    sums: RoiTemplate, document: Document, alice: User
) -> None:
    record = one_record(document, sums, **OFF)
    correct(fixed(record, "total"), "12.00", user=alice)
    assert states(record) == {
        "net": AUTO,
        "tax": AUTO,
        "total": ("corrected", "rule"),
    }
    record.refresh_from_db()
    assert (record.state, record.broken) == (Record.State.TO_REVIEW, [])
    approve(record, user=alice)


def test_confirming_settles_a_broken_rule(
    sums: RoiTemplate, document: Document, alice: User
) -> None:
    record = one_record(document, sums, **OFF)
    for name in SUMS:
        assert fixed(record, name).state == "needs_review"
        confirm(fixed(record, name), user=alice)
    assert {state for state, _cause in states(record).values()} == {"confirmed"}
    record.refresh_from_db()
    assert len(record.broken) == 1
    approve(record, user=alice)
    assert record.state == Record.State.APPROVED


def test_a_person_who_breaks_a_rule_is_asked_once_more(
    sums: RoiTemplate, document: Document, alice: User
) -> None:
    """All others were confirmed: nobody else would ever see that it is broken."""
    record = one_record(document, sums, **OFF)
    for name in SUMS:
        confirm(fixed(record, name), user=alice)
    correct(fixed(record, "total"), "14.00", user=alice)
    assert states(record)["total"] == RULE
    assert states(record)["net"] == ("confirmed", "rule")
    confirm(fixed(record, "total"), user=alice)
    assert states(record)["total"] == ("confirmed", "rule")
    correct(fixed(record, "tax"), "4.00", user=alice)
    assert states(record)["tax"] == ("corrected", "rule")


def test_undoing_an_edit_breaks_the_rule_again(
    sums: RoiTemplate, document: Document, alice: User
) -> None:
    record = one_record(document, sums, **OFF)
    correct(fixed(record, "total"), "12.00", user=alice)
    undo(fixed(record, "total"), user=alice)
    assert states(record) == dict.fromkeys(SUMS, RULE)


def test_an_engines_own_doubt_goes_before_a_rule(
    sums: RoiTemplate, document: Document
) -> None:
    record = one_record(document, sums, **{**OFF, "tax": ("2.00", "doubtful")})
    assert states(record)["tax"] == ("needs_review", "doubtful")


def test_rules_speak_of_shared_fields(alice: User, document: Document) -> None:
    regions = [
        made_region("amount due", 0, kind="amount", field="total"),
        made_region("net", 1),
    ]
    drawn = made_template(alice, regions=regions, rules=["total = net"])
    record = one_record(document, drawn, **{"amount due": "2.00", "net": "1.00"})
    assert states(record) == {"amount due": RULE, "net": RULE}
    assert record.total == Decimal("2.00")


def test_the_newer_of_two_twins_is_reviewed(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    old = one_record(make_document(alice), layout, **SURE)
    new = one_record(
        make_document(alice), layout, **{**SURE, "date": "2022-01-01", "total": "9"}
    )
    old.refresh_from_db()
    assert (old.twin, new.twin) == (None, old)
    assert states(new) == {"number": TWIN, "date": AUTO, "total": AUTO}
    reason = "It looks like the same invoice as scan.tiff A-1."
    assert fixed(new, "number").reason == reason


def test_the_same_date_and_total_make_a_twin(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    old = one_record(make_document(alice), layout, **SURE)
    new = one_record(make_document(alice), layout, **{**SURE, "number": "B-7"})
    other = one_record(
        make_document(alice),
        layout,
        **{**SURE, "number": "B-8", "date": "2021-12-28"},
    )
    assert (new.twin, other.twin) == (old, None)


def test_numbers_of_other_suppliers_are_no_twins(
    layout: RoiTemplate, alice: User, charlie: User, make_document: MakeDocument
) -> None:
    one_record(make_document(alice), layout, **SURE)
    elsewhere = one_record(make_document(charlie), made_template(charlie), **SURE)
    another = made_template(alice, name="Mill")
    beside = one_record(make_document(alice), another, **SURE)
    assert (elsewhere.twin, beside.twin) == (None, None)


def test_a_new_number_lets_both_go(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    """The older one was misread; corrected, it is nobody's twin."""
    old = one_record(make_document(alice), layout, **SURE)
    new = one_record(
        make_document(alice), layout, **{**SURE, "date": "2022-01-01", "total": "9"}
    )
    correct(fixed(old, "number"), "A-7", user=alice)
    new.refresh_from_db()
    assert (new.twin, new.state) == (None, Record.State.APPROVED)
    assert states(new) == dict.fromkeys(SURE, AUTO)


def test_a_twin_that_is_deleted_is_none(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    old = one_record(make_document(alice), layout, **SURE)
    new = one_record(make_document(alice), layout, **SURE)
    delete_record(old)
    new.refresh_from_db()
    assert (new.twin, states(new)["number"]) == (None, AUTO)


def test_a_twin_in_the_trash_is_none(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    old = one_record(make_document(alice), layout, **SURE)
    new = one_record(make_document(alice), layout, **SURE)
    trash_documents(Document.objects.alive().filter(pk=old.document_id))
    new.refresh_from_db()
    assert (new.twin, states(new)["number"]) == (None, AUTO)


def test_who_makes_a_twin_by_hand_is_asked_once_more(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    old = one_record(make_document(alice), layout, **SURE)
    values = {"number": "B-7", "date": "2022-01-01", "total": "9"}
    new = one_record(make_document(alice), layout, **values)
    correct(fixed(new, "number"), "A-1", user=alice)
    new.refresh_from_db()
    assert (new.twin, states(new)["number"]) == (old, TWIN)
    confirm(fixed(new, "number"), user=alice)
    assert states(new)["number"] == ("confirmed", "twin")


def test_a_share_of_sure_fields_is_looked_at(
    layout: RoiTemplate, document: Document, settings
) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 100
    record = one_record(document, layout, **SURE)
    assert states(record) == dict.fromkeys(SURE, ("needs_review", "sampled"))
    assert record.state == Record.State.TO_REVIEW


def test_two_of_a_hundred_are_sampled(settings) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 2
    fields = [Field() for _ in range(20_000)]
    share = sum(map(is_sampled, fields)) / len(fields)
    # Six standard deviations of a fair draw of so many.
    assert share == pytest.approx(0.02, abs=6 * (0.02 * 0.98 / 20_000) ** 0.5)
    assert [is_sampled(field) for field in fields[:99]] == [
        is_sampled(field) for field in fields[:99]
    ]


def test_constants_fill_what_no_region_does(
    alice: User, document: Document, settings
) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 100
    drawn = made_template(alice, constants={"supplier": "Mill Ltd", "number": "no"})
    fields = [{"name": name} for name in ("supplier", "number", "date", "total")]
    currency = {"name": "currency", "constant": "CHF"}
    set_shared_fields(drawn.workspace, [*fields, currency])
    record = one_record(document, drawn, **SURE)
    assert (record.supplier, record.number, record.currency) == (
        "Mill Ltd",
        "A-1",
        "CHF",
    )
    constant = fixed(record, "supplier")
    assert (constant.value, constant.confidence, constant.state, constant.shared) == (
        "Mill Ltd",
        1.0,
        "auto",
        "supplier",
    )


@pytest.mark.parametrize("value", ["", "12,00", "NaN", "Infinity", "1e99", "-1e16"])
def test_a_total_that_is_no_number(value: str) -> None:
    assert decimal(value) is None


def test_a_total_keeps_four_decimals() -> None:
    assert decimal("-1.23456") == Decimal("-1.2346")
