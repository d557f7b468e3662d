"""What a search finds of a document."""

from __future__ import annotations

from documents.models import Document


def index(document: Document) -> None:
    """Let searches find what the document says now.

    Called, in the same transaction, whenever that changes: a job of it has ended, a
    line was corrected, another job's text was chosen.
    """
