"""The language of searches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.search.query import MOST_TERMS, Query, Term, query_of
from documents.search.words import words_of


def test_it_works() -> None:
    assert query_of('corner "two apples" -draft') == Query(
        (
            Term(("corner",)),
            Term(("two", "apples"), exact=True),
            Term(("draft",), is_excluded=True),
        )
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ('  - -- "" -"" !!! \'', []),
        ("INV-2024-001", [Term(("inv", "2024", "001"))]),
        ('"never closed', [Term(("never", "closed"), exact=True)]),
        ("“two words” «drei»", [Term(("two", "words"), True), Term(("drei",), True)]),
        ('-"two words"', [Term(("two", "words"), exact=True, is_excluded=True)]),
        ('a"b c"d', [Term(("a",)), Term(("b", "c"), exact=True), Term(("d",))]),
        ("a A á", [Term(("a",))]),
        ("x* OR NEAR(y)", [Term((w,)) for w in ("x", "or")] + [Term(("near", "y"))]),
        ("東京", [Term(("東", "京"))]),
    ],
)
def test_what_is_asked_for(text: str, terms: list[Term]) -> None:
    assert list(query_of(text).terms) == terms


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("app", "two apples and an app", ["apples", "app"]),
        ('"app"', "two apples and an app", ["app"]),
        ("inv-20", "INV 2024 of 20 INV", ["inv", "2024"]),
        ('"two apples"', "two two apples two", ["two", "apples"]),
        ("فاتورة", "الفاتورة بالفاتورة وفاتورة", ["الفاتوره", "بالفاتوره"]),
        ("الفاتورة", "فاتورة للفاتورة", ["فاتوره", "للفاتوره"]),
        ('"فاتورة"', "فاتورة الفاتورة", ["فاتوره"]),
        ("-two apples", "two apples", ["apples"]),
        ("1250", "1,250.00 and 250", ["1250.00"]),
        ("京都", "東京都", ["京", "都"]),
    ],
)
def test_hits(query: str, text: str, hits: list[str]) -> None:
    words = words_of(text)
    found = query_of(query).places(words)
    assert [words[place] for place in sorted(found)] == hits


@given(st.text(alphabet=st.one_of(st.sampled_from('"- *():^.,aا'), st.characters())))
def test_any_text_is_a_query(text: str) -> None:
    query = query_of(text)
    assert len(query.terms) <= MOST_TERMS
    assert all(term.words and all(term.words) for term in query.terms)
    words = words_of(text)
    assert query.places(words) <= set(range(len(words)))
