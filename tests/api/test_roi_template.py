"""/api/v1/roi-templates/{id}/"""

from __future__ import annotations

import pytest

from documents.models import RoiTemplate, TemplateVersion
from tests.api.conftest import error
from tests.made_roi import made_record, made_region, made_template

URL = "/api/v1/roi-templates/"
READ_ONLY = ("id", "workspace", "version", "prepared", "created", "updated")


@pytest.fixture
def template(alice, document) -> RoiTemplate:
    return made_template(alice, document, regions=("total", "date"))


@pytest.fixture
def url(template) -> str:
    return f"{URL}{template.pk}/"


def test_it_works(api, alice, url, template):
    api.force_authenticate(alice)
    before = api.get(url).json()
    assert before["prepared"] is True
    wish = {"name": "Shop", "regions": [made_region("net")], "decimal": ","}
    response = api.put(url, wish)
    assert response.status_code == 200
    template.refresh_from_db()
    assert response.json() == {
        **before,
        **wish,
        "version": 2,
        "updated": template.updated.isoformat().replace("+00:00", "Z"),
    }
    assert api.get(url).json() == response.json()
    versions = TemplateVersion.objects.values_list("number", "created_by__username")
    assert list(versions) == [(1, "alice"), (2, "alice")]
    assert len(template.versions.get(number=1).regions) == 2


def test_what_is_got_can_be_put(api, alice, url):
    api.force_authenticate(alice)
    known = api.get(url).json()
    wish = {key: value for key, value in known.items() if key not in READ_ONLY}
    response = api.put(url, wish)
    assert response.status_code == 200
    assert {**response.json(), "updated": None} == {**known, "updated": None}
    assert TemplateVersion.objects.count() == 1


def test_what_is_left_out_of_a_put_is_gone(api, alice, url):
    api.force_authenticate(alice)
    api.patch(url, {"date_order": "dmy"})
    response = api.put(url, {"name": "Corner Shop", "regions": []})
    assert response.json()["date_order"] == ""
    assert response.json()["regions"] == []


def test_a_part_is_changed(api, alice, url):
    api.force_authenticate(alice)
    known = api.get(url).json()
    response = api.patch(url, {"date_order": "mdy"})
    assert response.status_code == 200
    told = response.json()
    assert (told["date_order"], told["version"]) == ("mdy", 2)
    assert (told["regions"], told["name"]) == (known["regions"], "Corner Shop")


def test_a_new_name_is_no_new_version(api, alice, url):
    api.force_authenticate(alice)
    told = api.patch(url, {"name": "Shop"}).json()
    assert (told["name"], told["version"]) == ("Shop", 1)


@pytest.mark.parametrize("key", READ_ONLY)
def test_what_is_read_only_is_refused(api, alice, url, key):
    api.force_authenticate(alice)
    known = api.get(url).json()
    response = api.patch(url, {key: known[key]})
    assert response.status_code == 400
    assert response.json() == error("There is no such field here.", "unknown", key)


@pytest.mark.parametrize(
    "wish", [{"page": 2}, {"document": "4b5f9d0c-0000-4000-8000-000000000000"}]
)
def test_it_stays_on_its_page(api, alice, url, wish):
    api.force_authenticate(alice)
    response = api.patch(url, wish)
    assert response.status_code == 400
    reason = "A template stays on its page. Draw a new one."
    assert response.json() == error(reason, "invalid", next(iter(wish)))


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({}, None),
        ({"name": "Shop"}, "regions"),
        ({"regions": []}, "name"),
        ({"name": "Shop", "regions": [{"name": "x"}]}, "regions.0.box"),
    ],
)
def test_a_put_is_whole(api, alice, url, wish, attr):
    api.force_authenticate(alice)
    response = api.put(url, wish)
    assert response.status_code == 400
    attrs = [one["attr"] for one in response.json()["errors"]]
    assert attrs == ([attr] if attr else ["name", "regions"])
    assert TemplateVersion.objects.count() == 1


def test_deleted_it_is_gone_but_its_records_stay(api, alice, url, template):
    record = made_record(template, {"total": ("12.00", 0.99, "")})
    api.force_authenticate(alice)
    response = api.delete(url)
    assert response.status_code == 204
    assert api.get(url).status_code == 404
    assert api.get(URL).json()["count"] == 0
    record.refresh_from_db()
    assert record.version.template == template


def test_it_outlives_its_document(api, alice, url, document):
    api.force_authenticate(alice)
    api.delete(f"/api/v1/documents/{document.pk}/")
    told = api.get(url).json()
    assert (told["document"], told["prepared"]) == (None, True)


def test_viewers_look(api, vera, url):
    api.force_authenticate(vera)
    assert api.get(url).status_code == 200
    for call in (api.put, api.patch, api.delete):
        assert call(url).status_code == 403


def test_it_hides_other_peoples(api, charlie, url):
    api.force_authenticate(charlie)
    for call in (api.get, api.put, api.patch, api.delete):
        assert call(url).status_code == 404
    assert RoiTemplate.objects.alive().count() == 1
