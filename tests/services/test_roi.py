"""documents.services.roi: templates drawn, changed, put away."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import Document, RoiTemplate, TemplatePage, TemplateVersion
from documents.services.documents import purge
from documents.services.roi import (
    archive_template,
    create_template,
    duplicate_template,
    save_version,
    shown,
    shown_all,
)
from engines import TemplateError
from tests.made import made_document
from tests.made_roi import made_definition, made_region, made_template

BOX = {"left": 0.1, "top": 0.2, "right": 0.5, "bottom": 0.3}
DRAWN = {"regions": [{"name": "total", "kind": "amount", "box": BOX}]}


@pytest.fixture
def document(alice) -> Document:
    return made_document(alice, pages=3)


def create(alice, document, name="Shop", definition=DRAWN, **more) -> RoiTemplate:
    return create_template(
        document.workspace,
        user=alice,
        name=name,
        definition=definition,
        document=document,
        **more,
    )


def test_it_works(alice, document, settings, django_capture_on_commit_callbacks):
    settings.DEFAULT_LANGUAGES = ["eng"]
    with django_capture_on_commit_callbacks(execute=True):
        template = create(alice, document, page=2)
    assert shown(template) == {
        "id": str(template.pk),
        "workspace": str(document.workspace_id),
        "name": "Shop",
        "version": 1,
        "document": str(document.pk),
        "page": 2,
        "prepared": False,
        "created": template.created,
        "updated": template.updated,
        **made_definition(
            [made_region("total", box=BOX)],
            languages=["eng"],
        ),
    }
    pages = TemplatePage.objects.values_list("number", "width", "height")
    assert list(pages) == [(1, 400, 300)]
    (task,) = [row.task for row in OrmQ.objects.all()]
    assert task["func"] == "documents.tasks.prepare_template"
    assert task["args"] == (template.pk,)


def test_a_layout_of_several_pages(alice, document):
    create(alice, document, page=2, last_page=3)
    pages = TemplatePage.objects.values_list("number", flat=True)
    assert list(pages) == [1, 2]


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ((4, None), "The document has 3 pages."),
        ((0, None), "The document has 3 pages."),
        ((2, 4), "The document has 3 pages."),
        ((3, 2), "The last page lies before the first."),
        ((1, 21), "A layout has 20 pages at most."),
    ],
)
def test_pages_that_the_document_does_not_have(alice, document, pages, sentence):
    with pytest.raises(TemplateError, match=sentence):
        create(alice, document, page=pages[0], last_page=pages[1])
    assert RoiTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A template's name must not be empty."),
        ("x" * 101, "A template's name is too long: at most 100 characters."),
        ("Corner Shop", "There is a template “Corner Shop” already."),
        (" Corner  Shop ", "There is a template “Corner Shop” already."),
    ],
)
def test_names_that_cannot_be(alice, document, name, sentence):
    made_template(alice, name="Corner Shop")
    with pytest.raises(TemplateError, match=sentence):
        create(alice, document, name)
    assert RoiTemplate.objects.count() == 1


def test_no_region_lies_beyond_the_last_page(alice, document):
    drawn = {"regions": [{"name": "total", "box": BOX, "page": 2}]}
    sentence = "“total” lies on page 2; the layout has 1."
    with pytest.raises(TemplateError, match=sentence):
        create(alice, document, definition=drawn)
    template = create(alice, document, last_page=2, definition=drawn)
    drawn = {"regions": [{"name": "total", "box": BOX, "page": 3}]}
    with pytest.raises(TemplateError, match="“total” lies on page 3"):
        save_version(template, user=alice, definition=drawn)


def test_a_change_is_a_version_of_its_own(alice, document):
    template = create(alice, document)
    first = template.newest
    second = save_version(template, user=alice, definition={"regions": []})
    assert (first.number, second.number, template.version) == (1, 2, 2)
    assert RoiTemplate.objects.get().newest == second
    assert [one["name"] for one in template.versions.get(number=1).regions] == ["total"]
    assert second.regions == []


def test_without_a_change_there_is_no_new_version(alice, document):
    template = create(alice, document)
    save_version(template, user=alice, definition=template.newest.definition)
    save_version(template, user=alice, definition=DRAWN, name="Another")
    assert TemplateVersion.objects.count() == 1
    assert RoiTemplate.objects.get().name == "Another"


def test_of_two_who_save_at_once_each_gets_a_version(alice, document):
    mine, theirs = create(alice, document), RoiTemplate.objects.get()
    save_version(mine, user=alice, definition={"regions": []})
    version = save_version(theirs, user=alice, definition={"rules": [], **DRAWN})
    assert version.number == 3


def test_a_name_that_is_taken_changes_nothing(alice, document):
    template = create(alice, document)
    made_template(alice, name="Other")
    with pytest.raises(TemplateError, match="There is a template “Other” already"):
        save_version(template, user=alice, definition={"regions": []}, name="Other")
    assert TemplateVersion.objects.filter(template=template).count() == 1


def test_a_deleted_one_gives_its_name_free(alice, document):
    template = create(alice, document)
    archive_template(template)
    assert not RoiTemplate.objects.visible_to(alice).exists()
    create(alice, document)
    assert RoiTemplate.objects.count() == 2


def test_a_copy_has_pictures_of_its_own(alice, document):
    template = made_template(alice, document, pages=2)
    copy = duplicate_template(template, user=alice)
    assert copy.name == "Corner Shop (2)"
    assert copy.newest.definition == template.newest.definition
    for page, twin in zip(template.pages.all(), copy.pages.all(), strict=True):
        assert page.picture.name != twin.picture.name
        for one, other in (
            (page.picture, twin.picture),
            (page.features, twin.features),
        ):
            with one.open() as here, other.open() as there:
                assert here.read() == there.read()
    assert shown(copy)["prepared"]
    assert duplicate_template(template, user=alice).name == "Corner Shop (3)"


def test_it_outlives_its_document(alice, document):
    template = made_template(alice, document)
    Document.objects.filter(pk=document.pk).update(trashed=timezone.now())
    assert shown(template)["document"] is None
    purge(document)
    template = RoiTemplate.objects.get()
    assert shown(template)["document"] is None
    assert shown(template)["prepared"]
    with template.pages.get().picture.open() as picture:
        assert picture.read().startswith(b"\xff\xd8")


@pytest.mark.parametrize("rows", [1, 3])
def test_many_are_shown_in_three_queries(alice, rows, django_assert_num_queries):
    for number in range(rows):
        made_template(alice, name=f"Shop {number}")
    templates = list(RoiTemplate.objects.all())
    with django_assert_num_queries(3):
        told = shown_all(templates)
    assert [one["name"] for one in told] == [f"Shop {n}" for n in range(rows)]


def test_workspaces_have_names_of_their_own(alice, charlie, document):
    made_template(charlie, name="Shop")
    assert create(alice, document).name == "Shop"
