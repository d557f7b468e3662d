"""/api/v1/records/{id}/: looked at, approved, reopened, split, joined, deleted"""

from __future__ import annotations

import pytest

from documents.models import Document, Record
from tests.api.conftest import error
from tests.api.test_records import as_told
from tests.made import made_document
from tests.made_roi import made_record, made_template, made_template_job

URL = "/api/v1/records/"
SURE = {"total": ("12.00", 0.99, ""), "number": ("A-17", 0.99, "")}
ACTS = ("approve", "reopen", "split", "merge")


@pytest.fixture(autouse=True)
def by_hand_alone(settings) -> None:
    """Nothing is sampled, and nothing approves itself."""
    settings.REVIEW_SAMPLE_PERCENT, settings.AUTO_APPROVE = 0, False


@pytest.fixture
def record(alice) -> Record:
    return made_record(alice)


@pytest.fixture
def url(record) -> str:
    return f"{URL}{record.pk}/"


def test_it_works(api, alice, url, record):
    api.force_authenticate(alice)
    told = api.get(url).json()
    fields = api.get(f"/api/v1/fields/?record={record.pk}").json()["results"]
    assert len(fields) == 4
    assert told == {**as_told(record), "fields": fields}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    names = ("total", "net", "tax")[:rows]
    record = made_record(alice, dict.fromkeys(names, ("1.00", 0.9, "")))
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert len(api.get(f"{URL}{record.pk}/").json()["fields"]) == rows


def test_approved_and_reopened(api, alice):
    record = made_record(alice, SURE)
    api.force_authenticate(alice)
    response = api.post(f"{URL}{record.pk}/approve/")
    assert response.status_code == 200
    told = response.json()
    assert (told["state"], told["approved_by"]) == ("approved", "alice")
    assert told["approved"]
    assert told == api.get(f"{URL}{record.pk}/").json()
    response = api.post(f"{URL}{record.pk}/reopen/")
    assert response.status_code == 200
    told = response.json()
    assert (told["state"], told["approved_by"], told["approved"]) == (
        *("to_review", None),
        None,
    )


def test_one_with_doubts_is_not_approved(api, alice, url, record):
    api.force_authenticate(alice)
    response = api.post(f"{url}approve/")
    assert response.status_code == 409
    reason = "These fields still wait for someone: total."
    assert response.json() == error(reason, "cannot_approve")
    record.refresh_from_db()
    assert record.state == "to_review"


def test_split_and_joined(api, alice):
    template = made_template(alice, regions=("total",))
    document = made_document(alice, pages=3)
    job = made_template_job(document, template)
    record = made_record(template, {"total": ("1.00", 0.99, "")}, job=job, pages=(1, 3))
    api.force_authenticate(alice)
    response = api.post(f"{URL}{record.pk}/split/", {"page": 2})
    assert response.status_code == 201
    begun = response.json()
    assert (begun["first_page"], begun["last_page"]) == (2, 3)
    told = api.get(f"{URL}{record.pk}/").json()
    assert (told["first_page"], told["last_page"]) == (1, 1)
    response = api.post(f"{URL}{begun['id']}/merge/")
    assert response.status_code == 200
    joined = response.json()
    assert (joined["id"], joined["last_page"]) == (str(record.pk), 3)
    assert api.get(URL).json()["count"] == 1


@pytest.mark.parametrize("page", [1, 2, 0, -1, 10**30])
def test_where_it_cannot_be_split(api, alice, url, page):
    api.force_authenticate(alice)
    response = api.post(f"{url}split/", {"page": page})
    assert response.status_code == 400
    reason = "The second record begins on a later page of the first."
    assert response.json() == error(reason, "invalid", "page")


@pytest.mark.parametrize("wish", [{}, {"page": "x"}, {"page": None}])
def test_split_where(api, alice, url, wish):
    api.force_authenticate(alice)
    response = api.post(f"{url}split/", wish)
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == ["page"]


def test_one_that_has_none_before_it(api, alice, url):
    api.force_authenticate(alice)
    response = api.post(f"{url}merge/")
    assert response.status_code == 400
    (told,) = response.json()["errors"]
    reason = "There is no record before this one in the document."
    assert told["detail"] == reason


def test_what_is_no_invoice(api, alice, url, record):
    api.force_authenticate(alice)
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404
    assert Record.objects.count() == 0
    assert Document.objects.filter(pk=record.document_id).exists()


def test_the_same_wish_is_granted_once(api, alice):
    record = made_record(alice, SURE)
    api.force_authenticate(alice)
    first, again = (
        api.post(f"{URL}{record.pk}/approve/", HTTP_IDEMPOTENCY_KEY="7")
        for _time in range(2)
    )
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"


def test_viewers_look(api, vera, url):
    api.force_authenticate(vera)
    assert api.get(url).status_code == 200
    assert api.delete(url).status_code == 403
    for act in ACTS:
        assert api.post(f"{url}{act}/", {"page": 2}).status_code == 403


def test_it_hides_other_peoples(api, charlie, url):
    api.force_authenticate(charlie)
    assert api.get(url).status_code == 404
    assert api.delete(url).status_code == 404
    for act in ACTS:
        assert api.post(f"{url}{act}/", {"page": 2}).status_code == 404
    assert Record.objects.count() == 1
