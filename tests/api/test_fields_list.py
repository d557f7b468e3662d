"""GET /api/v1/fields/ and /api/v1/jobs/{id}/fields/"""

from __future__ import annotations

import pytest

from documents.models import Batch, Field, Record
from documents.services.workspaces import create_workspace
from tests.made_roi import made_record, made_template

URL = "/api/v1/fields/"
READ = {"total": ("12.00", 0.62, "doubtful"), "date": ("2021-12-27", 0.99, "")}


def when(moment) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def as_told(field: Field) -> dict[str, object]:
    record = field.record
    return {
        "id": str(field.pk),
        "record": str(record.pk),
        "job": str(record.job_id),
        "page": 1,
        "name": field.name,
        "kind": field.kind,
        "raw": field.raw,
        "value": field.value,
        "currency": "",
        "confidence": field.confidence,
        "state": field.state,
        "reason": field.reason,
        "box": {"left": 20, "top": 20, "right": 220, "bottom": 50},
        "cause": field.cause,
        "shared": field.name,
        "alternatives": [],
        "polygon": [[20, 20], [220, 20], [220, 50], [20, 50]],
        "read_value": field.value,
        "template": str(record.version.template_id),
        "version": 1,
        "created": when(field.created),
        "updated": when(field.updated),
    }


def test_it_works(api, alice):
    made_record(alice, READ)
    api.force_authenticate(alice)
    total, date = Field.objects.get(name="total"), Field.objects.get(name="date")
    assert api.get(URL).json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [as_told(total), as_told(date)],
    }


def test_one_that_nobody_could_place(api, alice):
    made_record(alice, {"total": ("", 0.0, "unregistered")})
    Field.objects.update(polygon=None)
    api.force_authenticate(alice)
    (told,) = api.get(URL).json()["results"]
    assert (told["box"], told["polygon"], told["cause"]) == (None, None, "unregistered")


def test_those_of_a_job(api, alice):
    record = made_record(alice, READ)
    made_record(alice, READ)
    api.force_authenticate(alice)
    told = api.get(f"/api/v1/jobs/{record.job_id}/fields/").json()
    assert told["count"] == 2
    assert [one["name"] for one in told["results"]] == ["total", "date"]
    assert {one["record"] for one in told["results"]} == {str(record.pk)}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("of_a_job", [False, True])
def test_queries(api, alice, rows, of_a_job, django_assert_num_queries):
    names = ("total", "net", "tax")[:rows]
    record = made_record(alice, dict.fromkeys(names, ("1.00", 0.9, "")))
    api.force_authenticate(alice)
    url = f"/api/v1/jobs/{record.job_id}/fields/" if of_a_job else URL
    with django_assert_num_queries(3 if of_a_job else 2):
        assert len(api.get(url).json()["results"]) == rows


def test_filters(api, alice):
    first = made_record(alice, READ)
    shared = create_workspace(alice, "Accounts")
    template = made_template(alice, workspace=shared, regions=("number",))
    second = made_record(template, {"number": ("A-1", 0.9, "twin")})
    batch = Batch.objects.create(workspace=shared)
    batch.documents.add(second.document)
    api.force_authenticate(alice)

    def found(query: str) -> list[str]:
        return [one["name"] for one in api.get(f"{URL}?{query}").json()["results"]]

    assert found("") == ["number", "total", "date"]
    assert found("state=needs_review") == ["number", "total"]
    assert found("state=auto&state=rejected") == ["date"]
    assert found("cause=twin") == ["number"]
    assert found("kind=amount") == ["total"]
    assert found("name=total") == ["total"]
    assert found("shared=date") == ["date"]
    assert found(f"template={template.pk}") == ["number"]
    assert found(f"record={first.pk}") == ["total", "date"]
    assert found(f"document={second.document_id}") == ["number"]
    assert found(f"batch={batch.pk}") == ["number"]
    assert found(f"workspace={shared.pk}") == ["number"]
    last = Field.objects.get(name="date")
    assert found(f"updated_after={when(last.updated)}") == ["number"]
    assert found("ordering=confidence") == ["total", "number", "date"]


@pytest.mark.parametrize("query", ["state=x", "cause=x", "kind=x", "record=x"])
def test_filters_that_make_no_sense(api, alice, query):
    api.force_authenticate(alice)
    response = api.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == query.partition("=")[0]


def test_what_was_replaced_or_thrown_away_is_not_there(api, alice):
    first, second = made_record(alice, READ), made_record(alice, READ)
    Record.objects.filter(pk=first.pk).update(replaced=first.created)
    api.force_authenticate(alice)
    assert api.get(URL).json()["count"] == 2
    api.delete(f"/api/v1/documents/{second.document_id}/")
    assert api.get(URL).json()["count"] == 0


def test_it_hides_other_peoples(api, alice, charlie):
    record = made_record(alice, READ)
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    assert api.get(f"/api/v1/jobs/{record.job_id}/fields/").status_code == 404
