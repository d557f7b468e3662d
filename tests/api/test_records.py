"""GET /api/v1/records/"""

from __future__ import annotations

from decimal import Decimal

import pytest

from documents.models import Batch, Record
from documents.services.workspaces import create_workspace
from tests.made_roi import made_record, made_template

URL = "/api/v1/records/"


def when(moment) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def as_told(record: Record) -> dict[str, object]:
    return {
        "id": str(record.pk),
        "workspace": str(record.workspace_id),
        "document": str(record.document_id),
        "job": str(record.job_id),
        "template": str(record.version.template_id),
        "version": 1,
        "first_page": 1,
        "last_page": 1,
        "score": 0.9,
        "rung": "features",
        "state": record.state,
        "supplier": "Corner Shop",
        "number": "A-17",
        "date": "2021-12-27",
        "total": "12",
        "currency": "",
        "broken": [],
        "twin": None,
        "doubts": 1,
        "approved": when(record.approved),
        "approved_by": record.approved_by and record.approved_by.username,
        "exported": when(record.exported),
        "changed_since_export": False,
        "created": when(record.created),
        "updated": when(record.updated),
    }


def test_it_works(api, alice):
    first = made_record(alice)
    second = made_record(alice, state=Record.State.EXPORTED)
    api.force_authenticate(alice)
    assert api.get(URL).json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [as_told(second), as_told(first)],
    }


def test_amounts_are_exact(api, alice):
    record = made_record(alice)
    Record.objects.filter(pk=record.pk).update(total=Decimal("1234567890.1234"))
    api.force_authenticate(alice)
    (told,) = api.get(URL).json()["results"]
    assert told["total"] == "1234567890.1234"
    Record.objects.filter(pk=record.pk).update(total=None)
    (told,) = api.get(URL).json()["results"]
    assert told["total"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    for _number in range(rows):
        made_record(alice)
    api.force_authenticate(alice)
    with django_assert_num_queries(3):
        assert len(api.get(URL).json()["results"]) == rows


def test_filters(api, alice):
    shared = create_workspace(alice, "Accounts")
    template = made_template(alice, workspace=shared)
    old = made_record(alice, date="2020-01-31", number="OLD")
    new = made_record(
        template, state=Record.State.EXPORTED, number="NEW", date="2021-06-01"
    )
    batch = Batch.objects.create(workspace=shared)
    batch.documents.add(new.document)
    api.force_authenticate(alice)

    def found(query: str) -> list[str]:
        return [one["number"] for one in api.get(f"{URL}?{query}").json()["results"]]

    assert found("") == ["NEW", "OLD"]
    assert found("q=old") == ["OLD"]
    assert found("state=exported") == ["NEW"]
    assert found("state=to_review&state=approved") == ["OLD"]
    assert found(f"template={template.pk}") == ["NEW"]
    assert found(f"document={old.document_id}") == ["OLD"]
    assert found(f"batch={batch.pk}") == ["NEW"]
    assert found(f"workspace={shared.pk}") == ["NEW"]
    assert found("since=2020-02-01") == ["NEW"]
    assert found("until=2020-01-31") == ["OLD"]
    assert found("exported=yes") == ["NEW"]
    assert found("exported=no") == ["OLD"]
    assert found("changed=true") == []
    assert found(f"updated_after={when(old.updated)}") == ["NEW"]
    assert found("ordering=date") == ["OLD", "NEW"]


@pytest.mark.parametrize("query", ["state=x", "since=x", "exported=x", "template=x"])
def test_filters_that_make_no_sense(api, alice, query):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == query.partition("=")[0]


def test_it_hides_other_peoples(api, alice, charlie):
    made_record(alice)
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
