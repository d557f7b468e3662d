"""/review/: the queue, its parts, its claims; /review/grid/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Batch, Field, Membership, Record
from documents.models.people import Role
from documents.services.fields import claim, mark_of
from documents.views import review as view
from tests.made import made_document
from tests.made_roi import made_record, made_template
from tests.pages.saying import says

URL = "/review/"
GRID = "/review/grid/"
DOUBTFUL = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("A-17", 0.4, "disagree"),
    "total": ("12.00", 0.62, "doubtful"),
}


@pytest.fixture
def mona(alice: User) -> User:
    """A second reviewer of alice's workspace, who works in it."""
    mona = User.objects.create_user("mona", "mona@example.org", "second look")
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=mona, role=Role.REVIEWER)
    mona.profile.workspace = workspace
    mona.profile.save()
    return mona


@pytest.fixture
def as_mona(mona: User) -> Client:
    client = Client()
    client.force_login(mona)
    return client


def groups(client: Client, query: str = "") -> list[str]:
    return says(client.get(f"{URL}{query}"), "group")


def test_it_works(as_alice: Client, alice: User) -> None:
    made_record(alice, DOUBTFUL)
    response = as_alice.get(URL)
    assert says(response, "#waiting") == ["2 values wait for you"]
    assert says(response, "group") == [
        "Corner Shop A-17 Corner Shop12.00scan.pngpage 1now "
        "number code Readers disagree Two readers say different things. Reject"
        "ConfirmSave total amount Not sure The reader was not sure. Reject"
        "ConfirmSave Approve and next ↵"
    ]


def test_nothing_waits(as_alice: Client, alice: User) -> None:
    made_record(alice, {"total": ("12.00", 0.99, "")})
    assert says(as_alice.get(URL), "empty") == [
        "Nothing waits. Every value that was read is sure, or somebody has looked at "
        "it. To the records"
    ]


def test_it_asks_the_same_for_one_record_and_three(
    as_alice: Client, alice: User, django_assert_num_queries
) -> None:
    made_record(alice, DOUBTFUL)
    as_alice.get(URL)
    with django_assert_num_queries(19):
        as_alice.get(URL)
    made_record(alice, DOUBTFUL)
    made_record(alice, DOUBTFUL)
    with django_assert_num_queries(19):
        assert len(groups(as_alice)) == 3


def test_who_waits_longest_comes_first(as_alice: Client, alice: User) -> None:
    for number, days in (("B", 1), ("A", 2)):
        record = made_record(alice, {"number": (number, 0.4, "disagree")})
        age = timezone.now() - timedelta(days=days)
        Record.objects.filter(pk=record.pk).update(created=age)
    assert says(as_alice.get(URL), "number") == ["A", "B"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?cause=disagree", ["A"]),
        ("?cause=missing", []),
        ("?age=day", ["A"]),
        ("?age=week", []),
        ("?template=00000000-0000-0000-0000-000000000000", []),
        ("?cause=nonsense&age=x&template=1&batch=2", ["A", "B"]),
    ],
)
def test_filters(as_alice: Client, alice: User, query: str, found: list[str]) -> None:
    old = made_record(alice, {"number": ("A", 0.4, "disagree")})
    age = timezone.now() - timedelta(days=2)
    Record.objects.filter(pk=old.pk).update(created=age)
    made_record(alice, {"number": ("B", 0.4, "doubtful")})
    assert says(as_alice.get(f"{URL}{query}"), "number") == found


def test_filters_by_layout_and_batch_say_how_many(
    as_alice: Client, alice: User
) -> None:
    workspace = alice.personal_workspace
    batch = Batch.objects.create(workspace=workspace, name="Monday")
    document = made_document(alice)
    document.batch = batch
    document.save()
    mill = made_template(alice, name="Mill")
    made_record(mill, {"number": ("A", 0.4, "disagree")}, document=document)
    made_record(alice, DOUBTFUL)
    response = as_alice.get(URL)
    shown = " ".join(says(response, "fields"))
    for words in ("Mill (1)", "Corner Shop (2)", "Monday (1)", "Readers disagree (2)"):
        assert words in shown
    for query in (f"?template={mill.pk}", f"?batch={batch.pk}"):
        narrowed = as_alice.get(f"{URL}{query}")
        assert says(narrowed, "number") == ["A"]
        assert says(narrowed, "told") == ["1 of them fits what you look for. show all"]


def test_what_fits_nothing(as_alice: Client, alice: User) -> None:
    made_record(alice, DOUBTFUL)
    Record.objects.update(created=timezone.now())
    assert says(as_alice.get(f"{URL}?age=week"), "empty") == [
        "Nothing that fits waits. Look for another reason, layout or batch. Show all"
    ]


def test_opening_takes_the_fields_for_five_minutes(
    as_alice: Client, as_mona: Client, alice: User
) -> None:
    record = made_record(alice, DOUBTFUL)
    assert len(groups(as_alice)) == 1
    held = record.fields.to_review().values_list("claimed_by__username", flat=True)
    assert list(held) == ["alice", "alice"]
    response = as_mona.get(URL)
    assert says(response, "group") == []
    assert says(response, "message")[0].startswith("alice is at 2 of these until ")
    assert says(response, "empty") == [
        "Others are at all of these. What they leave comes back here within five "
        "minutes. Look again"
    ]
    Field.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert len(groups(as_mona)) == 1


def test_two_reviewers_are_never_at_the_same_record(
    as_alice: Client, as_mona: Client, alice: User, monkeypatch
) -> None:
    monkeypatch.setattr(view, "WINDOW", 1)
    for number in ("A", "B", "C"):
        fields = DOUBTFUL | {"number": (number, 0.4, "disagree")}
        made_record(alice, fields)
    assert says(as_alice.get(URL), "number") == ["A"]
    assert says(as_mona.get(URL), "number") == ["B"]
    assert says(as_alice.get(URL), "number") == ["A"]


def test_what_comes_after(as_alice: Client, alice: User, monkeypatch) -> None:
    monkeypatch.setattr(view, "WINDOW", 1)
    records = [
        made_record(alice, DOUBTFUL | {"number": (n, 0.4, "disagree")}) for n in "AB"
    ]
    after = f"{URL}after/{records[0].pk}/"
    assert says(as_alice.get(after), "number") == ["B"]
    assert says(as_alice.get(f"{after}?cause=missing"), "group") == []
    assert says(as_alice.get(f"{URL}after/{records[1].pk}/"), "group") == []


def test_claims_are_kept_and_let_go(as_alice: Client, alice: User, mona: User) -> None:
    record = made_record(alice, DOUBTFUL)
    as_alice.get(URL)
    waiting = record.fields.to_review()
    keys = {"field": [str(field.pk) for field in waiting] + ["nonsense"]}
    Field.objects.update(claimed_until=timezone.now() + timedelta(seconds=5))
    assert as_alice.post(f"{URL}keep/", keys).status_code == 204
    left = waiting.first().claimed_until - timezone.now()
    assert left > timedelta(minutes=4)
    assert as_alice.post(f"{URL}let-go/", keys).status_code == 204
    assert claim(waiting, user=mona) == 2


def test_a_viewer_looks_and_takes_nothing(as_vera: Client, alice: User) -> None:
    record = made_record(alice, DOUBTFUL)
    response = as_vera.get(URL)
    assert len(says(response, "group")) == 1
    assert says(response, "approve") == []
    assert not record.fields.exclude(claimed_by=None).exists()
    keys = {"field": [str(field.pk) for field in record.fields.all()]}
    as_vera.post(f"{URL}keep/", keys)
    assert not record.fields.exclude(claimed_by=None).exists()


def test_a_stranger_finds_nothing(
    as_charlie: Client, client: Client, alice: User
) -> None:
    record = made_record(alice, DOUBTFUL)
    assert says(as_charlie.get(URL), "group") == []
    assert as_charlie.get(f"{URL}after/{record.pk}/").status_code == 404
    assert client.get(URL).status_code == 302
    keys = {"field": [str(field.pk) for field in record.fields.all()]}
    as_charlie.post(f"{URL}keep/", keys)
    assert not record.fields.exclude(claimed_by=None).exists()


class TestGrid:
    def test_it_works(self, as_alice: Client, alice: User) -> None:
        for total in ("13.00", "12.00"):
            made_record(alice, DOUBTFUL | {"total": (total, 0.6, "doubtful")})
        response = as_alice.get(f"{GRID}?kind=amount")
        assert says(response, "kinds") == ["amount 2code 2"]
        assert says(response, "value") == ["12.00", "13.00"]

    def test_without_a_kind_it_shows_what_there_is_most_of(
        self, as_alice: Client, alice: User
    ) -> None:
        made_record(alice, {"total": ("12.00", 0.6, "doubtful")})
        for query in ("", "?kind=nonsense"):
            assert says(as_alice.get(f"{GRID}{query}"), "value") == ["12.00"]

    def test_what_is_not_marked_is_confirmed(
        self, as_alice: Client, alice: User
    ) -> None:
        made = [
            made_record(alice, {"total": (f"{n}.00", 0.6, "doubtful")}).fields.get()
            for n in range(3)
        ]
        as_alice.get(GRID)
        form = {
            "kind": "amount",
            "shown": [f"{field.pk} {mark_of(field)}" for field in made] + ["x y"],
            "odd": [str(made[1].pk)],
        }
        response = as_alice.post(GRID, form, follow=True)
        assert says(response, "message") == ["2 values were confirmed."]
        assert says(response, "value") == ["1.00"]
        states = Field.objects.order_by("value").values_list("state", flat=True)
        assert list(states) == ["confirmed", "needs_review", "confirmed"]

    def test_what_changed_meanwhile_is_left_alone(
        self, as_alice: Client, alice: User, mona: User
    ) -> None:
        made = [
            made_record(alice, {"total": (f"{n}.00", 0.6, "doubtful")}).fields.get()
            for n in range(3)
        ]
        shown = [f"{field.pk} {mark_of(field)}" for field in made]
        Field.objects.filter(pk=made[0].pk).update(value="9.00")
        claim(Field.objects.filter(pk=made[1].pk), user=mona)
        form = {"kind": "amount", "shown": shown}
        response = as_alice.post(GRID, form, follow=True)
        assert says(response, "message") == [
            "1 value was confirmed.",
            "2 were left alone: someone else has changed them, or is at them.",
        ]
        states = Field.objects.order_by("value").values_list("value", "state")
        assert list(states) == [
            ("1.00", "needs_review"),
            ("2.00", "confirmed"),
            ("9.00", "needs_review"),
        ]

    def test_a_viewer_confirms_nothing(self, as_vera: Client, alice: User) -> None:
        field = made_record(alice, {"total": ("1.00", 0.6, "doubtful")}).fields.get()
        form = {"kind": "amount", "shown": [f"{field.pk} {mark_of(field)}"]}
        assert as_vera.post(GRID, form).status_code == 403
        field.refresh_from_db()
        assert field.state == "needs_review"

    def test_a_stranger_finds_and_confirms_nothing(
        self, as_charlie: Client, alice: User
    ) -> None:
        field = made_record(alice, {"total": ("1.00", 0.6, "doubtful")}).fields.get()
        assert says(as_charlie.get(GRID), "value") == []
        form = {"kind": "amount", "shown": [f"{field.pk} {mark_of(field)}"]}
        response = as_charlie.post(GRID, form, follow=True)
        assert says(response, "message")[0] == "0 values were confirmed."
        field.refresh_from_db()
        assert field.state == "needs_review"
