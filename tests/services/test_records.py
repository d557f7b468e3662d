"""Records: made of a job's pages, judged, approved."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Document, Field, Job, PageRead, Record, RoiTemplate
from documents.models.jobs import State
from documents.services.closing import close
from documents.services.jobs import cancel_job, create_job, retry_job
from documents.services.queue import claim, fail, store
from documents.services.records import (
    CannotApprove,
    approve,
    assemble,
    delete_record,
    purge_replaced,
    reopen,
    settle,
)
from tests.made_roi import made_region, made_template, made_version
from tests.services.conftest import MakeDocument
from tests.services.extracted import laid_over, one_record, read_as, states, unlike

AUTO, REVIEW = ("auto", ""), Field.State.NEEDS_REVIEW
SURE = {"number": "A-1", "date": "2021-12-27", "total": "12.00"}


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    return made_template(alice)


def ranges(job: Job) -> list[tuple[int, int]]:
    records = job.records.filter(replaced=None).order_by("first_page")
    return list(records.values_list("first_page", "last_page"))


def test_it_works(layout: RoiTemplate, document: Document) -> None:
    job = read_as(document, [laid_over(layout, SURE)], template=layout)
    record = job.records.get()
    assert job.state == State.SUCCEEDED
    assert (record.state, record.approved_by) == (Record.State.APPROVED, None)
    assert (record.first_page, record.last_page) == (1, 1)
    assert (record.score, record.rung, record.version) == (
        0.9,
        "features",
        layout.newest,
    )
    assert (record.number, record.date, record.currency) == ("A-1", "2021-12-27", "EUR")
    assert record.total == Decimal("12.00")
    total = record.fields.get(name="total")
    assert (total.raw, total.value, total.read_value) == ("12.00.", "12.00", "12.00")
    assert (total.shared, total.kind, total.page, total.order) == (
        "total",
        "amount",
        1,
        2,
    )
    assert states(record) == dict.fromkeys(SURE, AUTO)


def test_twenty_four_pages_hold_twenty_invoices(
    alice: User, layout: RoiTemplate, make_document: MakeDocument
) -> None:
    """Two layouts; four pages are like none and go with the page before them."""
    other = made_template(alice, name="Mill")
    pages: list[dict[str, Any]] = []
    expected = []
    for number in range(20):
        drawn = (layout, other)[number % 2]
        first = len(pages) + 1
        pages.append(laid_over(drawn, {**SURE, "number": f"A-{number}"}))
        if number % 5 == 4:
            pages.append(unlike())
        expected.append((first, len(pages)))
    job = read_as(make_document(alice, pages=24), pages)
    assert (len(pages), job.state) == (24, State.SUCCEEDED)
    assert ranges(job) == expected
    found = job.records.order_by("first_page").values_list("number", flat=True)
    assert list(found) == [f"A-{number}" for number in range(20)]


def test_leading_pages_of_no_layout_belong_to_no_record(
    alice: User, layout: RoiTemplate, make_document: MakeDocument
) -> None:
    pages = [unlike(), laid_over(layout, SURE), unlike()]
    job = read_as(make_document(alice, pages=3), pages)
    assert ranges(job) == [(2, 3)]


def test_no_layout_fits(document: Document) -> None:
    job = read_as(document, [unlike()])
    assert (job.state, job.records.count()) == (State.NEEDS_TEMPLATE, 0)


def test_a_page_that_does_not_register_is_never_silently_wrong(
    layout: RoiTemplate, document: Document
) -> None:
    job = read_as(document, [unlike()], template=layout)
    record = job.records.get()
    assert (job.state, record.state) == (State.SUCCEEDED, Record.State.TO_REVIEW)
    assert (record.score, record.rung) == (0.1, "")
    fields = record.fields.values_list("value", "confidence", "cause", "reason")
    reason = "The page looks like no print of this layout."
    assert list(fields) == [("", 0.0, "unregistered", reason)] * 3
    assert record.fields.first().polygon == [
        [pytest.approx(x), pytest.approx(y)]
        for x, y in ([6.0, 2.0], [36.0, 2.0], [36.0, 4.4], [6.0, 4.4])
    ]


def test_a_layout_of_two_pages(alice: User, make_document: MakeDocument) -> None:
    """The last page is the layout's last, with a page of items before it."""
    regions = ["number", made_region("total", 1, page=-1)]
    long = made_template(alice, regions=regions, pages=2)
    pages = [
        laid_over(long, {"number": "A-1"}),
        unlike(),
        laid_over(long, {"total": "7.00"}, place=2),
        laid_over(long, {"number": "A-2"}),
    ]
    job = read_as(make_document(alice, pages=4), pages)
    first, second = job.records.order_by("first_page")
    assert ranges(job) == [(1, 3), (4, 4)]
    assert (first.number, first.total) == ("A-1", Decimal("7.00"))
    assert first.fields.get(name="total").page == 3
    missing = second.fields.get(name="total")
    assert (missing.value, missing.cause, missing.reason) == (
        "",
        "unregistered",
        "No page of the record looks like page 2 of its layout.",
    )


def test_a_page_that_failed_shows_in_its_fields(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    job = create_job(make_document(alice, pages=2), user=alice, template=layout)
    fail(claim(), "The file has no page 1.")
    store(claim(), None, 0.0, laid_over(layout, SURE))
    close(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (
        State.SUCCEEDED,
        "Page 1: The file has no page 1.",
    )
    first = job.records.get(first_page=1)
    assert {field.reason for field in first.fields.all()} == {"The file has no page 1."}
    assert ranges(job) == [(1, 1), (2, 2)]


def test_a_job_that_was_stopped_makes_no_record(
    layout: RoiTemplate, alice: User, make_document: MakeDocument
) -> None:
    job = create_job(make_document(alice, pages=2), user=alice, template=layout)
    store(claim(), None, 0.0, laid_over(layout, SURE))
    cancel_job(job)
    assert (job.state, Record.objects.count()) == (State.CANCELLED, 0)
    retry_job(job)
    store(claim(), None, 0.0, laid_over(layout, SURE))
    close(job.pk)
    job.refresh_from_db()
    assert (job.state, ranges(job)) == (State.SUCCEEDED, [(1, 1), (2, 2)])


def test_assembling_twice_makes_nothing_new(
    layout: RoiTemplate, document: Document
) -> None:
    job = read_as(document, [laid_over(layout, SURE)], template=layout)
    before = list(Record.objects.values())
    assemble(job)
    assert list(Record.objects.values()) == before


def test_a_newer_job_replaces_what_nobody_approved(
    layout: RoiTemplate, document: Document
) -> None:
    doubtful = {**SURE, "total": ("12.00", "doubtful")}
    old = one_record(document, layout, **doubtful)
    new = one_record(document, layout, **SURE)
    old.refresh_from_db()
    assert old.replaced is not None
    assert (new.replaced, new.twin) == (None, None)
    assert list(Record.objects.alive()) == [new]


def test_what_is_approved_stays(
    layout: RoiTemplate, document: Document, alice: User
) -> None:
    old = one_record(document, layout, **SURE)
    job = read_as(
        document, [laid_over(layout, {**SURE, "total": "13.00"})], template=layout
    )
    assert (job.state, job.records.count()) == (State.SUCCEEDED, 0)
    reopen(old, user=alice)
    assert one_record(document, layout, **{**SURE, "total": "13.00"}).total == 13
    assert list(Record.objects.alive().values_list("total", flat=True)) == [13]


def test_an_older_job_that_ends_late_changes_nothing(
    layout: RoiTemplate, document: Document, alice: User
) -> None:
    late = create_job(document, user=alice, template=layout, text=False)
    read = claim()
    doubtful = {**SURE, "total": ("12.00", "doubtful")}
    new = one_record(document, layout, **doubtful)
    store(read, None, 0.0, laid_over(layout, SURE))
    close(late.pk)
    assert list(Record.objects.alive()) == [new]


def test_a_record_that_cannot_be_made_fails_the_job_alone(
    layout: RoiTemplate, document: Document
) -> None:
    odd = laid_over(layout, SURE)
    odd["version"] = 99
    job = read_as(document, [odd], template=layout)
    reason = "The fields were read, but no record could be made. Read it again."
    assert (job.state, job.error) == (State.FAILED, reason)


def test_a_record_remembers_its_version(
    layout: RoiTemplate, document: Document, alice: User
) -> None:
    page = laid_over(layout, SURE)
    made_version(layout, {**layout.newest.definition, "languages": ["fra"]}, 2)
    job = read_as(document, [page], template=layout)
    assert job.records.get().version.number == 1


def test_nothing_is_approved_by_itself_where_that_is_off(
    layout: RoiTemplate, document: Document, alice: User, settings
) -> None:
    settings.AUTO_APPROVE = False
    record = one_record(document, layout, **SURE)
    assert record.state == Record.State.TO_REVIEW
    approve(record, user=alice)
    assert (record.state, record.approved_by) == (Record.State.APPROVED, alice)


def test_what_waits_cannot_be_approved(
    layout: RoiTemplate, document: Document, alice: User
) -> None:
    record = one_record(document, layout, **{**SURE, "date": ("", "missing")})
    with pytest.raises(CannotApprove) as refusal:
        approve(record, user=alice)
    assert str(refusal.value) == "These fields still wait for someone: date."
    record.refresh_from_db()
    assert record.state == Record.State.TO_REVIEW


def test_an_edit_reopens_and_flags_the_export(
    layout: RoiTemplate, document: Document, alice: User
) -> None:
    record = one_record(document, layout, **SURE)
    now = timezone.now()
    Record.objects.update(state=Record.State.EXPORTED, exported=now)
    record.fields.filter(name="total").update(value="13.00", state="corrected")
    settle(record)
    assert (record.state, record.approved, record.exported) == (
        Record.State.TO_REVIEW,
        None,
        now,
    )
    assert (record.total, record.changed_since_export) == (13, True)
    approve(record, user=alice)
    assert record.approved_by == alice


def test_a_deleted_record_leaves_no_field(
    layout: RoiTemplate, document: Document
) -> None:
    delete_record(one_record(document, layout, **SURE))
    assert (Record.objects.count(), Field.objects.count()) == (0, 0)


def test_what_was_replaced_long_ago_is_purged(
    layout: RoiTemplate, document: Document, settings
) -> None:
    record = one_record(document, layout, **SURE)
    Record.objects.update(replaced=timezone.now() - timedelta(days=29))
    assert purge_replaced() == 0
    Record.objects.update(replaced=timezone.now() - timedelta(days=31))
    assert purge_replaced() == 1
    assert not Record.objects.filter(pk=record.pk).exists()
    assert PageRead.objects.count() == 1
