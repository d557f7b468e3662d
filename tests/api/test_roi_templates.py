"""GET and POST /api/v1/roi-templates/"""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import RoiTemplate
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made import made_document
from tests.made_roi import made_region, made_template

URL = "/api/v1/roi-templates/"
BOX = {"left": 0.1, "top": 0.2, "right": 0.5, "bottom": 0.3}
REGION = {"name": "total", "kind": "amount", "box": BOX}


def when(moment) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def test_it_works(api, alice, workspace, settings):
    settings.DEFAULT_LANGUAGES = ["eng"]
    document = made_document(alice, pages=2)
    api.force_authenticate(alice)
    wish = {"name": "Shop", "document": document.pk, "page": 2, "regions": [REGION]}
    response = api.post(URL, wish)
    assert response.status_code == 201
    template = RoiTemplate.objects.get()
    assert response["Location"] == f"{URL}{template.pk}/"
    shown = {
        "id": str(template.pk),
        "workspace": str(workspace.pk),
        "name": "Shop",
        "version": 1,
        "document": str(document.pk),
        "page": 2,
        "prepared": False,
        "created": when(template.created),
        "updated": when(template.updated),
        "languages": ["eng"],
        "date_order": "",
        "decimal": "",
        "rules": [],
        "constants": {},
        "regions": [made_region("total", box=BOX)],
    }
    assert response.json() == shown
    assert template.created_by == alice
    assert template.pages.count() == 1
    assert api.get(URL).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [shown],
    }
    assert api.get(response["Location"]).json() == shown


def test_all_wishes_are_kept(api, alice):
    document = made_document(alice, pages=3)
    api.force_authenticate(alice)
    wish = {
        "languages": ["deu"],
        "date_order": "dmy",
        "decimal": ",",
        "constants": {"supplier": "ACME"},
        "regions": [
            made_region(
                "Summe",
                box=BOX,
                page=2,
                anchor={"text": "Summe", "box": BOX},
                engine="tesseract",
                languages=["eng"],
                required=True,
                field="total",
            )
        ],
    }
    place = {"name": "Laden", "document": document.pk, "page": 2, "last_page": 3}
    response = api.post(URL, {**place, **wish})
    assert response.status_code == 201
    assert {key: response.json()[key] for key in wish} == wish
    assert RoiTemplate.objects.get().pages.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, rows, django_assert_num_queries):
    for number in range(rows):
        made_template(alice, name=f"Shop {number}")
    api.force_authenticate(alice)
    with django_assert_num_queries(5):
        assert len(api.get(URL).json()["results"]) == rows


def test_filters(api, alice):
    document = made_document(alice)
    first = made_template(alice, document, name="Corner Shop")
    second = made_template(alice, name="Mill")
    shared = create_workspace(alice, "Accounts")
    third = made_template(alice, name="Cornerstone", workspace=shared)
    api.force_authenticate(alice)

    def found(query: str) -> list[str]:
        return [one["id"] for one in api.get(f"{URL}?{query}").json()["results"]]

    assert found("q=corner") == [str(first.pk), str(third.pk)]
    assert found(f"workspace={shared.pk}") == [str(third.pk)]
    assert found(f"document={document.pk}") == [str(first.pk)]
    assert found(f"updated_after={when(second.updated)}") == [str(third.pk)]
    assert found("ordering=-name") == [str(one.pk) for one in (second, third, first)]


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "\0"}, "name"),
        ({"name": []}, "name"),
        ({"document": "7"}, "document"),
        ({"document": None}, "document"),
        ({"page": "x"}, "page"),
        ({"page": 10**30}, None),
        ({"regions": None}, "regions"),
        ({"regions": [[]]}, "regions.0.non_field_errors"),
        ({"regions": [{**REGION, "kind": "money"}]}, "regions.0.kind"),
        ({"regions": [{"name": "total"}]}, "regions.0.box"),
        ({"regions": [{**REGION, "box": {**BOX, "left": "x"}}]}, "regions.0.box.left"),
        ({"regions": [{**REGION, "colour": "red"}]}, "regions.0.colour"),
        ({"regions": [{**REGION, "box": {**BOX, "x": 1}}]}, "regions.0.box.x"),
        ({"languages": "eng"}, "languages"),
        ({"date_order": "dym"}, "date_order"),
        ({"constants": []}, "constants"),
        ({"colour": "red"}, "colour"),
        ({"id": "7"}, "id"),
        ({"version": 3}, "version"),
        ({"prepared": True}, "prepared"),
    ],
)
def test_it_rejects_what_has_no_such_form(api, alice, document, wish, attr):
    api.force_authenticate(alice)
    known = {"name": "Shop", "document": document.pk, "regions": [REGION]}
    response = api.post(URL, {**known, **wish})
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert RoiTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (
            {"regions": [{**REGION, "box": {**BOX, "right": 1.5}}]},
            "“total” lies outside the page.",
        ),
        (
            {"regions": [{**REGION, "box": {**BOX, "bottom": 0.2}}]},
            "“total” is too small to hold any print.",
        ),
        (
            {"regions": [{**REGION, "box": {**BOX, "left": "0.1"}}]},
            "“total”: left must be a number.",
        ),
        (
            {"regions": [{**REGION, "name": f"{n}"} for n in range(500)]},
            "A template has 200 regions at most.",
        ),
        ({"regions": [REGION] * 2}, "Two regions are called “total”. Rename one."),
        (
            {"regions": [{**REGION, "page": 2}]},
            "“total” lies on page 2; the layout has 1.",
        ),
        ({"page": 2}, "The document has 1 pages."),
        (
            {"constants": {"colour": "red"}},
            "There is no shared field “colour”. There are: supplier, number, date, "
            "due, net, tax, total, currency.",
        ),
    ],
)
def test_it_says_what_no_template_can_be(api, alice, document, wish, sentence):
    api.force_authenticate(alice)
    known = {"name": "Shop", "document": document.pk, "regions": [REGION]}
    response = api.post(URL, {**known, **wish})
    assert response.status_code == 400
    assert response.json() == error(sentence, "template_error")
    assert RoiTemplate.objects.count() == 0


def test_regions_may_overlap_and_corners_are_put_right(api, alice, document):
    box = {"left": 0.5, "top": 0.3, "right": 0.1, "bottom": 0.2}
    regions = [REGION, {**REGION, "name": "again", "box": box}]
    api.force_authenticate(alice)
    wish = {"name": "Shop", "document": document.pk, "regions": regions}
    boxes = [one["box"] for one in api.post(URL, wish).json()["regions"]]
    assert boxes == [BOX, BOX]


def test_a_taken_name_is_refused(api, alice, document):
    made_template(alice, name="Shop")
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "Shop", "document": document.pk, "regions": []})
    assert response.status_code == 400
    reason = "There is a template “Shop” already. Choose another name."
    assert response.json() == error(reason, "template_error")


def test_the_same_wish_is_granted_once(api, alice, document):
    api.force_authenticate(alice)
    wish: dict[str, Any] = {"name": "Shop", "document": document.pk, "regions": []}
    first, again = (api.post(URL, wish, HTTP_IDEMPOTENCY_KEY="7") for _time in range(2))
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert RoiTemplate.objects.count() == 1


def test_it_hides_other_peoples(api, charlie, alice, document):
    made_template(alice)
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    wish = {"name": "Shop", "document": document.pk, "regions": []}
    assert api.post(URL, wish).status_code == 404
    assert RoiTemplate.objects.count() == 1
