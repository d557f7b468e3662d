"""GET /api/v1/tags/, and tags of documents at their own addresses"""

from __future__ import annotations

import pytest

from documents.models import Document, Tag, Workspace
from documents.services.documents import trash_documents
from documents.services.tags import add_tags
from tests.api.conftest import error
from tests.made import made_document, made_job

URL = "/api/v1/tags/"
ONE = "/api/v1/documents/{}/"
ALL = "/api/v1/documents/"


def change(api, document: Document, **wish: object):
    return api.patch(ONE.format(document.pk), wish, format="json")


def results(response) -> list[dict]:
    assert response.status_code == 200
    return response.json()["results"]


def test_it_works(api, alice, workspace, document, django_assert_num_queries):
    add_tags(document, ["tree", "car"])
    add_tags(made_document(alice), ["car"])
    api.force_authenticate(alice)
    with django_assert_num_queries(2):  # count, tags
        found = results(api.get(URL))
    assert found == [
        {"name": "car", "workspace": str(workspace.pk), "documents": 2},
        {"name": "tree", "workspace": str(workspace.pk), "documents": 1},
    ]
    assert results(api.get(URL, {"q": "RE"})) == found[1:]
    assert results(api.get(URL, {"ordering": "-name"})) == found[::-1]


def test_tags_in_the_trash_alone_are_not_listed(api, alice, document):
    add_tags(document, ["car"])
    trash_documents(Document.objects.filter(pk=document.pk))
    api.force_authenticate(alice)
    assert results(api.get(URL)) == []


def test_strangers_see_none(api, charlie, document):
    add_tags(document, ["car"])
    assert api.get(URL).status_code == 401
    api.force_authenticate(charlie)
    assert results(api.get(URL)) == []
    assert results(api.get(ALL, {"tag": "car"})) == []


def test_a_document_gets_all_its_tags(api, alice, document):
    add_tags(document, ["old", "Tree"])
    before = Document.objects.get(pk=document.pk).updated
    api.force_authenticate(alice)
    response = change(api, document, tags=["tree", " red   car", "RED CAR"])
    assert response.status_code == 200
    assert response.json()["tags"] == ["Tree", "red car"]
    assert response.json() == api.get(ONE.format(document.pk)).json()
    assert [tag.name for tag in Tag.objects.all()] == ["Tree", "red car"]
    assert Document.objects.get(pk=document.pk).updated > before
    assert change(api, document, tags=[]).json()["tags"] == []
    assert Tag.objects.count() == 0


def test_a_description_of_the_picture(api, alice, document):
    api.force_authenticate(alice)
    response = change(api, document, alt_text=" A red car\nbeside trees. ")
    assert response.json()["alt_text"] == "A red car beside trees."
    assert response.json() == api.get(ONE.format(document.pk)).json()
    assert change(api, document, alt_text="").json()["alt_text"] == ""


def test_what_is_not_sent_stays(api, alice, document):
    job = made_job(document)
    api.force_authenticate(alice)
    change(api, document, tags=["car"], alt_text="A car.", text_job=str(job.pk))
    change(api, document, tags=["tree"])
    said = change(api, document, alt_text="Trees.").json()
    assert (said["tags"], said["alt_text"]) == (["tree"], "Trees.")
    assert said["text_job"] == str(job.pk)


@pytest.mark.parametrize(
    ("wish", "attr", "reason"),
    [
        ({"tags": [" "]}, "tags", "A tag has a letter at least."),
        ({"tags": ["x" * 51]}, "tags", "A tag has at most 50 characters."),
        (
            {"tags": [str(n) for n in range(31)]},
            "tags",
            "A document has at most 30 tags. Remove one first.",
        ),
        (
            {"tags": ["a\u200bb\ue000"]},
            "tags",
            "The tag has characters that nobody can read.",
        ),
        ({"tags": "car"}, "tags", 'Expected a list of items but got type "str".'),
        (
            {"alt_text": "x" * 2001},
            "alt_text",
            "A description has at most 2000 characters.",
        ),
    ],
)
def test_what_cannot_be(api, alice, document, wish, attr, reason):
    add_tags(document, ["car"])
    api.force_authenticate(alice)
    response = change(api, document, **wish)
    assert response.status_code == 400
    [one] = response.json()["errors"]
    assert (one["attr"], one["detail"]) == (attr, reason)
    assert api.get(ONE.format(document.pk)).json()["tags"] == ["car"]


def test_one_wrong_wish_grants_none(api, alice, document):
    api.force_authenticate(alice)
    job = made_job(document, "f")
    response = change(api, document, tags=["car"], text_job=str(job.pk))
    assert response.status_code == 409
    assert api.get(ONE.format(document.pk)).json()["tags"] == []


def test_others_cannot_change(api, vera, charlie, document):
    api.force_authenticate(vera)
    response = change(api, document, tags=["car"])
    reason = "You may look at this workspace, no more."
    assert response.status_code == 403
    assert response.json() == error(reason, "permission_denied")
    api.force_authenticate(charlie)
    assert change(api, document, alt_text="x").status_code == 404
    assert Tag.objects.count() == 0


def test_workspaces_have_tags_of_their_own(api, alice, charlie, document):
    add_tags(document, ["car"])
    theirs = made_document(charlie)
    add_tags(theirs, ["Car"])
    api.force_authenticate(charlie)
    assert results(api.get(URL)) == [
        {
            "name": "Car",
            "workspace": str(Workspace.objects.get(personal_of=charlie).pk),
            "documents": 1,
        }
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_documents_by_tag(api, alice, rows, django_assert_num_queries):
    tagged = [made_document(alice, name=str(n)) for n in range(rows)]
    for document in tagged:
        add_tags(document, ["red car", "tree"])
    add_tags(made_document(alice), ["tree"])
    api.force_authenticate(alice)
    with django_assert_num_queries(4):  # count, documents, pages, tags
        found = results(api.get(ALL, {"tag": "Red Car", "ordering": "created"}))
    assert [one["id"] for one in found] == [str(one.pk) for one in tagged]
    assert [one["tags"] for one in found] == [["red car", "tree"]] * rows
    assert results(api.get(ALL, {"tag": "red"})) == []
