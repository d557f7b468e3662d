"""What a search finds of a document."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError

from documents.models import Correction, Document, PageText
from documents.models.search import NAME
from documents.search.words import without_article, words_of

MOST_BYTES = 400_000  # of a page's words; PostgreSQL indexes a megabyte
SLICE = 1.0  # seconds of work at a time, on what is older than the index
AT_ONCE = 20  # documents

logger = logging.getLogger(__name__)
_is_complete = False


def index(document: Document) -> None:
    """Let searches find what the document says now.

    Called, in the same transaction, whenever that changes: a job of it has ended, a
    line was corrected, another job's text was chosen.
    """
    texts = {NAME: document.name, **texts_of(document)}
    rows = document.page_texts
    known = dict(rows.values_list("number", "text"))
    write(document, {n: text for n, text in texts.items() if known.get(n) != text})
    if gone := known.keys() - texts.keys():
        rows.filter(number__in=gone).delete()


def index_name(document: Document) -> None:
    """Let searches find a document that was not read yet."""
    write(document, {NAME: document.name})


def index_missing() -> None:
    """Index some of the documents that are older than the index, the newest first;
    does nothing once all are in it."""
    global _is_complete
    end = time.monotonic() + SLICE
    while not _is_complete and time.monotonic() < end:
        some = list(Document.objects.without_index().newest_first()[:AT_ONCE])
        for document in some:
            index_anyhow(document)
        _is_complete = not some


def index_anyhow(document: Document) -> None:
    """A document with a defect must not keep all others from being found."""
    try:
        index(document)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The text of document %s could not be indexed", document.pk)
        index_name(document)


def texts_of(document: Document) -> dict[int, str]:
    """By number, what each page that was read says now."""
    from documents.services.texts import choice, corrections  # they call index()

    job = choice.text_job(document)
    if job is None:
        return {}
    reads = job.page_reads.exclude(reading=None)
    texts = dict(reads.values_list("number", "reading__text"))
    corrected = Correction.objects.filter(read__job=job).values("read")
    for read in reads.filter(pk__in=corrected).select_related("reading"):
        texts[read.number] = corrections.shown_result(read)["text"]
    return texts


def write(document: Document, texts: dict[int, str]) -> None:
    """The rows of pages that say these *texts*, by number."""
    PageText.objects.bulk_create(
        [row(document, number, text) for number, text in texts.items()],
        update_conflicts=True,  # others may index it at the same moment
        unique_fields=["document", "number"],
        update_fields=["text", "words", "forms"],
    )


def row(document: Document, number: int, text: str) -> PageText:
    words = words_of(text)
    forms = {form for word in set(words) if (form := without_article(word))}
    return PageText(
        document=document,
        number=number,
        text=text,
        words=f" {bounded(words)} ",
        forms=bounded(sorted(forms)),
    )


def bounded(words: list[str]) -> str:
    return " ".join(words).encode()[:MOST_BYTES].decode(errors="ignore")
