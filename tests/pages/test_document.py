"""GET /documents/<id>/, POST …/read/, POST …/trash/"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from documents.models import Document, Job, Record
from tests.made import made_document, made_job
from tests.made_roi import made_record, made_template, made_template_job
from tests.pages.saying import says


def url(document: Document, door: str = "") -> str:
    return f"/documents/{document.pk}/{door}"


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


def test_it_works(as_alice: Client, document: Document) -> None:
    made_job(document)
    response = as_alice.get(url(document))
    assert says(response, "facts") == ["1 page 8.2 KB Tesseract 1.2 s now done"]
    assert says(response, "lines") == ["1Corner Shop99 22 apples 1.2091 3T0tal 1.2062"]
    assert "1 doubtful" in says(response, "lo")
    assert says(response, "#plain") == ["Corner Shop 2 apples 1.20 T0tal 1.20"]
    page = response.content.decode()
    outline = '<polygon points="20.0,140.0 380.0,140.0 380.0,180.0 20.0,180.0"'
    assert f'{outline} class="lo" data-line="2"/>' in page
    assert f'<image href="{url(document, "pages/1/image/")}"' in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            "q",
            "Waiting to be read The text appears here as soon as it is read.",
        ),
        ("r", "Reading this page … The text appears here as soon as it is read."),
        (
            "f",
            "This page could not be read The engine gave up. Try another one. "
            "Try again",
        ),
        ("c", "Stopped before this page was read Read it after all"),
    ],
)
def test_a_page_without_text_says_why(
    as_alice: Client, document: Document, state: str, words: str
) -> None:
    made_job(document, state)
    assert says(as_alice.get(url(document)), "nothing") == [words]


def test_an_empty_page_says_so(as_alice: Client, document: Document) -> None:
    made_job(document, words=())
    assert says(as_alice.get(url(document)), "nothing") == [
        "No text was found on this page If there is some, try another engine, "
        "or turn the picture and upload it again."
    ]


def test_a_document_that_nobody_had_read(as_alice: Client, document: Document) -> None:
    assert says(as_alice.get(url(document)), "nothing") == [
        "Not read yet Choose “Read again” to have this document read."
    ]


def test_one_page_at_a_time(as_alice: Client, alice: User) -> None:
    document = made_document(alice, pages=3)
    made_job(document, "sfq")
    response = as_alice.get(f"{url(document)}?page=2")
    assert says(response, "tile") == ["Page 1", "Page 2", "Page 3"]
    assert says(response, "pager") == ["2 of 3"]
    assert says(response, "lines") == []
    fragment = as_alice.get(
        f"{url(document)}?page=1", headers={"HX-Request": "true", "HX-Target": "page"}
    )
    assert says(fragment, "tile") == []
    assert len(says(fragment, "lines")) == 1
    assert fragment["Vary"] == "HX-Request, HX-Target, Accept-Language, Cookie, origin"


@pytest.mark.parametrize(("wish", "shown"), [("0", 1), ("99", 3), ("x", 1)])
def test_a_page_that_is_not_there(
    as_alice: Client, alice: User, wish: str, shown: int
) -> None:
    document = made_document(alice, pages=3)
    response = as_alice.get(f"{url(document)}?page={wish}")
    assert says(response, "pager") == [f"{shown} of 3"]


def test_the_newest_reading_shows_unless_another_is_asked_for(
    as_alice: Client, document: Document
) -> None:
    old = made_job(document, words=(("old", 0.9),))
    made_job(document, words=(("new", 0.9),))
    assert says(as_alice.get(url(document)), "#plain") == ["new"]
    assert says(as_alice.get(f"{url(document)}?job={old.pk}"), "#plain") == ["old"]
    assert as_alice.get(f"{url(document)}?job={uuid4()}").status_code == 404


def test_fields_alone_hide_no_text(as_alice: Client, document: Document) -> None:
    made_job(document)
    fields = made_template_job(document, made_template(document.created_by))
    assert says(as_alice.get(url(document)), "lines") != []
    response = as_alice.get(f"{url(document)}?job={fields.pk}")
    assert says(response, "nothing") == [
        "Only the fields of this page were read "
        "Choose “Read again” to have its text read too."
    ]


@pytest.mark.parametrize("pages", [1, 3])
def test_queries(
    as_alice: Client, alice: User, pages: int, django_assert_num_queries
) -> None:
    document = made_document(alice, pages=pages)
    made_job(document)
    as_alice.get(url(document))
    with django_assert_num_queries(19):
        as_alice.get(url(document))


def test_read_again(as_alice: Client, document: Document) -> None:
    wish = {"engine": "tesseract", "languages": ["eng"], "preprocess": "none"}
    response = as_alice.post(url(document, "read/"), wish)
    job = Job.objects.get()
    assert (response.status_code, response.url) == (
        302,
        f"{url(document)}?job={job.pk}",
    )
    assert (job.engine, job.languages, job.preprocess) == ("tesseract", ["eng"], "none")


def test_delete_offers_the_way_back(as_alice: Client, document: Document) -> None:
    response = as_alice.post(url(document, "trash/"), follow=True)
    document.refresh_from_db()
    assert document.trashed is not None
    assert says(response, "message") == ["\u2068scan.png\u2069 is in the trash. Undo"]
    assert as_alice.get(url(document)).status_code == 404
    as_alice.post("/trash/restore/", {"trashed": document.trashed.isoformat()})
    assert as_alice.get(url(document)).status_code == 200


@pytest.mark.parametrize("door", ["", "read/", "trash/", "original/"])
def test_a_stranger_finds_nothing(
    as_charlie: Client, document: Document, door: str
) -> None:
    made_job(document)
    ask = as_charlie.post if door in ("read/", "trash/") else as_charlie.get
    assert ask(url(document, door), {"engine": "tesseract"}).status_code == 404
    document.refresh_from_db()
    assert (document.trashed, Job.objects.count()) == (None, 1)


def test_a_viewer_looks_and_no_more(as_vera: Client, document: Document) -> None:
    made_job(document)
    response = as_vera.get(url(document))
    assert says(response, "again") == []
    assert len(says(response, "lines")) == 1
    refused = as_vera.post(url(document, "trash/"))
    assert refused.status_code == 403
    assert says(refused, "empty") == [
        "You may not do this You may look at this workspace, no more. "
        "Ask one of its owners. Back to the start"
    ]
    assert as_vera.post(url(document, "read/")).status_code == 403


def test_without_a_user_it_asks_for_one(client: Client, document: Document) -> None:
    response = client.get(url(document))
    assert response.url == f"/accounts/login/?next={url(document)}"


def test_fields_stand_beside_the_page_doubtful_ones_first(
    as_alice: Client, alice: User
) -> None:
    record = made_record(alice)
    response = as_alice.get(url(record.document))
    rows = says(response, "values")[0]
    assert rows.startswith("to review total 12.00 Not sure The reader was not sure. 62")
    assert says(response, "to-records") == ["Review and approve"]
    assert says(response, "nothing") == []
    outline = '<polygon points="20.0,20.0 220.0,20.0 220.0,50.0 20.0,50.0"'
    assert f'{outline} class="mid" data-field="0"/>' in response.content.decode()


def test_fields_of_other_pages_and_of_older_readings_are_not_shown(
    as_alice: Client, alice: User
) -> None:
    record = made_record(alice, pages=(1, 2))
    assert says(as_alice.get(f"{url(record.document)}?page=2"), "values") == []
    Record.objects.update(replaced=timezone.now())
    assert says(as_alice.get(url(record.document)), "values") == []


def test_no_layout_fits(as_alice: Client, alice: User, document: Document) -> None:
    job = made_job(document)
    Job.objects.filter(pk=job.pk).update(state="needs_template")
    make = "None of your layouts fits this document. Make a layout from this"
    assert says(as_alice.get(url(document)), "no-layout") == [make]
    template = made_template(alice, name="Mill")
    response = as_alice.get(url(document))
    assert says(response, "no-layout") == [f"{make} LayoutMillRead with this layout"]
    wish = {"engine": "tesseract", "languages": ["eng"], "template": str(template.pk)}
    as_alice.post(url(document, "read/"), wish)
    assert document.jobs.order_by("-created").first().template == template


def test_a_viewer_is_told_that_none_fits(
    as_vera: Client, alice: User, document: Document
) -> None:
    job = made_job(document)
    Job.objects.filter(pk=job.pk).update(state="needs_template")
    assert says(as_vera.get(url(document)), "no-layout") == [
        "None of your layouts fits this document."
    ]
