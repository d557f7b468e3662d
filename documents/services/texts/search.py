"""What a search finds of a document."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from itertools import accumulate
from uuid import UUID

from django.db import DatabaseError

from documents.models import Correction, Document, PageRead, PageText
from documents.models.search import NAME
from documents.search.words import without_article, words_of

MOST_BYTES = 400_000  # of a page's words; PostgreSQL indexes a megabyte
SLICE = 1.0  # seconds of work at a time, on what is older than the index
AT_ONCE = 100  # pages

Place = tuple[UUID, int]  # a document's key, and the number of its page

logger = logging.getLogger(__name__)
_is_complete = False


def index(document: Document) -> None:
    """Let searches find what the document says now.

    Called, in the same transaction, whenever that changes: a job of it has ended, a
    line was corrected, another job's text was chosen.
    """
    index_all([document])


def index_all(documents: list[Document]) -> None:
    texts = {(document.pk, NAME): document.name for document in documents}
    texts |= texts_of(document.pk for document in documents)
    rows = PageText.objects.filter(document__in=documents)
    known = {
        (document, number): (key, text)
        for key, document, number, text in rows.values_list(
            "pk", "document", "number", "text"
        )
    }
    gone = [key for place, (key, _) in known.items() if place not in texts]
    write({at: new for at, new in texts.items() if known.get(at, ("", None))[1] != new})
    PageText.objects.filter(pk__in=gone).delete()


def index_name(document: Document) -> None:
    """Let searches find a document that was not read yet."""
    write({(document.pk, NAME): document.name})


def index_missing() -> None:
    """Index some of the documents that are older than the index, the newest first;
    does nothing once all are in it."""
    global _is_complete
    end = time.monotonic() + SLICE
    while not _is_complete and time.monotonic() < end:
        some = some_missing()
        index_anyhow(some)
        _is_complete = not some


def some_missing() -> list[Document]:
    """A few small documents, or a large one."""
    few = list(Document.objects.without_index().newest_first()[:AT_ONCE])
    pages = accumulate(document.page_count for document in few)
    fit = sum(total <= AT_ONCE for total in pages)
    return few[: max(1, fit)]


def index_anyhow(documents: list[Document]) -> None:
    """A document with a defect must not keep the others from being found."""
    try:
        index_all(documents)
    except DatabaseError:
        raise
    except Exception:
        if len(documents) > 1:
            for document in documents:
                index_anyhow([document])
            return
        logger.exception("The text of document %s cannot be indexed", documents[0].pk)
        index_name(documents[0])


def texts_of(documents: Iterable[UUID]) -> dict[Place, str]:
    """What each of their pages that was read says now."""
    from documents.services.texts import choice, corrections  # they call index()

    jobs = {job: document for document, job in choice.text_jobs(documents).items()}
    reads = PageRead.objects.filter(job__in=jobs).exclude(reading=None)
    texts = {
        (jobs[job], number): text
        for job, number, text in reads.values_list("job", "number", "reading__text")
    }
    corrected = Correction.objects.filter(read__job__in=jobs).values("read")
    for read in reads.filter(pk__in=corrected).select_related("reading"):
        texts[jobs[read.job_id], read.number] = corrections.shown_result(read)["text"]
    return texts


def write(texts: dict[Place, str]) -> None:
    """The rows of pages that say these *texts*."""
    PageText.objects.bulk_create(
        [row(*place, text) for place, text in texts.items()],
        update_conflicts=True,  # others may index them at the same moment
        unique_fields=["document", "number"],
        update_fields=["text", "words", "forms"],
    )


def row(document: UUID, number: int, text: str) -> PageText:
    words = words_of(text)
    forms = {form for word in set(words) if (form := without_article(word))}
    return PageText(
        document_id=document,
        number=number,
        text=text,
        words=f" {bounded(words)} ",
        forms=bounded(sorted(forms)),
    )


def bounded(words: list[str]) -> str:
    return " ".join(words).encode()[:MOST_BYTES].decode(errors="ignore")
