"""The admin's layouts: /admin/documents/roitemplate/"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import RoiTemplate
from tests.admin.conftest import rows_of
from tests.made_roi import made_definition, made_record, made_template, made_version

URL = "/admin/documents/roitemplate/"


@pytest.fixture
def template(alice: User) -> RoiTemplate:
    return made_template(alice, name="Mill")


def test_it_works(desk: Client, template: RoiTemplate) -> None:
    made_record(template, {})
    assert rows_of(desk.get(URL)) == [["Mill", "1", "1", "alice", "alice"]]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, template: RoiTemplate, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    for name in ("two", "three"):
        made_template(alice, name=name)
    with django_assert_num_queries(5):
        assert len(rows_of(desk.get(URL))) == 3


def test_each_version_tells_what_is_drawn(desk: Client, template: RoiTemplate) -> None:
    made_version(template, made_definition(["due"]), number=2)
    page = desk.get(f"{URL}{template.pk}/change/").content.decode()
    assert page.index("Mill v2") < page.index("Mill v1")
    for name in ("due", "number", "total"):
        assert f"&quot;name&quot;: &quot;{name}&quot;" in page


def test_nothing_is_edited(desk: Client, template: RoiTemplate) -> None:
    assert desk.post(f"{URL}{template.pk}/change/", {"name": "x"}).status_code == 403
    assert desk.get(f"{URL}add/").status_code == 403


def test_a_stranger_finds_nothing(
    client: Client, alice: User, template: RoiTemplate
) -> None:
    client.force_login(alice)
    assert client.get(URL).status_code == 404
