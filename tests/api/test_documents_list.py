"""GET /api/v1/documents/"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from documents.models import Batch, Document
from tests.api.conftest import error, put

URL = "/api/v1/documents/"


def test_it_works(api, alice, document):
    api.force_authenticate(alice)
    response = api.get(URL)
    assert response.status_code == 200
    one = api.get(f"{URL}{document.pk}/").json()
    assert response.json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [one],
    }


def test_it_hides_what_is_not_yours(api, charlie, document):
    api.force_authenticate(charlie)
    assert api.get(URL).json() == {
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, workspace, picture, rows, django_assert_num_queries):
    for width in range(10, 10 + rows):
        put(workspace, picture(width))
    api.force_authenticate(alice)
    with django_assert_num_queries(4):  # count, documents, pages, tags
        assert len(api.get(URL).json()["results"]) == rows


@pytest.fixture
def three(workspace, picture) -> dict[str, Document]:
    """Documents called a, b and c, each a day younger than the one before."""
    made = {}
    for day, name in enumerate("abc", start=1):
        document = put(workspace, picture(9 + day, name=f"{name}.png"))
        time = datetime(2026, 1, day, 12, tzinfo=UTC)
        Document.objects.filter(pk=document.pk).update(created=time, updated=time)
        made[name] = document
    batch = Batch.objects.create(workspace=workspace)
    batch.documents.add(made["b"])
    Document.objects.filter(pk=made["c"].pk).update(
        external_id="42", media_type="image/jpeg"
    )
    return made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "cba"),
        ("ordering=created", "abc"),
        ("ordering=-name", "cba"),
        ("ordering=nonsense", "cba"),
        ("q=B.p", "b"),
        ("created_after=2026-01-02T00:00:00Z", "cb"),
        ("created_before=2026-01-02T00:00:00Z", "a"),
        ("updated_after=2026-01-02T12:00:00Z", "c"),
        ("media_type=image/jpeg", "c"),
        ("external_id=42", "c"),
        ("sha256={sha256}", "b"),
        ("batch={batch}", "b"),
        ("workspace={workspace}", "cba"),
        ("workspace=00000000-0000-4000-8000-000000000000", ""),
        ("page_size=2", "cb"),
        ("page_size=2&page=2", "a"),
    ],
)
def test_filters_and_order(api, alice, workspace, three, query, names):
    api.force_authenticate(alice)
    query = query.format(
        batch=Batch.objects.get().pk,
        workspace=workspace.pk,
        sha256=three["b"].sha256,
    )
    results = api.get(f"{URL}?{query}").json()["results"]
    assert "".join(one["name"].removesuffix(".png") for one in results) == names


def test_it_searches_the_text_that_was_read(api, alice, document, read_through):
    read_through(document)
    api.force_authenticate(alice)
    assert api.get(f"{URL}?q=total%2012").json()["count"] == 1
    assert api.get(f"{URL}?q=total%2013").json()["count"] == 0
    assert api.get(f"{URL}?q=%22total%2012.50%22").json()["count"] == 1
    assert api.get(f"{URL}?q=total%20-12.50").json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("batch=7", "batch"),
        ("created_after=x", "created_after"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_it_rejects_filters_that_make_no_sense(api, alice, query, attr):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]


def test_there_is_no_page_beyond_the_last(api, alice, document):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?page=2")
    assert response.status_code == 404
    assert response.json() == error("Invalid page.", "not_found")
