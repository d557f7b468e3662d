"""How well engines read, by what people put right."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Document, Reading
from documents.services.texts import accuracy as service
from documents.services.texts.accuracy import EngineAccuracy, accuracy
from documents.services.texts.corrections import correct_line
from engines import Tally
from tests.made import made_document, made_job

READ = (("Corner Shop", 0.99), ("T0tal  1.20", 0.62))


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


def correct(document: Document, text: str = "Total  1.20", *, by: User) -> None:
    read = document.jobs.earliest("created").page_reads.first()
    correct_line(read, 1, text, user=by)


def test_it_works(alice: User, document: Document) -> None:
    made_job(document, engine="ppocr", words=READ)
    made_job(document, engine="tesseract", words=(("Corner Shop Total 1.2", 0.9),))
    correct(document, by=alice)
    found = accuracy()
    version = Reading.objects.first().engine_version
    assert found.pages == 1
    assert found.engines == [
        EngineAccuracy(
            "ppocr", version, 1, Tally(letters=22, edits=1, words=4, read=4, hits=3)
        ),
        EngineAccuracy(
            "tesseract", version, 1, Tally(letters=22, edits=1, words=4, read=4, hits=3)
        ),
    ]
    assert found.engines[0].cer == pytest.approx(100 / 22)
    assert found.engines[0].recall == 75


def test_nobody_has_corrected_anything(document: Document) -> None:
    made_job(document, words=READ)
    assert (accuracy().pages, accuracy().engines) == (0, [])


def test_what_was_taken_back_is_no_correction(alice: User, document: Document) -> None:
    made_job(document, words=READ)
    correct(document, by=alice)
    assert accuracy().pages == 1
    correct(document, "T0tal  1.20", by=alice)
    assert (accuracy().pages, accuracy().engines) == (0, [])


def test_pages_add_up(alice: User, document: Document) -> None:
    for one in (document, made_document(alice, name="other.png")):
        made_job(one, words=READ)
        correct(one, by=alice)
    (row,) = accuracy().engines
    assert (row.pages, row.tally) == (2, Tally(44, 2, 8, 8, 6))


def test_other_peoples_readings_of_the_file_count_for_them(
    alice: User, charlie: User, document: Document
) -> None:
    made_job(document, words=READ)
    theirs = made_document(charlie)
    made_job(theirs, engine="ppocr", words=READ)
    Reading.objects.filter(engine="ppocr").update(sha256=document.sha256)
    correct(document, by=alice)
    assert [row.engine for row in accuracy().engines] == ["tesseract"]


def test_the_newest_pages_count(
    alice: User, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_PAGES", 1)
    for name in ("one.png", "two.png"):
        made = made_document(alice, name=name)
        made_job(made, engine=name[:3], words=READ)
        correct(made, by=alice)
    assert [row.engine for row in accuracy().engines] == ["two"]


@pytest.mark.parametrize("pages", [1, 3])
def test_its_queries(alice: User, pages: int, django_assert_num_queries) -> None:
    for n in range(pages):
        made = made_document(alice, name=f"{n}.png")
        made_job(made, words=READ)
        correct(made, by=alice)
    with django_assert_num_queries(5):
        assert accuracy().pages == pages
    with django_assert_num_queries(1):  # what was measured is kept
        assert accuracy().pages == pages
