"""/api/v1/roi-templates/{id}/export/ and /api/v1/roi-templates/import/"""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import RoiTemplate
from documents.services.workspaces import create_workspace
from tests.api.conftest import error
from tests.made import made_document
from tests.made_roi import made_region, made_template

URL = "/api/v1/roi-templates/"
IMPORT = f"{URL}import/"
BOX = {"left": 0.25, "top": 0.1, "right": 0.5, "bottom": 0.2}
CLICKS = {"1": [[200, 60], [100, 30]], "2": [[20, 30], [40, 60]], "3": [[7, 7]]}


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("layout.json", content, "application/json")


def test_it_works(api, alice, charlie):
    template = made_template(alice)
    api.force_authenticate(alice)
    response = api.get(f"{URL}{template.pk}/export/")
    assert response.status_code == 200
    disposition = 'attachment; filename="Corner Shop.json"'
    assert response["Content-Disposition"] == disposition
    told = api.get(f"{URL}{template.pk}/").json()
    exported = dict(response.json())
    pages = exported.pop("pages")
    assert exported == {**told, "lists": []}
    assert [sorted(page) for page in pages] == [
        ["height", "number", "picture", "width"]
    ]

    api.force_authenticate(charlie)
    response = api.post(IMPORT, response.json())
    assert response.status_code == 201
    copy = RoiTemplate.objects.visible_to(charlie).get()
    assert response["Location"] == f"{URL}{copy.pk}/"
    assert response.json() == {
        **told,
        "id": str(copy.pk),
        "workspace": str(charlie.personal_workspace.pk),
        "document": None,
        "prepared": False,
        "created": copy.created.isoformat().replace("+00:00", "Z"),
        "updated": copy.updated.isoformat().replace("+00:00", "Z"),
    }


def test_a_file_into_a_workspace_of_choice(api, alice):
    shared = create_workspace(alice, "Accounts")
    api.force_authenticate(alice)
    exported = api.get(f"{URL}{made_template(alice).pk}/export/").content
    form = {"file": upload(exported), "workspace": shared.pk, "name": "Shop"}
    response = api.post(IMPORT, form, format="multipart")
    assert response.status_code == 201
    assert response.json()["workspace"] == str(shared.pk)
    assert response.json()["name"] == "Shop"


@pytest.mark.parametrize("as_file", [False, True])
def test_clicks_come_in_and_go_out(api, alice, as_file):
    document = made_document(alice, pages=2)  # of 400 by 300 pixels
    api.force_authenticate(alice)
    place = {"document": document.pk, "page": 2, "name": "Clicked"}
    if as_file:
        file = upload(json.dumps(CLICKS).encode())
        response = api.post(IMPORT, {**place, "file": file}, format="multipart")
    else:
        query = "&".join(f"{key}={value}" for key, value in place.items())
        response = api.post(f"{IMPORT}?{query}", CLICKS)
    assert response.status_code == 201
    told = response.json()
    assert (told["name"], told["document"], told["page"]) == (
        *("Clicked", str(document.pk)),
        2,
    )
    assert [(one["name"], one["kind"], one["box"]) for one in told["regions"]] == [
        ("field 1", "text", BOX),
        ("field 2", "text", {"left": 0.05, "top": 0.1, "right": 0.1, "bottom": 0.2}),
    ]
    response = api.get(f"{response['Location']}export/?as=coordinates")
    assert response.json() == {"1": [[100, 30], [200, 60]], "2": [[20, 30], [40, 60]]}


def test_clicks_of_one_page(api, alice):
    regions = [made_region("a", box=BOX), made_region("b", box=BOX, page=2)]
    template = made_template(alice, regions=regions, pages=2)
    api.force_authenticate(alice)
    url = f"{URL}{template.pk}/export/?as=coordinates&page="
    assert api.get(f"{url}2").json() == {"b": [[100, 30], [200, 60]]}
    assert api.get(f"{url}3").status_code == 404
    assert api.get(f"{url}x").status_code == 400


def test_without_a_picture_there_is_nothing_to_carry(api, alice):
    template = made_template(alice, prepared=False)
    api.force_authenticate(alice)
    response = api.get(f"{URL}{template.pk}/export/")
    assert response.status_code == 409
    reason = "A worker has yet to keep its picture. Ask again in a moment."
    assert response.json() == error(reason, "not_prepared")
    assert api.get(f"{URL}{template.pk}/export/?as=coordinates").status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is no JSON. Export it anew."),
        (b"{", "The file is no JSON. Export it anew."),
        (b"\xff", "The file is no JSON. Export it anew."),
        (b"[" * 10**5, "The file is no JSON. Export it anew."),
        (b'{"\\ud800": 1}', "The file is no JSON. Export it anew."),
        (b"[]", "The file must be an object."),
        (b'{"name": "x"}', "The file holds no page: export the template anew."),
    ],
)
def test_a_bad_file_is_refused(api, alice, content, sentence):
    api.force_authenticate(alice)
    response = api.post(IMPORT, {"file": upload(content)}, format="multipart")
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"] == sentence
    assert RoiTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([], "The file must be an object."),
        ({"1": [[1, 2], [3, 4]]}, "The file has no “1”."),
        ({"name": "x", "pages": [{}]}, "A page of the file has no picture."),
    ],
)
def test_a_bad_body_is_refused(api, alice, body, sentence):
    api.force_authenticate(alice)
    response = api.post(IMPORT, body)
    assert response.status_code == 400
    (told,) = response.json()["errors"]
    assert (told["code"], told["attr"]) == ("template_error", None)
    assert sentence in told["detail"]
    assert RoiTemplate.objects.count() == 0


def test_the_same_file_is_taken_once(api, alice, document):
    api.force_authenticate(alice)
    query = f"{IMPORT}?document={document.pk}&name=x"
    clicks = {"1": [[1, 2], [30, 20]]}
    first, again = (
        api.post(query, clicks, HTTP_IDEMPOTENCY_KEY="7") for _time in range(2)
    )
    assert first.status_code == again.status_code == 201
    assert RoiTemplate.objects.count() == 1


def test_it_hides_other_peoples(api, charlie, alice, document):
    template = made_template(alice, document)
    api.force_authenticate(charlie)
    assert api.get(f"{URL}{template.pk}/export/").status_code == 404
    assert api.post(f"{IMPORT}?document={document.pk}", CLICKS).status_code == 404
    query = f"{IMPORT}?workspace={document.workspace_id}"
    assert api.post(query, {}).status_code == 404


def test_a_viewer_may_take_it_away_but_bring_nothing(api, vera, alice, document):
    template = made_template(alice, document)
    api.force_authenticate(vera)
    assert api.get(f"{URL}{template.pk}/export/").status_code == 200
    assert api.post(f"{IMPORT}?document={document.pk}", CLICKS).status_code == 403
    assert RoiTemplate.objects.count() == 1
