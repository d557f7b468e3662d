"""GET /templates/: the list, and what can be done with one layout of it"""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Membership, RoiTemplate
from documents.models.people import Role
from tests.made import HEIGHT, WIDTH, made_document
from tests.made_roi import made_record, made_region, made_template
from tests.pages.saying import says

URL = "/templates/"
ACTS = ("rename", "duplicate", "archive")


def at(act: str, template: RoiTemplate) -> str:
    return reverse(f"{act}_template", args=[template.pk])


def file(content: object, name: str = "clicks.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(content).encode())


def test_it_works(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    made_record(template)
    made_template(alice, name="Mill", regions=["total"])
    response = as_alice.get(URL)
    assert says(response, "what") == [
        "Corner Shop 3 regions · version 1",
        "Mill 1 region · version 1",
    ]
    assert says(response, "use") == ["1 record 1 to review", "nothing read yet"]
    assert says(response, "when") == ["last used now", "drawn now"]
    picture = as_alice.get(f"/templates/{template.pk}/pages/1/thumbnail/")
    assert picture["Content-Type"] == "image/jpeg"


def test_the_first_visit_says_what_to_do(as_alice: Client) -> None:
    assert says(as_alice.get(URL), "empty") == [
        "Draw once, read every scan of it Mark on one invoice where number, date and "
        "total stand: each later invoice of that layout becomes a row of your table. "
        "Choose a scan"
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    as_alice: Client, alice: User, rows: int, django_assert_num_queries
) -> None:
    for row in range(rows):
        made_template(alice, name=f"Layout {row}")
    as_alice.get(URL)
    with django_assert_num_queries(11):
        as_alice.get(URL)


def test_rename(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    assert as_alice.post(at("rename", template), {"name": " متجر "}).url == URL
    template.refresh_from_db()
    assert (template.name, template.version) == ("متجر", 1)


def test_a_taken_name_is_refused_in_a_sentence(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    made_template(alice, name="Mill")
    response = as_alice.post(at("rename", template), {"name": "Mill"}, follow=True)
    assert says(response, "message") == [
        "There is a template “Mill” already. Choose another name."
    ]
    template.refresh_from_db()
    assert template.name == "Corner Shop"


def test_duplicate(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    as_alice.post(at("duplicate", template))
    copy = RoiTemplate.objects.exclude(pk=template.pk).get()
    assert copy.newest.definition == template.newest.definition
    assert copy.name != template.name


def test_delete_and_undo(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    response = as_alice.post(at("archive", template), follow=True)
    assert says(response, "message") == [
        "“\u2068Corner Shop\u2069” is deleted. "
        "Records read with it stay as they are. Undo"
    ]
    assert says(response, "what") == []
    made_template(alice)  # its name is taken meanwhile
    as_alice.post(at("restore", template))
    template.refresh_from_db()
    assert (template.name, template.archived) == ("Corner Shop (2)", None)
    assert as_alice.post(at("restore", template)).status_code == 404


def test_out_and_in_again(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    answer = as_alice.get(at("export", template))
    name = 'attachment; filename="Corner Shop.json"'
    assert answer["Content-Disposition"] == name
    response = as_alice.post(
        f"{URL}import/", {"file": file(answer.json(), "Corner Shop.json")}
    )
    copy = RoiTemplate.objects.exclude(pk=template.pk).get()
    assert response.url == f"/templates/{copy.pk}/"
    assert copy.newest.definition == template.newest.definition


def test_clicks_of_the_older_tool(as_alice: Client, alice: User) -> None:
    document = made_document(alice)
    clicks = {"1": [[40, 30], [200, 60]], "2": [[200, 120], [40, 90]]}
    form = {"file": file(clicks), "document": document.pk}
    as_alice.post(f"{URL}import/", form)
    template = RoiTemplate.objects.get()
    assert (template.name, template.document) == ("clicks", document)
    assert [region["box"] for region in template.newest.regions] == [
        {"left": 40 / WIDTH, "top": 30 / HEIGHT, "right": 0.5, "bottom": 60 / HEIGHT},
        {"left": 40 / WIDTH, "top": 90 / HEIGHT, "right": 0.5, "bottom": 120 / HEIGHT},
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "The file is no JSON."),
        (b"\xff\xfe", "The file is no JSON."),
        (b"[" * 100_000, "The file is no JSON."),
        (b"[]", "The file is no layout."),
        (b"{}", "Choose the scan on which these clicks were made."),
        (b'{"regions": []}', "A template's name must not be empty."),
    ],
)
def test_what_is_no_layout_is_refused_in_a_sentence(
    as_alice: Client, content: bytes, sentence: str
) -> None:
    form = {"file": SimpleUploadedFile("x.json", content)}
    response = as_alice.post(f"{URL}import/", form, follow=True)
    assert says(response, "message") == [sentence]
    assert not RoiTemplate.objects.exists()


def test_strangers_find_nothing(as_charlie: Client, alice: User) -> None:
    template = made_template(alice)
    assert says(as_charlie.get(URL), "what") == []
    for act in ACTS:
        assert as_charlie.post(at(act, template)).status_code == 404
    assert as_charlie.get(at("export", template)).status_code == 404
    for kind in ("image", "thumbnail"):
        url = f"/templates/{template.pk}/pages/1/{kind}/"
        assert as_charlie.get(url).status_code == 404
    template.archived = template.created
    template.save()
    assert as_charlie.post(at("restore", template)).status_code == 404


def test_a_strangers_scan_is_not_drawn_on(as_charlie: Client, alice: User) -> None:
    clicks = {"1": [[40, 30], [200, 60]]}
    form = {"file": file(clicks), "document": made_document(alice).pk}
    as_charlie.post(f"{URL}import/", form)
    assert not RoiTemplate.objects.exists()


def test_viewers_look_only(as_vera: Client, alice: User) -> None:
    template = made_template(alice)
    page = as_vera.get(URL)
    assert says(page, "what") == ["Corner Shop 3 regions · version 1"]
    assert "New layout" not in page.content.decode()
    for act in ACTS:
        assert as_vera.post(at(act, template)).status_code == 403
    assert as_vera.post(f"{URL}import/", {"file": file({})}).status_code == 403
    assert as_vera.get(at("export", template)).status_code == 200
    template.archived = template.created
    template.save()
    assert as_vera.post(at("restore", template)).status_code == 404


def test_names_are_shown_as_they_are(as_alice: Client, alice: User) -> None:
    made_template(alice, name="<b>&", regions=[made_region("<i>")])
    assert "&lt;b&gt;&amp;" in as_alice.get(URL).content.decode()


def test_reviewers_may_draw(as_charlie: Client, charlie: User, alice: User) -> None:
    template = made_template(alice)
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=charlie, role=Role.REVIEWER)
    as_charlie.post(at("rename", template), {"name": "Ours"})
    template.refresh_from_db()
    assert template.name == "Ours"
