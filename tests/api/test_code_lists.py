"""/api/v1/code-lists/ and /api/v1/code-lists/{id}/"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import CodeList
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made_roi import made_region, made_template

URL = "/api/v1/code-lists/"


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("codes.txt", content, "text/plain")


def test_it_works(api, alice, workspace):
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "suppliers", "values": ["B", "A", "B"]})
    assert response.status_code == 201
    codes = CodeList.objects.get()
    url = f"{URL}{codes.pk}/"
    assert response["Location"] == url
    listed = {
        "id": str(codes.pk),
        "workspace": str(workspace.pk),
        "name": "suppliers",
        "count": 2,
        "created": codes.created.isoformat().replace("+00:00", "Z"),
    }
    whole = {**listed, "values": ["B", "A"]}
    assert response.json() == whole
    assert api.get(url).json() == whole
    assert api.get(URL).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [listed],
    }
    response = api.patch(url, {"values": ["C"]})
    assert response.status_code == 200
    assert response.json() == {**whole, "count": 1, "values": ["C"]}
    assert api.patch(url, {"name": "shops"}).json()["name"] == "shops"
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404


def test_a_file_with_a_value_on_each_line(api, alice):
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    file = upload("\ufeffA\r\n\r\nÄ \r\n".encode())
    form = {"name": "codes", "file": file, "workspace": shared.pk}
    response = api.post(URL, form, format="multipart")
    assert response.status_code == 201
    assert response.json()["values"] == ["A", "Ä"]
    assert response.json()["workspace"] == str(shared.pk)
    assert api.get(f"{URL}?workspace={shared.pk}").json()["count"] == 1
    assert api.get(f"{URL}?q=x").json()["count"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(api, alice, workspace, rows, django_assert_num_queries):
    for number in range(rows):
        CodeList.objects.create(workspace=workspace, name=f"{number}", values="A\nB")
    api.force_authenticate(alice)
    with django_assert_num_queries(2):
        assert [one["count"] for one in api.get(URL).json()["results"]] == [2] * rows


@pytest.mark.parametrize(
    ("wish", "attr"),
    [
        ({"values": ["A"]}, "name"),
        ({"name": "codes"}, "values"),
        ({"name": "codes", "values": "A"}, "values"),
        ({"name": "codes", "values": [["A"]]}, "values.0"),
        ({"name": "codes", "values": ["x" * 201]}, "values.0"),
        ({"name": "codes", "values": ["A"], "colour": "red"}, "colour"),
    ],
)
def test_it_rejects_what_has_no_such_form(api, alice, wish, attr):
    api.force_authenticate(alice)
    response = api.post(URL, wish)
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert CodeList.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "The file is no UTF-8 text."),
        (b"", "The list holds no value."),
        (b"A\0B", "A value holds characters that cannot be seen."),
        (b"x" * (10 * 2**20 + 1), "The file is larger than 10 MB."),
        (b"".join(b"%d\n" % n for n in range(50_001)), "The values: at most 50000"),
    ],
)
def test_a_bad_file_is_refused(api, alice, content, sentence):
    api.force_authenticate(alice)
    form = {"name": "codes", "file": upload(content)}
    response = api.post(URL, form, format="multipart")
    assert response.status_code == 400
    assert sentence in response.json()["errors"][0]["detail"]
    assert CodeList.objects.count() == 0


def test_one_that_a_template_names_stays(api, alice, workspace):
    codes = CodeList.objects.create(workspace=workspace, name="codes", values="A")
    made_template(alice, regions=[made_region("number", list=str(codes.pk))])
    api.force_authenticate(alice)
    response = api.delete(f"{URL}{codes.pk}/")
    assert response.status_code == 400
    reason = "The layout “Corner Shop” uses this list. Change that first."
    assert response.json() == error(reason, "template_error")


def test_the_same_wish_is_granted_once(api, alice):
    api.force_authenticate(alice)
    wish = {"name": "codes", "values": ["A"]}
    for _time in range(2):
        response = api.post(URL, wish, HTTP_IDEMPOTENCY_KEY="7")
        assert response.status_code == 201
    assert CodeList.objects.count() == 1


def test_it_hides_other_peoples(api, charlie, workspace):
    codes = CodeList.objects.create(workspace=workspace, name="codes", values="A")
    api.force_authenticate(charlie)
    assert api.get(URL).json()["results"] == []
    for call in (api.get, api.patch, api.delete):
        assert call(f"{URL}{codes.pk}/").status_code == 404
    wish = {"name": "codes", "values": ["A"], "workspace": str(workspace.pk)}
    assert api.post(URL, wish).status_code == 404
    assert CodeList.objects.count() == 1
