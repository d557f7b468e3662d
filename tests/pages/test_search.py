"""GET /history/?q= and /documents/{id}/?q=: what was looked for is shown and lit up."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document
from documents.services.texts.corrections import correct_line
from documents.views import history
from tests.made import made_document, made_job
from tests.pages.saying import says

BOX = {"left": 20.0, "top": 20.0, "right": 90.0, "bottom": 40.0}


def found(client: Client, words: str) -> list[str]:
    return says(client.get("/history/", {"q": words}), "snippet")


def test_it_works(as_alice: Client, alice: User) -> None:
    made_job(made_document(alice, name="one.png"))
    made_job(made_document(alice, name="two.png"), words=(("Pears", 0.9),))
    response = as_alice.get("/history/?q=apples")
    document = Document.objects.get(name="one.png")
    assert says(response, "title") == ["one.png"]
    assert says(response, "snippet") == ["2 apples 1.20"]
    assert says(response, "head") == [
        "History 1 document match · show all Receipts Trash"
    ]
    url = f"/documents/{document.pk}/?page=1&amp;q=apples"
    assert f'<a class="snippet" href="{url}"' in response.content.decode()
    assert "<bdi>2 <mark>apples</mark>  1.20</bdi></a>" in response.content.decode()


def test_the_page_with_most_of_it(as_alice: Client, alice: User) -> None:
    document = made_document(alice, pages=2)
    job = made_job(document)
    correct_line(job.page_reads.get(number=2), 0, "Corner of 2 pears", user=alice)
    assert found(as_alice, "corner pears") == ["Page 2 · Corner of 2 pears"]
    assert found(as_alice, "corner") == ["Page 1 · Corner Shop"]


def test_a_name_needs_no_line(as_alice: Client, alice: User) -> None:
    made_job(made_document(alice, name="corner.png"), words=(("Pears", 0.9),))
    response = as_alice.get("/history/?q=corner")
    assert says(response, "title") == ["corner.png"]
    assert says(response, "snippet") == []


def test_nothing_of_a_text_is_markup(as_alice: Client, alice: User) -> None:
    made_job(made_document(alice), words=(("<b>bold</b> & more", 0.9),))
    content = as_alice.get("/history/", {"q": "bold <i>"}).content.decode()
    assert "<b>bold" not in content
    content = as_alice.get("/history/", {"q": "bold"}).content.decode()
    assert "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; more" in content


def test_how_many_were_found(as_alice: Client, alice: User, monkeypatch) -> None:
    monkeypatch.setattr(history, "ROWS", 2)
    for number in range(3):
        made_job(made_document(alice, name=f"{number}.png"))
    response = as_alice.get("/history/?q=apples")
    assert says(response, "head") == [
        "History 3 documents match · show all Receipts Trash"
    ]
    older = as_alice.get(f"/history/?{response.context['following']}")
    assert says(older, "title") == ["0.png"]
    assert says(older, "snippet") == ["2 apples 1.20"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries(
    as_alice: Client, alice: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        made_job(made_document(alice, name=f"{number}.png", pages=2))
    as_alice.get("/history/?q=apples")
    with django_assert_num_queries(15):
        as_alice.get('/history/?q=apples "corner shop" -pears')


def test_others_find_nothing(as_charlie: Client, alice: User) -> None:
    document = made_document(alice)
    made_job(document)
    assert found(as_charlie, "apples") == []
    assert as_charlie.get(f"/documents/{document.pk}/?q=apples").status_code == 404


def test_the_page_says_where(as_alice: Client, alice: User) -> None:
    document = made_document(alice, pages=3)
    job = made_job(document, "sfs")
    response = as_alice.get(f"/documents/{document.pk}/?q=1.20 apples")
    assert says(response, "said") == ["3 hits for “1.20 apples” · on 2 pages"]
    hits = response.context["hits"]
    assert hits.spans == {1: [(2, 8), (10, 14)], 2: [(7, 11)]}
    assert (hits.pages, hits.previous, hits.next) == ([1, 3], None, 3)
    assert f'href="?job={job.pk}&amp;page=3"></a>' in response.content.decode()
    last = as_alice.get(f"/documents/{document.pk}/?q=apples&page=3").context["hits"]
    assert (last.previous, last.next) == (1, None)


def test_words_are_outlined_or_else_their_lines(as_alice: Client, alice: User) -> None:
    document = made_document(alice)
    reading = made_job(document).page_reads.get().reading
    reading.result["lines"][0]["words"] = [
        {"text": "Corner", "confidence": 0.9, "box": BOX},
        {
            "text": "Shop",
            "confidence": 0.9,
            "box": BOX | {"left": 95.0, "right": 150.0},
        },
    ]
    reading.save()
    response = as_alice.get(f"/documents/{document.pk}/?q=corn t0")
    line = {"left": 20, "top": 140.0, "right": 380, "bottom": 180.0}
    assert response.context["hits"].boxes == [(0, BOX), (2, line)]
    outline = '<polygon class="hit" data-hit-line="0" points="20.0,20.0 90.0,20.0 '
    assert outline in response.content.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nowhere", ["0 hits for “nowhere”"]),
        ("<b>", ["0 hits for “<b>”"]),
        ("-corner", []),
        ("!!!", []),
        ("", []),
    ],
)
def test_no_hit(as_alice: Client, alice: User, words: str, said: list[str]) -> None:
    document = made_document(alice)
    made_job(document)
    response = as_alice.get(f"/documents/{document.pk}/", {"q": words})
    assert says(response, "said") == said


def test_a_text_without_lines(as_alice: Client, alice: User) -> None:
    document = made_document(alice)
    reading = made_job(document).page_reads.get().reading
    reading.result |= {"lines": [], "text": "A shop.\n\nAn apple."}
    reading.save()
    hits = as_alice.get(f"/documents/{document.pk}/?q=apple").context["hits"]
    assert (hits.spans, hits.boxes) == ({2: [(3, 8)]}, [])
