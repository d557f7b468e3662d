"""What was looked for, lit up: a line of it in lists, all of it on a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from documents.models import Document, PageText
from documents.search.excerpts import Part, Span, composed, excerpt, hits_of
from documents.search.query import Query, query_of
from documents.templatetags.lines import places

if TYPE_CHECKING:
    from documents.views.reading import PageView


@dataclass(frozen=True)
class Snippet:
    """A line of a page with hits in it."""

    number: int
    parts: list[Part]
    words: str  # that were looked for

    @property
    def query(self) -> str:
        """What opens the document there, lit up."""
        return urlencode({"page": self.number, "q": self.words})


def snippets(documents: Iterable[UUID], words: str) -> dict[UUID, Snippet]:
    """By document, a line in which *words* stand; none where only its name has them."""
    query = query_of(words)
    pages = PageText.objects.best_of_each(documents, query).only(
        "document_id", "number", "text"
    )
    return {
        page.document_id: Snippet(page.number, parts, words)
        for page in pages
        if (parts := excerpt(page.text, query))
    }


@dataclass(frozen=True)
class Hits:
    """Where *words* stand on a page, and on which others of its document."""

    words: str
    view: PageView
    pages: Sequence[int]
    query: Query

    @cached_property
    def spans(self) -> dict[int, list[Span]]:
        """By line, from where to where; of text without lines, by those it breaks
        into."""
        lines = [line["text"] for line in self.view.lines]
        return hits_of(lines or self.view.text.splitlines(), self.query)

    @property
    def spans_json(self) -> str:
        return json.dumps(self.spans)

    @property
    def count(self) -> int:
        return sum(map(len, self.spans.values()))

    @property
    def previous(self) -> int | None:
        before = [number for number in self.pages if number < self.view.page.number]
        return before[-1] if before else None

    @property
    def next(self) -> int | None:
        number = self.view.page.number
        return next((other for other in self.pages if other > number), None)

    @property
    def boxes(self) -> list[tuple[int, dict[str, float]]]:
        """What to outline on the picture: the line, and the box of each of its words
        that has a hit, or its own where it knows none."""
        lines = self.view.lines
        found = ((at, lines[at], spans) for at, spans in self.spans.items() if lines)
        return [(at, box) for at, line, spans in found for box in boxes(line, spans)]


def hits_on(view: PageView, document: Document, words: str) -> Hits | None:
    """None where nothing was looked for."""
    query = query_of(words)
    if not query.wanted:
        return None
    texts = PageText.objects.pages().filter(document=document).with_hits(query)
    numbers = texts.order_by("number").values_list("number", flat=True)
    return Hits(words.strip(), view, list(numbers), query)


def boxes(line: dict[str, Any], spans: list[Span]) -> list[dict[str, float]]:
    hit = [
        word["box"]
        for start, word in places(composed(line["text"]), line["words"])
        if any(
            start < span.end and span.start < start + len(word["text"])
            for span in spans
        )
    ]
    if hit or not line["polygon"]:
        return hit
    xs, ys = zip(*line["polygon"], strict=True)
    sides = {"left": min(xs), "top": min(ys), "right": max(xs), "bottom": max(ys)}
    return [sides]
