"""/records/<id>/ and its acts: approve, reopen, split, merge, delete"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Record
from documents.services.fields import claim, correct
from tests.made import made_document
from tests.made_roi import made_record, made_template
from tests.pages.saying import says

SURE = {"supplier": ("Corner Shop", 0.99, ""), "total": ("12.00", 0.99, "")}
DOUBTFUL = SURE | {"total": ("12.00", 0.62, "doubtful")}


def url(record: Record, act: str = "") -> str:
    return f"/records/{record.pk}/{act}"


def test_it_works(as_alice: Client, alice: User) -> None:
    record = made_record(alice, DOUBTFUL, number="A-17")
    response = as_alice.get(url(record))
    assert says(response, "head")[0].startswith(
        "Corner Shop A-17 Corner Shopscan.pngnow 1 to review Approve Approve and next"
    )
    supplier, total = says(response, "entry")
    assert supplier == (
        "supplier automatic 99 Why (if you like) Save Reject Pictures and history "
        "As printed As the reader saw it Read as Corner Shopnow"
    )
    assert total == (
        "total to review 62 Not sure The reader was not sure. Why (if you like) Save "
        "Confirm Reject Pictures and history As printed As the reader saw it "
        "Read as 12.00now"
    )


def test_it_asks_the_same_for_two_fields_and_four(
    as_alice: Client, alice: User, django_assert_num_queries
) -> None:
    few = made_record(alice, DOUBTFUL)
    fields = DOUBTFUL | {"net": ("1.00", 0.9, ""), "tax": ("1.00", 0.9, "")}
    many = made_record(made_template(alice, name="Mill"), fields)
    as_alice.get(url(few))
    with django_assert_num_queries(14):
        as_alice.get(url(few))
    with django_assert_num_queries(14):
        as_alice.get(url(many))


def test_who_changed_what_is_told(as_alice: Client, alice: User) -> None:
    record = made_record(alice, DOUBTFUL)
    correct(record.fields.get(name="total"), "13.00", user=alice, reason="a stain")
    response = as_alice.get(url(record))
    assert says(response, "changes")[1] == (
        "Read as 12.00now alice: corrected 12.00 → 13.00 a stainnow"
    )


def test_broken_rules_and_twins_are_told(as_alice: Client, alice: User) -> None:
    twin = made_record(alice, SURE)
    record = made_record(alice, SURE, twin=twin)
    rule = {"rule": "total = net", "reason": "total = net does not hold.", "values": {}}
    Record.objects.filter(pk=record.pk).update(broken=[rule])
    response = as_alice.get(url(record))
    assert says(response, "note") == [
        "Another record has the same supplier and number, or date and total. "
        "Corner Shop",
        "total = net does not hold.",
    ]
    assert f'href="/records/{twin.pk}/"' in response.content.decode()


def test_a_record_without_fields(as_alice: Client, alice: User) -> None:
    response = as_alice.get(url(made_record(alice, {})))
    assert says(response, "nothing") == ["This record has no values."]


def test_approve(as_alice: Client, alice: User) -> None:
    record = made_record(alice, SURE)
    response = as_alice.post(url(record, "approve/"), follow=True)
    assert says(response, "message") == ["Approved."]
    assert "approved now" in says(response, "#approval")[0]
    record.refresh_from_db()
    assert (record.state, record.approved_by) == ("approved", alice)


def test_what_waits_is_not_approved(as_alice: Client, alice: User) -> None:
    record = made_record(alice, DOUBTFUL)
    response = as_alice.post(url(record, "approve/"), follow=True)
    assert says(response, "message") == ["These fields still wait for someone: total."]
    record.refresh_from_db()
    assert record.state == "to_review"


def test_approve_and_next(as_alice: Client, alice: User, charlie: User) -> None:
    first, held, second = (made_record(alice, SURE) for _ in range(3))
    claim(held.fields.all(), user=charlie)
    response = as_alice.post(url(first, "approve/"), {"next": "1"})
    assert response.url == url(second)
    claim(held.fields.all(), user=charlie)
    response = as_alice.post(url(second, "approve/"), {"next": "1"}, follow=True)
    assert says(response, "message") == ["Approved. Nothing else waits."]


def test_approval_within_the_queue(as_alice: Client, alice: User) -> None:
    record = made_record(alice, SURE)
    response = as_alice.post(url(record, "approve/"), {"on": "review"})
    assert says(response, "approved") == ["approved Reopen"]
    again = as_alice.post(url(record, "reopen/"), {"on": "review"})
    assert says(again, "approve") == ["Approve and next ↵"]
    waiting = made_record(alice, DOUBTFUL)
    refused = as_alice.post(url(waiting, "approve/"), {"on": "review"})
    assert (refused.status_code, refused.content.decode()) == (
        409,
        "These fields still wait for someone: total.",
    )


def test_reopen(as_alice: Client, alice: User) -> None:
    record = made_record(alice, SURE, state=Record.State.APPROVED)
    assert as_alice.post(url(record, "reopen/")).url == url(record)
    record.refresh_from_db()
    assert record.state == "to_review"


@pytest.mark.parametrize("page", ["1", "9", "x", ""])
def test_a_split_where_there_is_no_later_page(
    as_alice: Client, alice: User, page: str
) -> None:
    record = made_record(alice, SURE, pages=(1, 2))
    response = as_alice.post(url(record, "split/"), {"page": page}, follow=True)
    assert len(says(response, "error")) >= 1
    record.refresh_from_db()
    assert record.last_page == 2


def test_split_and_merge(as_alice: Client, alice: User) -> None:
    record = made_record(alice, DOUBTFUL, pages=(1, 2))
    split = as_alice.post(url(record, "split/"), {"page": "2"}, follow=True)
    assert says(split, "message") == ["Split. The new record is being read."]
    pages = Record.objects.alive().order_by("first_page")
    first, second = pages
    assert [(r.first_page, r.last_page) for r in pages] == [(1, 1), (2, 2)]
    assert "Join to the record before it" in as_alice.get(url(second)).content.decode()
    merged = as_alice.post(url(second, "merge/"), follow=True)
    assert says(merged, "message") == ["Joined to the one before."]
    assert Record.objects.alive().get().last_page == 2
    assert Record.objects.alive().get().first_page == first.first_page


def test_nothing_stands_before_the_first(as_alice: Client, alice: User) -> None:
    record = made_record(alice, SURE)
    response = as_alice.post(url(record, "merge/"), follow=True)
    assert len(says(response, "error")) >= 1
    assert "Join to the record before it" not in response.content.decode()


def test_it_was_no_invoice(as_alice: Client, alice: User) -> None:
    document = made_document(alice)
    record = made_record(alice, SURE, document=document)
    response = as_alice.post(url(record, "delete/"))
    assert response.url == f"/documents/{document.pk}/"
    assert not Record.objects.exists()


def test_it_prints_as_one_pdf(as_alice: Client, alice: User) -> None:
    response = as_alice.get(url(made_record(alice, SURE), "print/"))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="Corner_Shop.pdf"'


ACTS = ("approve/", "reopen/", "split/", "merge/", "delete/")


def test_a_viewer_changes_nothing(as_vera: Client, alice: User) -> None:
    record = made_record(alice, SURE)
    assert "Approve" not in says(as_vera.get(url(record)), "#approval")[0]
    for act in ACTS:
        assert as_vera.post(url(record, act)).status_code == 403
    record.refresh_from_db()
    assert record.state == "to_review"


def test_a_stranger_finds_nothing(
    as_charlie: Client, client: Client, alice: User
) -> None:
    record = made_record(alice, SURE)
    assert as_charlie.get(url(record)).status_code == 404
    assert as_charlie.get(url(record, "print/")).status_code == 404
    assert client.get(url(record)).status_code == 302
    for act in ACTS:
        assert as_charlie.post(url(record, act)).status_code == 404
    record.refresh_from_db()
    assert record.state == "to_review"
