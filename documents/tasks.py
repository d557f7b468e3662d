"""What the queue calls: each task loads by key and calls one service."""

from __future__ import annotations

from uuid import UUID

from documents.models import Document, RoiTemplate
from documents.services import errands, pages, queue, readings, references
from documents.worker import shared


def read_next() -> None:
    """Read the pages whose turn it is, unless the cluster is to stop."""
    readings.read_on(may_go_on=lambda: not shared.is_closing())


def prepare_document(key: UUID) -> None:
    """Make the previews of the document *key*, if it is still there."""
    document = Document.objects.alive().filter(pk=key).first()
    if document and not pages.prepare_document(document):
        queue.enqueue("documents.tasks.prepare_document", key)


def run_errand() -> None:
    """Answer the question that waits longest, unless the cluster is to stop."""
    if not shared.is_closing():
        errands.run_next()


def prepare_template(key: UUID) -> None:
    """Make what registration compares of the template *key*, if it is still there."""
    if template := RoiTemplate.objects.filter(pk=key).first():
        references.prepare(template)
