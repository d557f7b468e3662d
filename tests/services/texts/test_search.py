"""Full-text search: the same answers of both databases (`DATABASE_URL` says which)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as within
from hypothesis import strategies as st

from documents.models import Document, Job, PageText, Reading
from documents.models.jobs import State
from documents.services.documents import purge_trash, trash_documents
from documents.services.texts import search
from documents.services.texts.choice import choose_text
from documents.services.texts.corrections import correct_line
from tests.made import made_document, made_job

Add = Callable[..., Document]
pytestmark = pytest.mark.django_db


@pytest.fixture
def add(alice: User) -> Add:
    """A document of alice's: its name, and a text for each of its pages."""

    def made(name: str, *texts: str) -> Document:
        document = made_document(alice, name=name, pages=max(1, len(texts)))
        if texts:
            reads = made_job(document).page_reads.order_by("number")
            for read, text in zip(reads, texts, strict=True):
                say(read.reading, text)
            search.index(document)
        return document

    return made


def say(reading: Reading, text: str) -> None:
    lines = [
        {"text": line, "confidence": None, "words": []} for line in text.split("\n")
    ]
    reading.text = text
    reading.result = {**reading.result, "text": text, "lines": lines}
    reading.save()


def found(words: str) -> list[str]:
    rows = Document.objects.search(words).order_by("name")
    return list(rows.values_list("name", flat=True))


def test_it_works(add: Add) -> None:
    add("one.png", "Corner Shop\n2 apples", "Thank you")
    add("two.png", "Another shop, and pears")
    add("unread.png")
    assert found("shop") == ["one.png", "two.png"]
    assert found("apples") == ["one.png"]
    assert found("plums") == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("apples thank", ["one.png"]),  # on two pages
        ("one.png apples", ["one.png"]),  # a word of the name, and one of the text
        ("one pears", []),
        ("sho ap", ["one.png"]),  # words may go on
        ('"sho"', []),
        ('"corner shop"', ["one.png"]),
        ('"shop corner"', []),
        ('"apples thank"', []),  # a sequence ends with its page
        ("shop -apples", ["two.png"]),
        ("shop -app", ["one.png", "two.png"]),  # what is left out is a whole word
        ('shop -"corner shop"', ["two.png"]),
        ("-shop", ["unread.png"]),
        ("png", ["one.png", "two.png", "unread.png"]),
        ("UNREAD", ["unread.png"]),
        ("", []),
        ("!!!", []),
        ("%", []),
        ("sh_p", []),
    ],
)
def test_the_language(add: Add, words: str, names: list[str]) -> None:
    add("one.png", "Corner Shop\n2 apples", "Thank you")
    add("two.png", "Another shop, and pears")
    add("unread.png")
    assert found(words) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("الفاتورة", "فاتورة"),
        ("بالفاتورة", "فاتوره"),
        ("والفاتورة", "فاتورة"),
        ("فاتورة", "الفاتورة"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("ﻓﺎﺗﻮرة", "فاتورة"),
        ("ایران", "ايران"),
        ("المجموع ١٬٢٥٠٫٠٠ ريال", "1250.00"),
        ("total 1,250.00", "١٬٢٥٠٫٠٠"),
        ("total 1,250.00", "1250"),
        ("total 1.250,00", "1,250.00"),
        ("of INV-2024-001", "INV-2024-001"),
        ("of INV-2024-001", "2024-001"),
        ("of INV-2024-001", "inv"),
        ("mail to a.b@example.org now", "a.b@example.org"),
        ("mail to a.b@example.org now", "example.org"),
        ("at https://example.org/a/b?c=1", "example.org/a"),
        ("Éléphant", "elephant"),
        ("Straße", "STRASSE"),
        ("東京都庁", "京都"),
        ("ใบเสร็จรับเงิน", "เสร็จ"),
        ("영수증을", "영수증"),
    ],
)
def test_spellings(add: Add, text: str, words: str) -> None:
    add("other.png", "Nothing of it")
    add("wanted.png", text)
    assert found(words) == ["wanted.png"]


@pytest.mark.parametrize("words", ['"فاتورة"', "都京", "2024-inv", "250.00"])
def test_what_is_not_the_same(add: Add, words: str) -> None:
    add("one.png", "الفاتورة 東京都庁 INV-2024-001 1,250.00")
    assert found(words) == []


@given(st.text(max_size=60) | st.text(alphabet="\"-* ()^:.,a1اﻻ東\x00\\'%_"))
@within(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_has_an_answer(add: Add, words: str) -> None:
    if not Document.objects.exists():
        add("one.png", "a 1 ا 東 corner shop")
    assert found(words) in ([], ["one.png"])


@given(st.text(min_size=1, max_size=60))
@within(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_written_is_found(add: Add, text: str) -> None:
    """All words of a text, as a sequence, find it: in every script there is."""
    document = Document.objects.first() or add("one.png", "")
    text = "".join(x for x in text if x.isprintable() and x not in '"“”„«»')
    search.write({(document.pk, 1): text})
    wish = f'"{text}"'
    expected = ["one.png"] if search.words_of(text) else []
    assert found(wish) == expected


def test_long_words_and_long_texts(add: Add) -> None:
    add("one.png", "x" * 5000 + " " + " ".join(f"w{n}" for n in range(200_000)))
    assert found("x" * 5000) == ["one.png"]
    assert found("w1234") == ["one.png"]
    assert found("w199999") == []  # beyond what is indexed of one page


def test_the_newest_text_counts_or_the_chosen_one(add: Add) -> None:
    document = add("one.png", "old words")
    old = document.jobs.get()
    made_job(document, words=(("new words", 0.9),))
    assert (found("old"), found("new")) == ([], ["one.png"])
    choose_text(document, old)
    assert (found("old"), found("new")) == (["one.png"], [])


def test_a_corrected_line_is_found_as_it_is_now(add: Add, alice: User) -> None:
    document = add("one.png", "T0tal 1.20\nCorner", "page two")
    read = document.jobs.get().page_reads.get(number=1)
    correct_line(read, 0, "Total 1.20", user=alice)
    assert (found("total"), found("t0tal")) == (["one.png"], [])
    assert found("total corner two") == ["one.png"]
    correct_line(read, 1, "", user=alice)
    assert found("corner") == []


def test_pages_that_are_not_read_any_more_are_forgotten(add: Add) -> None:
    document = add("one.png", "first", "second")
    made_job(document, "sf", words=(("first", 0.9),))
    Job.objects.update(state=State.SUCCEEDED)
    search.index(document)
    assert found("second") == []
    assert list(document.page_texts.values_list("number", flat=True)) == [0, 1]


def test_nothing_is_left_of_a_document_that_is_gone(add: Add, settings) -> None:
    add("one.png", "corner")
    trash_documents(Document.objects.all())
    Document.objects.update(trashed="2020-01-01T00:00Z")
    purge_trash()
    assert PageText.objects.count() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM documents_pagetext_fts "
                "WHERE documents_pagetext_fts MATCH 'corner OR one'"
            )
            assert cursor.fetchone() == (0,)


def test_nobody_finds_what_others_have(add: Add, alice: User, charlie: User) -> None:
    add("one.png", "corner")
    assert Document.objects.visible_to(alice).search("corner").count() == 1
    assert Document.objects.visible_to(charlie).search("corner").count() == 0
    assert Document.objects.visible_to(charlie).search("-pears").count() == 0


def test_what_is_older_than_the_index_is_put_there(add: Add, monkeypatch) -> None:
    monkeypatch.setattr(search, "_is_complete", False)
    add("one.png", "corner")
    add("unread.png")
    PageText.objects.all().delete()
    assert found("corner") == []
    search.index_missing()
    assert (found("corner"), found("unread")) == (["one.png"], ["unread.png"])
    PageText.objects.all().delete()
    search.index_missing()  # all were in it: nothing is asked any more
    assert found("corner") == []


def test_a_document_with_a_defect_stops_no_other(add: Add, monkeypatch) -> None:
    monkeypatch.setattr(search, "_is_complete", False)
    broken, _fine = add("broken.png", "corner"), add("fine.png", "corner")
    correct_line(broken.jobs.get().page_reads.get(), 0, "shop", user=None)
    Reading.objects.filter(sha256=broken.sha256).update(result={})
    PageText.objects.all().delete()
    search.index_missing()
    assert found("corner") == ["fine.png"]
    assert found("broken") == ["broken.png"]


def test_the_index_agrees_with_its_rows(add: Add, alice: User) -> None:
    document = add("one.png", "T0tal 1.20\nالفاتورة", "two")
    correct_line(document.jobs.get().page_reads.get(number=1), 0, "Sum", user=alice)
    document.delete()
    add("two.png", "corner")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # fails where they differ
            cursor.execute(
                "INSERT INTO documents_pagetext_fts(documents_pagetext_fts, rank) "
                "VALUES ('integrity-check', 1)"
            )
    assert found("corner") == ["two.png"]
