"""Full-text search: one way to ask, on SQLite (FTS5) and on PostgreSQL (tsvector)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any, Self

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from documents.search.query import Query, Term, query_of


class Has(Func):
    """Whether the index of a row has all words of a term, the last as it may go on.

    Words are letters and digits alone (and full stops in numbers): nothing in them
    means anything to a database.
    """

    output_field = BooleanField()

    def __init__(self, term: Term) -> None:
        super().__init__(F("pk"))
        self.term = term

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        key, parameters = compiler.compile(self.get_source_expressions()[0])
        found = (
            "SELECT rowid FROM documents_pagetext_fts "
            "WHERE documents_pagetext_fts MATCH %s"
        )
        wish = written(self.term, '"{}"', '"{}"*', " OR ", " AND ")
        return f"{key} IN ({found})", [*parameters, wish]

    def as_postgresql(
        self, compiler: Any, connection: Any, **_: Any
    ) -> tuple[str, Any]:
        table = compiler.quote_name_unless_alias(self.get_source_expressions()[0].alias)
        wish = written(self.term, "'{}'", "'{}':*", " | ", " & ")
        return f'{table}."vector" @@ %s::tsquery', [wish]


def written(term: Term, whole: str, begun: str, either: str, both: str) -> str:
    """*term* in the language of an index."""
    last = begun if term.goes_on else whole
    ends = either.join(last.format(word) for word in term.beginnings)
    return both.join([*(whole.format(word) for word in term.words[:-1]), f"({ends})"])


def condition(term: Term) -> Q:
    """What a row of page texts has to fulfil to have *term*."""
    found = Q(Has(term))
    if not term.is_sequence:
        return found
    sequence = " ".join(term.words)
    end = "" if term.goes_on else " "
    return found & Q(words__contains=f" {sequence}{end}")


class PageTextQuerySet(QuerySet):
    def having(self, term: Term) -> Self:
        return self.filter(condition(term))

    def pages(self) -> Self:
        """Without names."""
        return self.filter(number__gt=0)

    def with_hits(self, query: Query) -> Self:
        """Those that have any term of *query*; adds ``hits``: how many they have."""
        one = (Case(When(condition(t), then=1), default=0) for t in query.wanted)
        return self.annotate(hits=reduce(add, one, Value(0))).filter(hits__gt=0)

    def best_of_each(self, documents: Iterable[Any], query: Query) -> Self:
        """Of each of *documents* the first of the pages with the most hits."""
        pages = self.pages().filter(document__in=documents).with_hits(query)
        in_order = pages.order_by("document", "-hits", "number")
        best: dict[Any, int] = {}
        for document, key in in_order.values_list("document", "pk"):
            best.setdefault(document, key)
        return self.filter(pk__in=best.values())


class SearchedDocuments(QuerySet):
    """What DocumentQuerySet can do for searches."""

    def search(self, words: str) -> Self:
        """Those that have all *words*, each in the name or on any page; see
        ``documents.search.query`` for what may be asked. None without a word."""
        query = query_of(words)
        if not query:
            return self.none()
        wishes = [self.has(term) for term in query.wanted]
        wishes += [~self.has(term) for term in query.excluded]
        return self.filter(*wishes)

    def without_index(self) -> Self:
        """Those whose name is not in the index, nor what they say."""
        texts = apps.get_model("documents", "PageText").objects
        return self.exclude(Exists(texts.filter(document=OuterRef("pk"), number=0)))

    @staticmethod
    def has(term: Term) -> Exists:
        """Asked of one document after the other, so that the first part of a long list
        is there before all that match are known."""
        texts = apps.get_model("documents", "PageText").objects
        return Exists(texts.having(term).filter(document=OuterRef("pk")))
