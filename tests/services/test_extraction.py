"""The page step of a job with a layout, with real registration and real reading."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from PIL import Image

from documents.models import CodeList, Job, PageRead, Reading, Record, RoiTemplate
from documents.models.jobs import State
from documents.services import crops
from documents.services.documents import purge_documents
from documents.services.jobs import create_job, retry_job
from documents.services.queue import claim
from documents.services.readings import answer, keep, settle
from documents.services.records import delete_record
from documents.services.references import prepare
from documents.services.roi import archive_template
from tests.made_roi import made_definition, made_version
from tests.services.conftest import read_all
from tests.services.invoices import (
    FIRST,
    SECOND,
    document_of,
    invoice,
    layout_of,
    regions,
    scanned,
    ticket,
)

UNLIKE = "The page has next to nothing in common with this layout."
GONE = "The page that this layout was drawn on is gone. Draw it anew."


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    """Drawn on the first invoice, and prepared."""
    template = layout_of(document_of(alice, invoice(), name="first.tiff"))
    prepare(template)
    return template


def read(user: User, *pictures: Image.Image, **wishes: object) -> Job:
    """A job on a document of those pictures, with fields alone, that has ended."""
    document = document_of(user, *pictures)
    job = create_job(document, user=user, **{"text": False, **wishes})
    read_all()
    job.refresh_from_db()
    return job


def values(record: Record) -> dict[str, str]:
    return dict(record.fields.values_list("name", "value"))


def stored_crops() -> list[Path]:
    root = Path(default_storage.path("crops"))
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_it_works(layout: RoiTemplate, alice: User) -> None:
    """A layout drawn on one invoice reads the next one, which lies askew."""
    job = read(alice, scanned(invoice(SECOND)), any_template=True)
    assert (job.state, job.error) == (State.SUCCEEDED, "")
    record = job.records.get()
    assert values(record) == SECOND
    assert (record.version, record.rung) == (layout.newest, "features")
    assert (record.number, record.date, record.total) == (
        "8263",
        "2022-03-14",
        Decimal("987.65"),
    )
    extraction = PageRead.objects.get().extraction
    assert extraction["template"] == str(layout.pk)
    assert [match["name"] for match in extraction["matches"]] == ["Mill"]
    for field in record.fields.all():
        with Image.open(field.crop.path) as crop:
            assert (crop.format, crop.width > crop.height) == ("PNG", True)
        assert Path(field.processed.path).exists()
    total = record.fields.get(name="total")
    left, top = total.polygon[0]
    # As the scan carries it there: 1.2 times larger, turned and shifted.
    assert (left, top) == (pytest.approx(806, abs=8), pytest.approx(1359, abs=8))


def test_the_layout_that_was_asked_for(layout: RoiTemplate, alice: User) -> None:
    job = read(alice, scanned(invoice(SECOND), -2), template=layout)
    assert values(job.records.get()) == SECOND


def test_a_page_of_another_kind(layout: RoiTemplate, alice: User) -> None:
    job = read(alice, ticket(), any_template=True)
    assert job.state == State.NEEDS_TEMPLATE
    job = create_job(job.document, user=alice, template=layout, text=False)
    read_all()
    fields = job.records.get().fields.values_list("value", "cause", "reason")
    assert list(fields) == [("", "unregistered", UNLIKE)] * 3
    assert stored_crops() == []


def test_several_invoices_in_one_file(layout: RoiTemplate, alice: User) -> None:
    pages = [ticket(), invoice(FIRST), ticket(), scanned(invoice(SECOND))]
    job = read(alice, *pages, any_template=True)
    found = job.records.order_by("first_page")
    assert [(r.first_page, r.last_page, r.number) for r in found] == [
        (2, 3, "4711"),
        (4, 4, "8263"),
    ]


def test_no_layout_at_all(alice: User) -> None:
    job = read(alice, invoice(), any_template=True)
    assert job.state == State.NEEDS_TEMPLATE


def test_a_layout_nobody_prepared_is_prepared_on_the_spot(alice: User) -> None:
    layout = layout_of(document_of(alice, invoice(), name="first.tiff"))
    job = read(alice, scanned(invoice(SECOND)), any_template=True)
    assert values(job.records.get()) == SECOND
    assert layout.pages.get().features


def test_a_layout_that_was_put_away(layout: RoiTemplate, alice: User) -> None:
    """Nothing is found by itself any more; a job that names it still gets it."""
    archive_template(layout)
    job = read(alice, invoice(SECOND), any_template=True)
    assert job.state == State.NEEDS_TEMPLATE
    again = create_job(job.document, user=alice, template=layout, text=False)
    read_all()
    assert values(again.records.get()) == SECOND


def test_the_newest_version_reads(layout: RoiTemplate, alice: User) -> None:
    made_version(layout, made_definition(regions()[:1]), 2)
    record = read(alice, invoice(), template=layout).records.get()
    assert (values(record), record.version.number) == ({"number": "4711"}, 2)


def test_layouts_of_others_are_never_used(
    layout: RoiTemplate, alice: User, charlie: User
) -> None:
    assert read(charlie, invoice(), any_template=True).state == State.NEEDS_TEMPLATE
    with pytest.raises(ValueError, match="of another workspace"):
        create_job(document_of(charlie, ticket()), user=charlie, template=layout)


def test_there_must_be_something_to_read(alice: User) -> None:
    with pytest.raises(ValueError, match="nothing to read"):
        create_job(document_of(alice, ticket()), user=alice, text=False)


def test_text_that_is_known_is_not_read_again(layout: RoiTemplate, alice: User) -> None:
    job = read(alice, invoice(SECOND), text=True)
    again = create_job(job.document, user=alice, template=layout)
    assert (again.state, again.cached) == (State.QUEUED, False)
    read_all()
    row = again.page_reads.get()
    assert (row.reading, row.cached) == (Reading.objects.get(), True)
    assert values(again.records.get()) == SECOND


def test_text_and_fields_in_one_go(layout: RoiTemplate, alice: User) -> None:
    job = read(alice, invoice(SECOND), template=layout, text=True)
    row = job.page_reads.get()
    assert row.reading.text == "Total 12.50"
    assert row.extraction["template"] == str(layout.pk)


def test_a_layout_that_cannot_be_used_costs_no_text(alice: User) -> None:
    """The page fails, but what an engine has read is there for the next job."""
    source = document_of(alice, invoice(), name="first.tiff")
    layout = layout_of(source)
    purge_documents([source])
    job = read(alice, invoice(SECOND), template=layout, text=True)
    assert (job.state, job.error) == (State.FAILED, f"Page 1: {GONE}")
    assert job.page_reads.get().reading == Reading.objects.get()
    retry_job(job)
    read_all()
    assert (job.page_reads.get().attempt, Reading.objects.count()) == (1, 1)
    plain = create_job(job.document, user=alice)
    assert (plain.state, plain.cached) == (State.SUCCEEDED, True)


def test_a_code_list_that_was_deleted(layout: RoiTemplate, alice: User) -> None:
    codes = CodeList.objects.create(workspace=layout.workspace, name="x", values="4711")
    listed = {**regions()[0], "kind": "code", "list": str(codes.pk)}
    made_version(layout, made_definition([listed]), 2)
    key = codes.pk
    codes.delete()
    job = read(alice, invoice(), template=layout)
    reason = f"There is no list {key} in this workspace."
    assert (job.state, job.error) == (State.FAILED, f"Page 1: {reason}")


def test_a_layout_that_was_deleted(layout: RoiTemplate, alice: User) -> None:
    job = create_job(
        document_of(alice, ticket()), user=alice, template=layout, text=False
    )
    layout.delete()
    read_all()
    job.refresh_from_db()
    reason = "Page 1: The layout was deleted. Choose another one."
    assert (job.state, job.error) == (State.FAILED, reason)


def test_a_late_answer_leaves_no_crop(layout: RoiTemplate, alice: User) -> None:
    create_job(document_of(alice, invoice()), user=alice, template=layout, text=False)
    late = claim()
    found = answer(late)
    assert len(stored_crops()) == 6
    PageRead.objects.update(state=State.QUEUED)
    current = claim()
    keep(late, found)
    assert stored_crops() == []
    settle(current)
    assert {path.parent.name for path in stored_crops()} == {f"{current.pk}-2"}


def test_a_worker_that_died_leaves_no_crop(layout: RoiTemplate, alice: User) -> None:
    create_job(document_of(alice, invoice()), user=alice, template=layout, text=False)
    answer(claim())  # and then it died
    PageRead.objects.update(state=State.QUEUED)
    read_all()
    assert {path.parent.name[-2:] for path in stored_crops()} == {"-2"}


def test_crops_go_with_their_record(
    layout: RoiTemplate, alice: User, django_capture_on_commit_callbacks
) -> None:
    job = read(alice, invoice(SECOND), template=layout)
    with django_capture_on_commit_callbacks(execute=True):
        delete_record(job.records.get())
    assert stored_crops() == []


def test_crops_go_with_their_document(
    layout: RoiTemplate, alice: User, django_capture_on_commit_callbacks
) -> None:
    job = read(alice, invoice(SECOND), template=layout)
    assert len(stored_crops()) == 6
    record = job.records.get()
    assert sorted(crops.names_of_document(job.document)) == sorted(
        2 * crops.names_of(record.fields.all())
    )
    with django_capture_on_commit_callbacks(execute=True):
        purge_documents([job.document])
    assert (stored_crops(), Record.objects.count()) == ([], 0)


def test_a_workspace_goes_with_its_records(layout: RoiTemplate, alice: User) -> None:
    """Records hold on to the version that read them, but not against their house."""
    read(alice, invoice(SECOND), template=layout)
    layout.workspace.delete()
    assert (Record.objects.count(), RoiTemplate.objects.count()) == (0, 0)
