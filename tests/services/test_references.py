"""Reference pages: prepared once, at hand, prepared again where they are lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_q.models import OrmQ
from PIL import Image

from documents.models import RoiTemplate, TemplatePage
from documents.services.documents import purge_documents
from documents.services.references import (
    candidates,
    keep,
    prepare,
    prepare_forgotten,
    prepare_page,
    reference_of,
    sound_candidates,
)
from documents.services.workspaces import create_workspace, delete_workspace
from documents.tasks import prepare_template
from engines import TemplateError
from tests.made_roi import made_template
from tests.services.invoices import HEIGHT, SIZE, WIDTH, document_of, invoice, layout_of


@pytest.fixture
def template(alice: User) -> RoiTemplate:
    return layout_of(document_of(alice, invoice()))


def files() -> list[str]:
    """Every stored file of a reference, without its folder."""
    root = Path(default_storage.path("references"))
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_it_works(template: RoiTemplate) -> None:
    prepare_template(template.pk)
    page = template.pages.get()
    with Image.open(page.picture.path) as picture:
        assert (picture.format, picture.size) == ("JPEG", SIZE)
    assert (page.width, page.height) == SIZE
    assert "Invoice number" in [line["text"] for line in page.lines]
    reference = reference_of(page, template)
    assert (reference.width, reference.height) == (WIDTH, HEIGHT)
    assert files() == ["1.jpg", "1.roi"]


def test_what_is_prepared_is_left_alone(template: RoiTemplate) -> None:
    prepare(template)
    before = TemplatePage.objects.values().get()
    prepare(template)
    assert TemplatePage.objects.values().get() == before


def test_a_template_that_is_gone(db) -> None:
    prepare_template(RoiTemplate().pk)
    assert RoiTemplate.objects.count() == 0


def test_a_wake_up_that_was_lost_is_made_up_for(template: RoiTemplate) -> None:
    assert prepare_forgotten() == 0  # its own may be on the way
    RoiTemplate.objects.update(updated=timezone.now() - timedelta(minutes=11))
    assert prepare_forgotten() == 1
    [wake_up] = OrmQ.objects.all()
    assert wake_up.func() == "documents.tasks.prepare_template"
    prepare(template)
    assert prepare_forgotten() == 0


def test_a_template_outlives_its_document(
    template: RoiTemplate, django_capture_on_commit_callbacks
) -> None:
    prepare(template)
    with django_capture_on_commit_callbacks(execute=True):
        purge_documents([template.document])
    template.refresh_from_db()
    assert template.document is None
    [found] = candidates([template])
    assert found.reference.width == WIDTH


def test_its_document_was_gone_too_early(template: RoiTemplate) -> None:
    purge_documents([template.document])
    template.refresh_from_db()
    with pytest.raises(TemplateError) as refusal:
        prepare(template)
    gone = "The page that this layout was drawn on is gone. Draw it anew."
    assert str(refusal.value) == gone
    assert sound_candidates([template]) == []


def test_an_imported_template_is_prepared_from_its_own_picture(
    template: RoiTemplate,
) -> None:
    prepare(template)
    content = Path(template.pages.get().picture.path).read_bytes()
    other = RoiTemplate.objects.create(workspace=template.workspace, name="Carried")
    other.versions.create(number=1, definition=template.newest.definition)
    page = TemplatePage(template=other, number=1, width=10, height=10)
    page.picture.save("page.jpg", ContentFile(content), save=False)
    page.save()
    prepare(other)
    page.refresh_from_db()
    assert (page.width, page.height) == SIZE
    assert Path(page.picture.path).read_bytes() == content
    assert reference_of(page, other).width == WIDTH


@pytest.mark.parametrize("content", [None, b"of an older version"])
def test_lost_features_are_made_again(
    template: RoiTemplate, content: bytes | None
) -> None:
    prepare(template)
    page = template.pages.get()
    old = page.features.name
    default_storage.delete(old)
    if content:
        default_storage.save(old, ContentFile(content))
    page.lines = [{"text": "kept", "polygon": [[1, 1], [9, 1], [9, 5], [1, 5]]}]
    page.save()
    assert reference_of(page, template).width == WIDTH
    page.refresh_from_db()
    assert page.lines[0]["text"] == "kept"
    assert reference_of(page, template).height == HEIGHT
    assert len(files()) == 2


def test_the_slower_of_two_workers_leaves_no_file(template: RoiTemplate) -> None:
    slower = template.pages.get()
    prepare(template)
    before = files()
    prepare_page(slower)
    assert files() == before
    assert TemplatePage.objects.get().features.name.endswith("1.roi")


def test_a_page_that_was_deleted_meanwhile_leaves_no_file(
    template: RoiTemplate,
) -> None:
    page = template.pages.get()
    made = TemplatePage(template=template, number=1, width=1, height=1)
    made.features.save("page.roi", ContentFile(b"x"), save=False)
    TemplatePage.objects.all().delete()
    keep(page, made)
    assert files() == []


def test_files_go_with_the_workspace(
    alice: User, django_capture_on_commit_callbacks
) -> None:
    workspace = create_workspace(alice, "Shop")
    made_template(alice, workspace=workspace)
    assert len(files()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        delete_workspace(workspace)
    assert files() == []
