"""GET /documents/<id>/compare/, POST …/compare/read/"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Correction, Document, Job
from documents.services.texts.choice import choose_text
from tests.made import made_document, made_job
from tests.pages.saying import says

OTHER = (("Corner Shop", 0.99), ("2 apples  1,20", 0.91), ("Total  1.20", 0.95))


def url(document: Document, query: str = "", door: str = "compare/") -> str:
    return f"/documents/{document.pk}/{door}{query}"


def held(left: Job, right: Job, *, page: int = 1) -> str:
    return f"?left={left.pk}&right={right.pk}&page={page}"


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


def test_it_works(as_alice: Client, document: Document) -> None:
    left = made_job(document)
    right = made_job(document, engine="ppocr", words=OTHER, seconds=0.4)
    response = as_alice.get(url(document, held(left, right)))
    assert says(response, "sum") == [
        "94.1 % agreement · 2 characters differ, in 2 of 3 lines"
    ]
    assert says(response, "side") == [
        "1.2 s 90 % sure 3 lines 7 words Use this text",
        "0.40 s 90 % sure 3 lines 7 words ✓ The document's text Keep this text",
    ]
    assert says(response, "pair") == [
        "1Corner Shop = 1Corner Shop",
        "22 apples 1.20 ≠ 22 apples 1,20",
        "3T0tal 1.20 ≠ 3Total 1.20",
    ]
    page = response.content.decode()
    assert "T<mark>0</mark>tal 1.20" in page
    assert "T<mark>o</mark>tal 1.20" in page
    assert 'data-box="0.0500 0.4667 0.9500 0.6000"' in page
    assert f'<image href="/documents/{document.pk}/pages/1/image/"' in page


def test_what_only_one_has_read_is_marked_by_a_sign(
    as_alice: Client, document: Document
) -> None:
    left = made_job(document, words=(("one two", 0.9), ("three", 0.9)))
    right = made_job(document, words=(("one two four", 0.9),))
    page = as_alice.get(url(document, held(left, right))).content.decode()
    assert "one two<ins> four</ins>" in page
    assert 'one two<span class="gap" aria-hidden="true"></span>' in page
    assert "<del>three</del>" in page
    assert '<span class="t none">not read</span>' in page


def test_readings_that_say_the_same(as_alice: Client, document: Document) -> None:
    left, right = made_job(document), made_job(document, engine="ppocr")
    response = as_alice.get(url(document, held(left, right)))
    assert says(response, "sum") == ["✓ Both say the same on this page"]


def test_pages_without_text(as_alice: Client, document: Document) -> None:
    left, right = (made_job(document, words=()) for _ in range(2))
    response = as_alice.get(url(document, held(left, right)))
    assert says(response, "sum") == ["Neither found text on this page"]


def test_the_text_stands_beside_the_newest_other_reading(
    as_alice: Client, document: Document
) -> None:
    chosen, _older, newest = (
        made_job(document, engine=name) for name in ("tesseract", "ppocr", "mixed")
    )
    choose_text(document, chosen)
    response = as_alice.get(url(document))
    assert [side.job for side in shown(response)] == [chosen, newest]
    response = as_alice.get(url(document, f"?left={newest.pk}"))
    assert [side.job for side in shown(response)] == [newest, _older]


def shown(response) -> tuple:
    return response.context["left"], response.context["right"]


def test_one_reading_offers_another(as_alice: Client, document: Document) -> None:
    made_job(document)
    response = as_alice.get(url(document))
    assert says(response, "empty") == [
        "There is one reading so far It is by Tesseract. Read the document again with "
        "another engine, in other languages or without improving the picture: then "
        "both stand side by side here."
    ]
    assert "Read and compare" in response.content.decode()


def test_no_reading(as_alice: Client, document: Document) -> None:
    assert says(as_alice.get(url(document)), "empty") == [
        "No text was read yet Two readings of a document can be compared."
    ]


@pytest.mark.parametrize(
    ("state", "words", "is_asked_again"),
    [
        (
            "q",
            "The comparison appears here when both are read B Tesseract: "
            "Waiting to be read.",
            True,
        ),
        (
            "r",
            "The comparison appears here when both are read B Tesseract: "
            "Reading this page …",
            True,
        ),
        (
            "f",
            "There is nothing to compare on this page B Tesseract: "
            "This page could not be read. The engine gave up. Try another one.",
            False,
        ),
        (
            "c",
            "There is nothing to compare on this page B Tesseract: "
            "Stopped before this page was read.",
            False,
        ),
    ],
)
def test_a_side_that_is_not_read_says_why(
    as_alice: Client, document: Document, state: str, words: str, is_asked_again: bool
) -> None:
    left, right = made_job(document), made_job(document, state)
    response = as_alice.get(url(document, held(left, right)))
    assert says(response, "empty") == [words]
    assert ('hx-trigger="every 1s"' in response.content.decode()) == is_asked_again


def test_the_comparison_alone_is_asked_for_again(
    as_alice: Client, document: Document
) -> None:
    left, right = made_job(document), made_job(document)
    headers = {"HX-Request": "true", "HX-Target": "comparison"}
    response = as_alice.get(url(document, held(left, right)), headers=headers)
    assert len(says(response, "pair")) == 3
    assert says(response, "picker") == []
    assert response["Vary"].startswith("HX-Request, HX-Target")


def test_a_corrected_reading_also_as_it_was(
    as_alice: Client, document: Document, alice: User
) -> None:
    job, other = made_job(document), made_job(document)
    read = job.page_reads.get()
    Correction.objects.create(
        read=read,
        workspace=document.workspace,
        line=2,
        before="T0tal  1.20",
        after="Total  1.20",
        user=alice,
    )
    query = f"?left={job.pk}:read&right={job.pk}"
    response = as_alice.get(url(document, query))
    assert says(response, "pair")[2] == "3T0tal 1.20 ≠ 3Total 1.20"
    assert says(response, "side")[0] == (
        "as the engine read it 1.2 s 90 % sure 3 lines 7 words"
    )
    assert [option.key for option in response.context["options"]] == [
        str(other.pk),
        str(job.pk),
        f"{job.pk}:read",
    ]
    assert says(response, "tag")[:3] == [
        "✓ the document's text",
        "with corrections",
        "as the engine read it",
    ]


def test_pages_say_how_much_differs_on_them(as_alice: Client, alice: User) -> None:
    document = made_document(alice, pages=3)
    left, right = made_job(document), made_job(document, "ssf", words=OTHER)
    response = as_alice.get(url(document, held(left, right, page=2)))
    chip = "≠ 2 2 words differ"
    assert says(response, "chip") == [f"Page 1 {chip}", f"Page 2 {chip}", "Page 3"]
    same = as_alice.get(url(document, held(left, left, page=3)))
    assert says(same, "chip")[2] == "Page 3 = the same words"


def test_wishes_that_differ_are_told(as_alice: Client, document: Document) -> None:
    made_job(document)
    other = made_job(document)
    Job.objects.filter(pk=other.pk).update(preprocess="none", max_side=1600)
    response = as_alice.get(url(document))
    assert [option.wishes for option in response.context["options"]] == [
        ("eng", "picture as it is", "1600 pixels"),
        ("eng", "picture improved"),
    ]


@pytest.mark.parametrize("pages", [1, 3])
def test_queries(
    as_alice: Client, alice: User, pages: int, django_assert_num_queries
) -> None:
    document = made_document(alice, pages=pages)
    left, right = made_job(document), made_job(document, words=OTHER)
    as_alice.get(url(document))
    with django_assert_num_queries(19 if pages == 1 else 23):
        as_alice.get(url(document, held(left, right)))


def test_a_reading_that_is_not_there(
    as_alice: Client, document: Document, alice: User
) -> None:
    made_job(document)
    other = made_job(made_document(alice, name="other.png"))
    for key in (other.pk, uuid4(), "x", ":read"):
        assert as_alice.get(url(document, f"?left={key}")).status_code == 404


def test_read_again_and_compare(as_alice: Client, document: Document) -> None:
    left = made_job(document)
    wish = {
        "engine": "tesseract",
        "languages": ["eng"],
        "preprocess": "none",
        "left": str(left.pk),
        "page": "1",
    }
    response = as_alice.post(url(document, door="compare/read/"), wish)
    job = document.jobs.first()
    assert (job.preprocess, job.any_template) == ("none", False)
    assert (response.status_code, response.url) == (
        302,
        url(document, f"?left={left.pk}&page=1&right={job.pk}"),
    )


def test_a_wish_that_makes_no_sense(as_alice: Client, document: Document) -> None:
    left = made_job(document)
    wish = {"engine": "nobody", "left": str(left.pk)}
    response = as_alice.post(url(document, door="compare/read/"), wish, follow=True)
    assert says(response, "message") == [
        "Select a valid choice. nobody is not one of the available choices."
    ]
    assert document.jobs.count() == 1


def test_viewers_may_look(as_vera: Client, document: Document) -> None:
    old, new = made_job(document), made_job(document)
    response = as_vera.get(url(document, held(old, new)))
    assert says(response, "side")[0] == "1.2 s 90 % sure 3 lines 7 words"
    assert "Read and compare" not in response.content.decode()
    again = as_vera.post(url(document, door="compare/read/"), {"engine": "tesseract"})
    assert (again.status_code, document.jobs.count()) == (403, 2)


def test_strangers_find_nothing(as_charlie: Client, document: Document) -> None:
    made_job(document)
    assert as_charlie.get(url(document)).status_code == 404
    again = as_charlie.post(url(document, door="compare/read/"), {"engine": "fine"})
    assert (again.status_code, document.jobs.count()) == (404, 1)
