"""POST /documents/<id>/text/, and where the document page offers it"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document
from documents.services.texts.choice import choose_text
from tests.made import made_document, made_job
from tests.pages.saying import says


def url(document: Document, door: str = "text/") -> str:
    return f"/documents/{document.pk}/{door}"


@pytest.fixture
def document(alice: User) -> Document:
    return made_document(alice)


def test_it_works(as_alice: Client, document: Document) -> None:
    old, new = made_job(document), made_job(document)
    back = f"{url(document, 'compare/')}?left={old.pk}&right={new.pk}&page=1"
    wish = {"job": str(old.pk), "next": back}
    response = as_alice.post(url(document), wish, follow=True)
    document.refresh_from_db()
    assert document.text_job == old
    assert response.redirect_chain == [(back, 302)]
    assert says(response, "message") == ["This reading is the document's text now."]
    assert says(response, "side")[0].endswith("✓ The document's text Always the newest")
    response = as_alice.post(url(document), {"job": ""}, follow=True)
    document.refresh_from_db()
    assert document.text_job is None
    assert response.redirect_chain == [(url(document, ""), 302)]
    assert says(response, "message") == [
        "The newest reading is always the document's text now."
    ]


def test_the_newest_can_be_kept(as_alice: Client, document: Document) -> None:
    newest = made_job(document)
    compare = f"{url(document, 'compare/')}?left={newest.pk}&right={newest.pk}"
    keep = f'name="job" value="{newest.pk}" title="It stays the text when'
    assert keep in as_alice.get(compare).content.decode()
    as_alice.post(url(document), {"job": str(newest.pk)})
    made_job(document)
    assert (
        says(as_alice.get(compare), "side")
        == ["1.2 s 90 % sure 3 lines 7 words ✓ The document's text Always the newest"]
        * 2
    )


def test_what_cannot_be_chosen(
    as_alice: Client, document: Document, alice: User
) -> None:
    failed = made_job(document, "f")
    wish = {"job": str(failed.pk), "next": "https://elsewhere.example/"}
    response = as_alice.post(url(document), wish, follow=True)
    assert response.redirect_chain == [(url(document, ""), 302)]
    assert says(response, "message") == [
        "This reading has no text. Choose one that is done."
    ]
    other = made_job(made_document(alice, name="other.png"))
    for key in (other.pk, uuid4(), "x"):
        response = as_alice.post(url(document), {"job": str(key)})
        assert response.status_code == 404
    document.refresh_from_db()
    assert document.text_job is None


def test_the_document_page_offers_both(as_alice: Client, document: Document) -> None:
    old, new = made_job(document), made_job(document)
    page = url(document, "")
    assert says(as_alice.get(page), "#choice") == ["Compare"]
    response = as_alice.get(f"{page}?job={old.pk}")
    assert says(response, "#choice") == [
        "Not the document's text Use this text Compare"
    ]
    way = f'href="{page}compare/?left={new.pk}&amp;right={old.pk}&amp;page=1"'
    assert way in response.content.decode()
    assert "✓ the document's text" in response.content.decode()
    choose_text(document, old)
    response = as_alice.get(page)
    assert says(response, "#choice") == ["Compare"]
    assert "✓ chosen as the text" in response.content.decode()
    assert "Always the newest as the text" in response.content.decode()


def test_viewers_may_not(as_vera: Client, document: Document) -> None:
    old, _new = made_job(document), made_job(document)
    assert as_vera.post(url(document), {"job": str(old.pk)}).status_code == 403
    shown = as_vera.get(f"{url(document, '')}?job={old.pk}")
    assert says(shown, "#choice") == ["Compare"]
    document.refresh_from_db()
    assert document.text_job is None


def test_strangers_find_nothing(as_charlie: Client, document: Document) -> None:
    job = made_job(document)
    assert as_charlie.post(url(document), {"job": str(job.pk)}).status_code == 404
    document.refresh_from_db()
    assert document.text_job is None
