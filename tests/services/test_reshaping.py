"""Records split and merged by hand."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Field, Record, RoiTemplate
from documents.services.fields import correct
from documents.services.records import approve, merge, reopen, split
from tests.made_roi import made_region, made_template
from tests.services.conftest import MakeDocument
from tests.services.extracted import laid_over, read_as, states, unlike

FIRST = {"number": "A-1", "date": "2021-12-27"}
AUTO, UNREGISTERED = ("auto", ""), ("needs_review", "unregistered")
UNLIKE = "The page looks like no print of this layout."


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    """Number and date on the first page, the total on the last of two."""
    regions = ["number", "date", made_region("total", 2, page=-1)]
    return made_template(alice, regions=regions, pages=2)


@pytest.fixture
def record(alice: User, layout: RoiTemplate, make_document: MakeDocument) -> Record:
    """One of three pages; the one in the middle is like no layout."""
    pages = [
        laid_over(layout, FIRST),
        unlike(),
        laid_over(layout, {"total": "7.00"}, place=2),
    ]
    return read_as(make_document(alice, pages=3), pages, template=layout).records.get()


def ranges() -> list[tuple[int, int]]:
    records = Record.objects.alive().order_by("first_page")
    return list(records.values_list("first_page", "last_page"))


def test_it_works(record: Record, alice: User) -> None:
    other = split(record, 2, user=alice)
    assert ranges() == [(1, 1), (2, 3)]
    assert (record.number, record.total, record.state) == (
        "A-1",
        None,
        Record.State.TO_REVIEW,
    )
    assert states(record) == {"number": AUTO, "date": AUTO, "total": UNREGISTERED}
    other.refresh_from_db()
    assert (other.number, other.total, other.rung) == ("", 7, "features")
    assert states(other) == {
        "number": UNREGISTERED,
        "date": UNREGISTERED,
        "total": AUTO,
    }
    number = other.fields.get(name="number")
    assert (number.page, number.reason) == (2, UNLIKE)


def test_what_a_person_said_goes_along(record: Record, alice: User) -> None:
    correct(record.fields.get(name="total"), "8.00", user=alice)
    total = Field.objects.get(name="total")
    other = split(record, 3, user=alice)
    total.refresh_from_db()
    assert (total.record, total.value, total.changes.count()) == (other, "8.00", 1)


@pytest.mark.parametrize("page", [0, 1, 4])
def test_a_page_that_splits_nothing(record: Record, alice: User, page: int) -> None:
    with pytest.raises(ValueError, match="begins on a later page"):
        split(record, page, user=alice)
    assert ranges() == [(1, 3)]


def test_splitting_reopens(record: Record, alice: User) -> None:
    assert record.state == Record.State.APPROVED
    Record.objects.update(exported="2026-01-01T00:00Z")
    other = split(record, 3, user=alice)
    assert (record.state, record.changed_since_export) == ("to_review", True)
    assert (other.state, other.exported) == ("to_review", None)


def test_merging_takes_it_back(record: Record, alice: User) -> None:
    other = split(record, 2, user=alice)
    whole = merge(other, user=alice)
    whole.refresh_from_db()
    assert (whole, ranges()) == (record, [(1, 3)])
    assert states(whole) == {"number": AUTO, "date": AUTO, "total": AUTO}
    assert (whole.number, whole.total) == ("A-1", 7)
    assert Field.objects.count() == 3


def test_the_first_of_a_document_has_none_before_it(
    record: Record, alice: User
) -> None:
    reopen(record, user=alice)
    with pytest.raises(ValueError, match="no record before this one"):
        merge(record, user=alice)


def test_what_is_approved_is_not_merged(record: Record, alice: User) -> None:
    Record.objects.update(state=Record.State.TO_REVIEW)
    other = split(record, 2, user=alice)
    record.fields.update(state=Field.State.CONFIRMED)
    approve(record, user=alice)
    with pytest.raises(ValueError, match="One of the two is approved"):
        merge(other, user=alice)
    assert ranges() == [(1, 1), (2, 3)]
